package io.drainwatch.watcher.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code outbox.jsonl} in the state directory: notices that are still to be sent, sealed lines as
 * in the journal. Every change writes the whole file anew, forces it and renames it into place, so
 * there is never half of one; it has some ten lines, and a few hundred at most. Mode 0600, no link
 * is followed. One thread at a time.
 */
public final class OutboxFile {
  static final String FILE = "outbox.jsonl";
  private static final Logger LOG = LoggerFactory.getLogger(OutboxFile.class);
  private static final long LIMIT = 4 << 20;

  private final Disk disk;
  private final Path directory;

  OutboxFile(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /**
   * @param directory of a daemon that has its lock
   */
  public static OutboxFile in(Path directory) {
    return new OutboxFile(new FileSystemDisk(), directory);
  }

  /**
   * The lines that are whole; empty: there is no such file. One that cannot be read is kept aside,
   * and reads as an empty one.
   */
  public Optional<List<ObjectNode>> read() {
    Path file = directory.resolve(FILE);
    if (!disk.exists(file)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = disk.read(file, LIMIT);
      List<HistoryLines.Line> whole = HistoryLines.of(bytes).lines();
      int damaged = lines(bytes) - whole.size();
      if (damaged > 0) {
        LOG.warn("{}: {} lines are damaged and left out: notices may be lost", file, damaged);
      }
      return Optional.of(
          whole.stream().map(line -> line.content().<ObjectNode>without("crc")).toList());
    } catch (IOException e) {
      String stem = "outbox.unreadable";
      LOG.warn(
          "{} cannot be read ({}) and is kept aside as {}-<n>: notices in it are not sent",
          file,
          Reason.of(e),
          stem);
      new KeptAside(disk, directory, stem, "").move(file, stem);
      return Optional.of(List.of());
    }
  }

  // the last one may have been torn
  private static int lines(byte[] bytes) {
    int lines = bytes.length > 0 && bytes[bytes.length - 1] != '\n' ? 1 : 0;
    for (byte each : bytes) {
      lines += each == '\n' ? 1 : 0;
    }
    return lines;
  }

  /**
   * @return why it is not on the disk; empty when it is
   */
  public Optional<String> write(List<ObjectNode> lines) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (ObjectNode line : lines) {
        all.writeBytes(SealedLine.seal(line));
      }
      if (all.size() > LIMIT) {
        return Optional.of("it has " + all.size() + " bytes, and no more than " + LIMIT + " fit");
      }
      disk.replace(directory, FILE, all.toByteArray());
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of("it cannot be written as JSON: " + Reason.of(e));
    } catch (IOException e) {
      return Optional.of("writing " + directory.resolve(FILE) + ": " + Reason.of(e));
    }
  }
}
