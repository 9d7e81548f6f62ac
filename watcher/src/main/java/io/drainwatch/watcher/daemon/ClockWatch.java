package io.drainwatch.watcher.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The wall clock, and whether it was stepped: after a Freeze by the length of the pause, by an
 * operator by any amount. Compares what the wall clock and the monotonic clock say since the last
 * look. A moment is given together with the step before it, so that nobody can have the new time
 * and not know.
 *
 * <p>Who is told of steps instead of looking takes the time from {@link #instant}: a step shows
 * there with the look that finds it and not before, so nothing is noted by a time that is moved
 * once more.
 */
public final class ClockWatch implements InstantSource {
  /** Less is drift and slewing, which nothing here minds. */
  static final Duration LEAST_STEP = Duration.ofSeconds(2);

  /** Between two clocks read one after another; more, and this thread was held up in between. */
  private static final Duration LONGEST_READING = Duration.ofMillis(100);

  private static final int MOST_READINGS = 5;

  private final InstantSource wall;
  private final LongSupplier nanoseconds;
  private Both last;

  /**
   * @param step by how much the clock was stepped since the last look; negative: back
   */
  public record Look(Instant now, Optional<Duration> step) {}

  private record Both(Instant wall, long nanoseconds) {}

  public ClockWatch(InstantSource wall, LongSupplier nanoseconds) {
    this.wall = wall;
    this.nanoseconds = nanoseconds;
    last = read();
  }

  /** As it was at the last look, and as evenly on as the monotonic clock. */
  @Override
  public synchronized Instant instant() {
    return last.wall().plusNanos(nanoseconds.getAsLong() - last.nanoseconds());
  }

  public synchronized Look look() {
    Both now = read();
    Duration step =
        Duration.between(last.wall(), now.wall())
            .minusNanos(now.nanoseconds() - last.nanoseconds());
    last = now;
    return new Look(
        now.wall(), step.abs().compareTo(LEAST_STEP) < 0 ? Optional.empty() : Optional.of(step));
  }

  // A thread that is held up between the two clocks would see a step, and its return later.
  private Both read() {
    Both read = new Both(wall.instant(), nanoseconds.getAsLong());
    for (int more = 1; more < MOST_READINGS; more++) {
      long before = read.nanoseconds();
      read = new Both(wall.instant(), nanoseconds.getAsLong());
      if (read.nanoseconds() - before <= LONGEST_READING.toNanos()) {
        break;
      }
    }
    return read;
  }
}
