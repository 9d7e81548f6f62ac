package io.drainwatch.drainer.cluster;

import java.time.Duration;

/**
 * How fast requests for pods go out, of all Nodes together: so many a second, and a burst before
 * that counts (section 9). What has seconds left does not wait behind what has time: it has the
 * same pace for itself, and the others are put off by what it takes. Not thread-safe. Moments are
 * of a monotonic clock.
 */
final class RequestPace {
  static final int PER_SECOND = 50;
  static final int BURST = 100;

  private final long nanosEach;
  private final long ahead;
  private final Line usual = new Line();
  private final Line hurried = new Line();

  RequestPace(int perSecond, int burst) {
    if (perSecond < 1 || burst < 1) {
      throw new IllegalArgumentException("a pace at which nothing goes out: " + perSecond);
    }
    nanosEach = 1_000_000_000L / perSecond;
    ahead = nanosEach * (burst - 1);
  }

  /** Takes the next place; how long to wait for it. */
  Duration take(long now) {
    return usual.take(now);
  }

  /** Takes the next place before those that have time; how long to wait for it. */
  Duration takeHurried(long now) {
    usual.take(now);
    return hurried.take(now);
  }

  private final class Line {
    private long nextAt;
    private boolean hasBegun;

    Duration take(long now) {
      if (!hasBegun || now - nextAt > 0) {
        nextAt = now;
        hasBegun = true;
      }
      long wait = nextAt - now - ahead;
      nextAt += nanosEach;
      return wait > 0 ? Duration.ofNanos(wait) : Duration.ZERO;
    }
  }
}
