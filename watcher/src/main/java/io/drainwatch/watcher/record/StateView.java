package io.drainwatch.watcher.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A look into a state directory for commands such as {@code status} and {@code history}: takes no
 * lock, changes nothing, and may look while a daemon writes.
 */
public final class StateView {
  private final Path path;
  private final Disk disk = new FileSystemDisk();

  private StateView(Path path) {
    this.path = path;
  }

  /**
   * @throws StateDirectoryException when there is none or this user may not read it
   */
  public static StateView of(Path path) throws StateDirectoryException {
    Path absolute = path.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute)) {
      throw new StateDirectoryException(
          "There is no state directory %s: has Drainwatch run on this machine, and as this user?"
              .formatted(absolute));
    }
    if (!Files.isReadable(absolute) || !Files.isExecutable(absolute)) {
      throw new StateDirectoryException(
          "State directory %s cannot be read by this user; try as the user that Drainwatch runs as"
              .formatted(absolute));
    }
    return new StateView(absolute);
  }

  /**
   * Where the daemon is, or was when it ended. A line that is being written is not taken for one.
   *
   * @throws IOException when there is a journal and it cannot be read or is of a later version
   */
  public Optional<JournalEntry> lastEntry() throws IOException {
    Path file = path.resolve(Journal.FILE);
    if (!disk.exists(file)) {
      return Optional.empty();
    }
    return switch (JournalScan.of(disk.read(file, Journal.MOST_READ))) {
      case JournalScan.Fit fit -> fit.last();
      case JournalScan.Newer newer ->
          throw new IOException(
              "%s has version %d and this program knows %d"
                  .formatted(file, newer.version(), JournalEntry.VERSION));
      case JournalScan.Hopeless hopeless ->
          throw new IOException("%s cannot be read: %s".formatted(file, hopeless.reason()));
    };
  }

  /** As {@link History#read(int)}. */
  public List<JsonNode> history(int limit) throws IOException {
    return History.read(disk, path, limit);
  }
}
