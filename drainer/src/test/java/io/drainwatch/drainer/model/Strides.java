package io.drainwatch.drainer.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Virtual time in steps of 100 ms, a document each ten of them. Steps at which nothing is due are
 * taken in one stride: what happens, and when, is the same.
 */
public final class Strides {
  public static final Duration STEP = Duration.ofMillis(100);
  private static final int STEPS_PER_POLL = 10;

  private int sincePoll = STEPS_PER_POLL - 1;

  /**
   * Over how many steps the next stride goes.
   *
   * @param left at most
   * @param due when whom something is to happen to
   */
  public long next(long left, Instant now, Collection<Optional<Instant>> due) {
    long most = Math.min(left, STEPS_PER_POLL - sincePoll);
    return Math.min(most, until(first(due, now.plus(STEP.multipliedBy(most))), now));
  }

  /** The first of them, or the last moment if that is sooner. */
  public static Instant first(Collection<Optional<Instant>> due, Instant last) {
    Instant first = last;
    for (Optional<Instant> each : due) {
      first = each.isPresent() && each.get().isBefore(first) ? each.get() : first;
    }
    return first;
  }

  private static long until(Instant due, Instant now) {
    if (!due.isAfter(now)) {
      return 1;
    }
    Duration left = Duration.between(now, due);
    long whole = left.dividedBy(STEP);
    return STEP.multipliedBy(whole).equals(left) ? whole : whole + 1;
  }

  /** Whether a document is read at the end of this stride. */
  public boolean polls(long steps) {
    sincePoll += (int) steps;
    boolean isToPoll = sincePoll >= STEPS_PER_POLL;
    sincePoll = isToPoll ? 0 : sincePoll;
    return isToPoll;
  }
}
