package io.drainwatch.drainer.scripts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes alive now, read from {@code /proc}. */
final class ProcessTable {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessTable.class);

  private final Path proc;

  ProcessTable(Path proc) {
    this.proc = proc;
  }

  static ProcessTable ofSystem() {
    return new ProcessTable(Path.of("/proc"));
  }

  List<ProcessStat> alive() {
    List<ProcessStat> alive = new ArrayList<>();
    try (DirectoryStream<Path> pids = Files.newDirectoryStream(proc, ProcessTable::isPid)) {
      for (Path pid : pids) {
        read(pid).filter(ProcessStat::isAlive).ifPresent(alive::add);
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("cannot read {}: processes that a script left cannot be found", proc, e);
    }
    return alive;
  }

  private static boolean isPid(Path entry) {
    String name = String.valueOf(entry.getFileName());
    return name.charAt(0) >= '0' && name.charAt(0) <= '9';
  }

  private static Optional<ProcessStat> read(Path pid) {
    try {
      return ProcessStat.parse(Files.readString(pid.resolve("stat"), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty(); // it ended meanwhile
    }
  }
}
