package io.drainwatch.watcher.simulator;

import java.time.Duration;

/**
 * Calls back later. The simulator needs nothing more of a scheduler, so that tests can turn the
 * time by hand.
 */
@FunctionalInterface
public interface SimulatorTimer {

  /** Runs the task once, after that time, on any thread. */
  Handle after(Duration delay, Runnable task);

  /** Takes a call back; does nothing if it is too late. */
  @FunctionalInterface
  interface Handle {
    void cancel();
  }
}
