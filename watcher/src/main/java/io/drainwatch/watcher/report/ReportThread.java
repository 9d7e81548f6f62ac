package io.drainwatch.watcher.report;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that tells others how things stand: stream clients and systemd. What it is given
 * runs in order and must not wait for anybody. It is what lets witnesses return at once.
 */
public final class ReportThread implements Later, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReportThread.class);

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("drainwatch-report").daemon(true).factory());

  /** Soon; never once it is closed. */
  public void execute(Runnable work) {
    try {
      executor.execute(() -> guarded(work));
    } catch (RejectedExecutionException e) {
      LOG.debug("stopping: nothing is told any more");
    }
  }

  /** Once; never once it is closed. */
  @Override
  public void after(Duration pause, Runnable work) {
    try {
      executor.schedule(() -> guarded(work), pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("stopping: nothing is done later any more");
    }
  }

  /** Again and again until it is closed. */
  public void every(Duration period, Runnable work) {
    executor.scheduleAtFixedRate(
        () -> guarded(work), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("telling how things stand failed, the next time is tried as usual", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
