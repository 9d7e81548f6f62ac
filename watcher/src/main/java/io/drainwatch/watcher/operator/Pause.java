package io.drainwatch.watcher.operator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shell: waits a while, between two looks or two calls of a script. */
public interface Pause {
  void last(Duration duration) throws InterruptedException;

  static Pause real() {
    return duration -> {
      // nobody counts it down
      boolean unused =
          new CountDownLatch(1).await(Math.max(0, duration.toMillis()), TimeUnit.MILLISECONDS);
    };
  }
}
