package io.drainwatch.watcher.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The daemon's own directory (architecture.md, "Files"), usually {@code /var/lib/drainwatch}, while
 * it runs and has it to itself:
 *
 * <ul>
 *   <li>{@code journal.jsonl} and {@code history.jsonl}, see {@link Journal} and {@link History}
 *   <li>{@code outbox.jsonl}, see {@link OutboxFile}
 *   <li>{@code context/} drain contexts for hooks, {@code work/} where they run; both 0700
 *   <li>{@code lock}, with the daemon's process id
 *   <li>what was kept aside, at most five of a kind: {@code journal.unreadable-<n>}, {@code
 *       journal.newer-<n>}, {@code history.unreadable-<n>}, {@code outbox.unreadable-<n>}, {@code
 *       foreign-<vmId>-<n>.json}
 * </ul>
 *
 * Commands that only look use {@link StateView}.
 */
public final class StateDirectory implements Closeable {
  private final Path path;
  private final Disk disk;
  private final DirectoryLock lock;

  private StateDirectory(Path path, Disk disk, DirectoryLock lock) {
    this.path = path;
    this.disk = disk;
    this.lock = lock;
  }

  /**
   * Creates what is missing and takes the lock.
   *
   * @throws StateDirectoryException when it cannot be written, is a symbolic link, belongs to
   *     somebody else, can be written by others, or another daemon has it
   */
  public static StateDirectory open(Path path) throws StateDirectoryException {
    Path absolute = path.toAbsolutePath().normalize();
    OwnDirectory.ensure(absolute);
    if (!Files.isWritable(absolute)) {
      throw new StateDirectoryException(
          "State directory %s cannot be written by this user, or its file system is read-only"
              .formatted(absolute));
    }
    OwnDirectory.ensure(absolute.resolve("work"));
    OwnDirectory.ensure(absolute.resolve("context"));
    return new StateDirectory(absolute, new FileSystemDisk(), DirectoryLock.take(absolute));
  }

  /** Absolute. */
  public Path path() {
    return path;
  }

  public Path work() {
    return path.resolve("work");
  }

  public Path context() {
    return path.resolve("context");
  }

  Disk disk() {
    return disk;
  }

  /**
   * Keeps a record that was written for another machine, which is never acted on (I4), where people
   * find it. The five newest are kept.
   *
   * @param vmId the other machine's; characters that do not belong into a file name are replaced
   */
  public KeepResult setAside(String vmId, byte[] record) {
    String safe = vmId.replaceAll("[^A-Za-z0-9-]", "_");
    String stem = "foreign-" + (safe.length() > 64 ? safe.substring(0, 64) : safe);
    return new KeptAside(disk, path, "foreign-", ".json").write(record, stem);
  }

  /** Gives the lock back. Journal and history opened from it are not to be used any more. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
