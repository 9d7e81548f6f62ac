package io.drainwatch.drainer.bosh;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a run by hand waits when a drain asks for it. A seam: tests count the waits. */
@FunctionalInterface
public interface Pause {

  /** Waits that long, and no longer once {@code stop} is open. */
  void sleep(Duration time, CountDownLatch stop) throws InterruptedException;

  /** Really waits. */
  static Pause real() {
    return (time, stop) -> {
      boolean unused = stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
    };
  }
}
