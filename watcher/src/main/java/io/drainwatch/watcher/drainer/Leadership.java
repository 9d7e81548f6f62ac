package io.drainwatch.watcher.drainer;

import io.drainwatch.drainer.cluster.LeaderLease;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a Lease to what is led by it. The Lease's thread must not be held up, so that is started and
 * stopped by a thread of its own, in the order in which the Lease came and went.
 */
final class Leadership implements LeaderLease.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final Runnable begin;
  private final Runnable end;
  private final ScheduledExecutorService thread;
  private boolean closed;

  /**
   * @param thread its name
   */
  Leadership(Runnable begin, Runnable end, String thread) {
    this.begin = begin;
    this.end = end;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(thread).factory());
  }

  @Override
  public void gained() {
    post(this::start);
  }

  @Override
  public void lost() {
    post(end);
  }

  /** On the same thread, so that it is heard of when that hangs. */
  void every(Duration interval, Runnable what) {
    thread.scheduleWithFixedDelay(
        () -> guarded(what), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void start() {
    if (!closed) {
      begin.run();
    }
  }

  private void post(Runnable what) {
    try {
      thread.execute(() -> guarded(what));
    } catch (RejectedExecutionException e) {
      // closed: all is stopped, and nothing starts it any more
    }
  }

  private static void guarded(Runnable what) {
    try {
      what.run();
    } catch (RuntimeException e) {
      LOG.error("a change of the leadership failed; the next one is made as usual", e);
    }
  }

  /** All is stopped when this returns, and stays so. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    thread.shutdown();
    end.run();
  }
}
