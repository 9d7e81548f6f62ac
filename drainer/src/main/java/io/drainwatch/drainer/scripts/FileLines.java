package io.drainwatch.drainer.scripts;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.drainwatch.drainer.maintenance.Hook;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends a script's output to {@code <logs>/<hook>/<script>.stdout.log} and {@code .stderr.log}
 * ({@code hooks.log-files}, drain-scripts.md 1.7). Files are made at the first line of a stream. A
 * file that cannot be written is warned about once and costs no script its run.
 */
public final class FileLines implements LineSink {

  private static final Logger LOG = LoggerFactory.getLogger(FileLines.class);
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r-----");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwxr-x---");
  private static final Set<OpenOption> APPENDING = Set.of(CREATE, WRITE, APPEND, NOFOLLOW_LINKS);

  private final Path logs;
  private final Path directory;
  private final String script;
  private final Map<ScriptOutput.Source, FileChannel> open =
      new EnumMap<>(ScriptOutput.Source.class);
  private boolean broken;

  /**
   * @param logs by default {@code /var/log/drainwatch}
   */
  public FileLines(Path logs, Hook hook, String script) {
    this.logs = logs;
    this.directory = logs.resolve(hook.word());
    this.script = script;
  }

  @Override
  public synchronized void line(ScriptOutput.Source source, String text) {
    if (broken) {
      return;
    }
    try {
      FileChannel file = open.get(source);
      if (file == null) {
        file = open(source);
        open.put(source, file);
      }
      ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      broken = true;
      LOG.warn(
          "cannot write the output of {} under {}; it is in the log only", script, directory, e);
    }
  }

  @Override
  public synchronized void ended(ScriptOutput.Source source) {
    FileChannel file = open.remove(source);
    if (file == null) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("cannot close the {} log of {}", source.word(), script, e);
    }
  }

  private FileChannel open(ScriptOutput.Source source) throws IOException {
    makeDirectory(logs);
    makeDirectory(directory);
    Path path = directory.resolve(script + "." + source.word() + ".log");
    boolean isNew = Files.notExists(path, NOFOLLOW_LINKS);
    FileChannel file =
        FileChannel.open(path, APPENDING, PosixFilePermissions.asFileAttribute(FILE));
    if (isNew) {
      Files.setPosixFilePermissions(path, FILE); // whatever the umask took away
    }
    return file;
  }

  private static void makeDirectory(Path path) throws IOException {
    if (Files.notExists(path)) {
      Files.createDirectories(path, PosixFilePermissions.asFileAttribute(DIRECTORY));
      Files.setPosixFilePermissions(path, DIRECTORY);
    }
  }
}
