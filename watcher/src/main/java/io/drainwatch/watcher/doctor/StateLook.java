package io.drainwatch.watcher.doctor;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.watcher.doctor.StateFacts.Place;
import io.drainwatch.watcher.doctor.StateFacts.Record;
import io.drainwatch.watcher.operator.DaemonRecord;
import io.drainwatch.watcher.record.JournalEntry;
import io.drainwatch.watcher.record.StateView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalLong;

/** Shell: looks at the state directory. Makes nothing in it and takes no lock. */
final class StateLook {
  private static final Path LOCKS = Path.of("/proc/locks");

  private StateLook() {}

  static StateFacts at(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Place place = place(absolute);
    boolean there = place instanceof Place.There;
    return new StateFacts(
        absolute,
        place,
        there ? lockedBy(absolute) : OptionalLong.empty(),
        freeBytes(absolute),
        place instanceof Place.There(var uid, var owner, var mode, boolean readable, var writable)
                && readable
            ? record(absolute)
            : new Record.NotLookedAt());
  }

  private static Place place(Path path) {
    if (!Files.exists(path, NOFOLLOW_LINKS)) {
      return new Place.Missing(Files.isWritable(nearest(path)));
    }
    try {
      PosixFileAttributes found =
          Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
      if (found.isSymbolicLink()) {
        return new Place.NotADirectory("is a symbolic link, which the daemon refuses");
      }
      if (!found.isDirectory()) {
        return new Place.NotADirectory("is not a directory");
      }
      Object uid = Files.getAttribute(path, "unix:uid", NOFOLLOW_LINKS);
      return new Place.There(
          uid instanceof Integer number ? number : -1,
          found.owner().getName(),
          PosixFilePermissions.toString(found.permissions()),
          Files.isReadable(path) && Files.isExecutable(path),
          Files.isWritable(path));
    } catch (IOException e) {
      return new Place.NotADirectory("cannot be examined: " + e);
    }
  }

  /**
   * By the kernel's list. The lock file itself is not opened: were the daemon in this very process,
   * closing it again would drop the lock.
   */
  private static OptionalLong lockedBy(Path directory) {
    try {
      Object inode = Files.getAttribute(directory.resolve("lock"), "unix:ino", NOFOLLOW_LINKS);
      return inode instanceof Long number
          ? LockTable.holderOf(Files.readString(LOCKS), number)
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong freeBytes(Path path) {
    try {
      return OptionalLong.of(Files.getFileStore(nearest(path)).getUsableSpace());
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static Path nearest(Path path) {
    Path looked = path;
    while (!Files.exists(looked)) {
      Path parent = looked.getParent();
      if (parent == null) {
        return looked;
      }
      looked = parent;
    }
    return looked;
  }

  private static Record record(Path path) {
    try {
      Optional<JournalEntry> last = StateView.of(path).lastEntry();
      if (last.isEmpty()) {
        return new Record.Empty();
      }
      return new Record.Good(last.get().at(), DaemonRecord.episode(path).map(Episode::id));
    } catch (IOException e) {
      return new Record.Bad(String.valueOf(e.getMessage()));
    }
  }
}
