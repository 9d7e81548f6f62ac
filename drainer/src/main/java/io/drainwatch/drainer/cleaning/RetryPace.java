package io.drainwatch.drainer.cleaning;

import java.time.Duration;

/** When a set is looked at again after a failure: 1 s doubling to 60 s, and a fifth of jitter. */
final class RetryPace {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** More than any of these waits. */
  static final Duration BOUND = Duration.ofMinutes(2);

  private static final int DOUBLINGS = 6;

  private RetryPace() {}

  /**
   * @param failures in a row, at least 1
   * @param chance from 0 to 1
   */
  static Duration after(int failures, double chance) {
    Duration wait = FIRST.multipliedBy(1L << Math.clamp(failures - 1L, 0, DOUBLINGS));
    Duration bounded = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    return bounded.plusMillis((long) (bounded.toMillis() * chance / 5));
  }
}
