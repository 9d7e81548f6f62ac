package io.drainwatch.watcher.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Notices when the wall clock is stepped: after a Freeze by the length of the pause, by an operator
 * by any amount. Compares what the wall clock and the monotonic clock say since the last look.
 */
final class ClockWatch {
  /** Less is drift and slewing, which nothing here minds. */
  static final Duration LEAST_STEP = Duration.ofSeconds(2);

  private final InstantSource wall;
  private final LongSupplier nanoseconds;
  private Instant lastWall;
  private long lastNanoseconds;

  ClockWatch(InstantSource wall, LongSupplier nanoseconds) {
    this.wall = wall;
    this.nanoseconds = nanoseconds;
    lastWall = wall.instant();
    lastNanoseconds = nanoseconds.getAsLong();
  }

  /** By how much the clock was stepped since the last look; negative: back. */
  synchronized Optional<Duration> look() {
    Instant nowWall = wall.instant();
    long nowNanoseconds = nanoseconds.getAsLong();
    Duration step =
        Duration.between(lastWall, nowWall).minusNanos(nowNanoseconds - lastNanoseconds);
    lastWall = nowWall;
    lastNanoseconds = nowNanoseconds;
    return step.abs().compareTo(LEAST_STEP) < 0 ? Optional.empty() : Optional.of(step);
  }
}
