package io.drainwatch.azure;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether a request is sent once more, and when. Pure.
 *
 * <p>429 is sent again whatever it is: Azure did not take it. 5xx, 408 and a broken connection only
 * where nothing is changed by it, as the first may have been taken. Retry-After is obeyed where the
 * time allows it, else the answer is handed on as it is.
 */
final class RetryRule {
  static final int MOST_TRIES = 4;

  private RetryRule() {}

  /**
   * @param changes whether it does more than look
   * @param status empty: no answer came
   * @param tries sent so far, from 1
   * @param left until the whole call must be over
   * @param first before the second try where the answer does not say it
   * @return how long to wait; empty: no more
   */
  static Optional<Duration> next(
      boolean changes,
      OptionalInt status,
      Optional<Duration> retryAfter,
      int tries,
      Duration left,
      Duration first) {
    if (tries >= MOST_TRIES || !mayBeSentAgain(changes, status)) {
      return Optional.empty();
    }
    Duration wait = retryAfter.orElseGet(() -> first.multipliedBy(1L << (tries - 1)));
    return wait.compareTo(left) < 0 ? Optional.of(wait) : Optional.empty();
  }

  private static boolean mayBeSentAgain(boolean changes, OptionalInt status) {
    if (status.isPresent() && status.getAsInt() == 429) {
      return true;
    }
    return !changes && (status.isEmpty() || status.getAsInt() == 408 || status.getAsInt() >= 500);
  }
}
