package io.drainwatch.watcher.doctor;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state directory.
 *
 * @param lockedBy process id; empty: nobody has it, as far as can be seen
 * @param freeBytes of its file system; empty: cannot be seen
 */
public record StateFacts(
    Path path, Place place, OptionalLong lockedBy, OptionalLong freeBytes, Record record) {

  /** What is at the path. */
  public sealed interface Place {
    /**
     * @param creatable whether this user could make it
     */
    record Missing(boolean creatable) implements Place {}

    /** Something else than a directory of one's own. */
    record NotADirectory(String what) implements Place {}

    /**
     * @param permissions such as {@code rwx------}
     */
    record There(int uid, String owner, String permissions, boolean readable, boolean writable)
        implements Place {
      boolean isWritableByOthers() {
        return permissions.charAt(4) == 'w' || permissions.charAt(7) == 'w';
      }
    }
  }

  /** The journal in it. */
  public sealed interface Record {
    record NotLookedAt() implements Record {}

    record Empty() implements Record {}

    /**
     * @param episode the maintenance under way
     */
    record Good(Instant lastAt, Optional<String> episode) implements Record {}

    record Bad(String why) implements Record {}
  }
}
