package io.drainwatch.watcher.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The machine's clocks: the wall clock can be stepped as an operator or a Freeze does it, and time
 * can be let pass on both.
 */
final class SteppedClock implements InstantSource {
  private volatile Duration offset = Duration.ZERO;
  private volatile Duration passed = Duration.ZERO;

  @Override
  public Instant instant() {
    return InstantSource.system().instant().plus(offset).plus(passed);
  }

  /** The monotonic clock, which no step moves. */
  long nanoseconds() {
    return System.nanoTime() + passed.toNanos();
  }

  synchronized void step(Duration by) {
    offset = offset.plus(by);
  }

  /** Steps to this moment. */
  void stepTo(Instant moment) {
    step(Duration.between(instant(), moment));
  }

  /** So much later, without the wait: nobody takes that for a step. */
  synchronized void pass(Duration time) {
    passed = passed.plus(time);
  }
}
