package io.drainwatch.watcher.drainer;

import io.drainwatch.drainer.cluster.LeaderLease;
import io.drainwatch.drainer.fleet.Fleet;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the Lease to the fleet. The Lease's thread must not be held up, so the fleet is started and
 * stopped by a thread of its own, in the order in which the Lease came and went.
 */
final class Leadership implements LeaderLease.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final Fleet fleet;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("drainwatch-leader").factory());
  private boolean closed;

  Leadership(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public void gained() {
    post(this::start);
  }

  @Override
  public void lost() {
    post(fleet::stop);
  }

  /** On the same thread, so that it is heard of when that hangs. */
  void every(Duration interval, Runnable what) {
    thread.scheduleWithFixedDelay(
        () -> guarded(what), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void start() {
    if (!closed) {
      fleet.start();
    }
  }

  private void post(Runnable what) {
    try {
      thread.execute(() -> guarded(what));
    } catch (RejectedExecutionException e) {
      // closed: the fleet is stopped, and nothing starts it any more
    }
  }

  private static void guarded(Runnable what) {
    try {
      what.run();
    } catch (RuntimeException e) {
      LOG.error("a change of the leadership failed; the next one is made as usual", e);
    }
  }

  /** The fleet is stopped when this returns, and stays so. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    thread.shutdown();
    fleet.stop();
  }
}
