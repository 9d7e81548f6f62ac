package io.drainwatch.watcher.simulator.platform;

import java.time.Duration;

/** What a started event does to the VMs that it names. */
public sealed interface Impact {

  /** The VM is paused at most; memory and open files stay. */
  record Stays() implements Impact {}

  /** The VM goes down when the event starts, and comes back that much later. */
  record Returns(Duration after) implements Impact {
    public Returns {
      if (after.isNegative()) {
        throw new IllegalArgumentException("a VM cannot return before it is gone: " + after);
      }
    }
  }

  /** The VM is deleted, or stopped and never started again by itself. */
  record Gone() implements Impact {}
}
