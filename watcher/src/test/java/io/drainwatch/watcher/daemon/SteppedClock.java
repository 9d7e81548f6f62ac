package io.drainwatch.watcher.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The machine's clock, which can be stepped as an operator or a Freeze does it. */
final class SteppedClock implements InstantSource {
  private volatile Duration offset = Duration.ZERO;

  @Override
  public Instant instant() {
    return InstantSource.system().instant().plus(offset);
  }

  synchronized void step(Duration by) {
    offset = offset.plus(by);
  }

  /** Steps to this moment. */
  void stepTo(Instant moment) {
    step(Duration.between(instant(), moment));
  }
}
