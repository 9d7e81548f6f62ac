package io.drainwatch.watcher.simulator;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The timer of a real run: one daemon thread, which never keeps the process alive. */
final class ThreadTimer implements SimulatorTimer, AutoCloseable {

  private final ScheduledThreadPoolExecutor executor;

  ThreadTimer() {
    executor =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name("simulator-timer").daemon().unstarted(task));
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Handle after(Duration delay, Runnable task) {
    Future<?> future = executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
