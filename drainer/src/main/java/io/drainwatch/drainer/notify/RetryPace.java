package io.drainwatch.drainer.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a sink that does not take a notice is tried again: after 1 s, then twice as long each time,
 * up to 5 min; not before it asked for it, but never more than an hour later.
 *
 * @param giveUpAfter a notice older than this is let go
 */
public record RetryPace(Duration giveUpAfter) {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(5);
  static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);
  static final Duration LEAST_FAILING = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 10;

  /**
   * @param failures so many in a row, this one included
   * @param random from 0 to 1: so that thousands of machines do not ask at once
   */
  public Duration pause(int failures, Optional<Duration> askedFor, double random) {
    int doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
    Duration ours = shorter(FIRST.multipliedBy(1L << doublings), LONGEST);
    Duration spread = ours.plusMillis((long) (ours.toMillis() * random / 4));
    return askedFor
        .filter(asked -> asked.compareTo(spread) > 0)
        .map(asked -> shorter(asked, LONGEST_ASKED_FOR))
        .orElse(spread);
  }

  /**
   * A clock that was set tells nothing: the receiver must have failed for a while, too.
   *
   * @param failing how long in a row, whatever the clock says
   */
  public boolean isTooOld(Notice notice, Instant now, Duration failing) {
    return failing.compareTo(shorter(LEAST_FAILING, giveUpAfter)) >= 0
        && Duration.between(notice.at(), now).compareTo(giveUpAfter) > 0;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
