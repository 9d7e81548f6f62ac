package io.drainwatch.watcher.record;

import java.nio.file.Path;
import java.util.Optional;

/** What was wrong with the journal when it was opened, and what was done about it. */
public sealed interface JournalFinding {

  /** One sentence or two for the log and for {@code doctor}. */
  String message();

  /** The last line was never finished: a crash while it was written. Nothing relied on it. */
  record TornTail(long bytes) implements JournalFinding {
    @Override
    public String message() {
      return "The last line of the journal was never finished; its "
          + bytes
          + " bytes are cut off. The line before it counts.";
    }
  }

  /**
   * Finished lines whose checksum or shape is wrong. They are skipped and stay in the file until
   * its next compaction.
   *
   * @param count at least 1
   * @param first number of the first of them, from 1
   * @param lines how many finished lines the journal has
   */
  record DamagedLines(int count, int first, int lines) implements JournalFinding {
    @Override
    public String message() {
      return "%d of %d lines of the journal are damaged, line %d the first; they are skipped. The last good line counts."
          .formatted(count, lines, first);
    }
  }

  /**
   * A later Drainwatch wrote here. There is no record to go on from.
   *
   * @param version of its last line
   * @param keptAs empty when the file could not be renamed; nothing is appended until it can
   */
  record NewerVersion(int version, Optional<Path> keptAs) implements JournalFinding {
    @Override
    public String message() {
      return "The journal has version %d and this program knows %d; it %s. Starting without a record: nothing that the newer version did is undone."
          .formatted(version, JournalEntry.VERSION, kept(keptAs));
    }
  }

  /**
   * Not one good line, or the file could not be read at all. There is no record to go on from.
   *
   * @param keptAs empty when the file could not be renamed; nothing is appended until it can
   */
  record Unreadable(String reason, Optional<Path> keptAs) implements JournalFinding {
    @Override
    public String message() {
      return "The journal cannot be read (%s); it %s. Starting without a record."
          .formatted(reason, kept(keptAs));
    }
  }

  /**
   * The last good record was read but could not be forced to the disk, so another crash may lose
   * it: whoever would act on it appends it again first.
   */
  record NotForced(String reason) implements JournalFinding {
    @Override
    public String message() {
      return "The journal was read but could not be made durable ("
          + reason
          + "). The next append tries again.";
    }
  }

  private static String kept(Optional<Path> keptAs) {
    return keptAs
        .map(path -> "is kept as " + path)
        .orElse("could not be moved aside, so nothing is recorded until that works");
  }
}
