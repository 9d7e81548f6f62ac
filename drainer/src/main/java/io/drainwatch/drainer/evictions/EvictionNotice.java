package io.drainwatch.drainer.evictions;

import java.util.Locale;

/**
 * Something to tell people; each answer's meaning once.
 *
 * @param text one bounded line
 */
public record EvictionNotice(Reason reason, EvictablePod pod, String text) {

  /** Why something is told. */
  public enum Reason {
    /** Counted once for each uid, also where no answer came. */
    EVICTED,
    BLOCKED,
    REPLACED,
    MISCONFIGURED,
    FORCED,
    SHORTENED,
    /** Terminating for longer than its grace and 30 s. */
    OVERDUE;

    /** Metric label. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
