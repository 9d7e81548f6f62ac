package io.drainwatch.drainer.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** A few threads that fold, and one that wakes them. */
public final class ThreadDesk implements Desk, AutoCloseable {
  /** A clock that is set (K47) is noticed after this at the latest. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final ExecutorService workers;
  private final ScheduledExecutorService alarms;

  public ThreadDesk(int threads, InstantSource clock) {
    this(threads, clock, "drainwatch-fold");
  }

  /**
   * @param name of its threads; numbers follow
   */
  public ThreadDesk(int threads, InstantSource clock, String name) {
    this.clock = clock;
    ThreadFactory folding = Thread.ofPlatform().daemon().name(name + "-", 0).factory();
    workers = Executors.newFixedThreadPool(threads, folding);
    ThreadFactory waking = Thread.ofPlatform().daemon().name("drainwatch-alarm").factory();
    alarms = Executors.newSingleThreadScheduledExecutor(waking);
  }

  @Override
  public void run(Runnable work) {
    try {
      workers.execute(work);
    } catch (RejectedExecutionException e) {
      // closed: nothing starts any more
    }
  }

  @Override
  public void at(Instant moment, Runnable work) {
    Duration wait = Duration.between(clock.instant(), moment);
    Duration bounded = wait.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : wait;
    try {
      alarms.schedule(() -> run(work), Math.max(1, bounded.toMillis() + 1), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // closed: nothing starts any more
    }
  }

  @Override
  public void close() {
    alarms.shutdownNow();
    workers.shutdownNow();
  }
}
