package io.drainwatch.watcher.report;

import java.time.Duration;

/** Has something done after a pause, once. */
@FunctionalInterface
public interface Later {
  void after(Duration pause, Runnable work);
}
