package io.drainwatch.watcher.metrics;

import java.time.Instant;

/** Moments as Prometheus has them: seconds since 1970, with a fraction. */
final class UnixTime {
  private UnixTime() {}

  static double of(Instant moment) {
    return moment.getEpochSecond() + moment.getNano() / 1e9;
  }
}
