package io.drainwatch.watcher.daemon;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.quartz.spi.ThreadPool;

/**
 * The threads that Quartz runs jobs on: one for a poll, which may take minutes, one for the alarm,
 * which must not wait for it. They come when there is work for them, and the one that worked last
 * is the next to work: where there is a poll a second and nothing else, there is one. Each thread
 * of Quartz's own pool wakes twice a second to see whether there is work, which was half of what an
 * idle daemon cost.
 *
 * <p>Public, because Quartz makes it by name.
 */
public final class QuartzThreads implements ThreadPool {
  private static final int THREADS = 2;

  private final Semaphore free = new Semaphore(THREADS);
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().name("drainwatch-times-", 1).daemon(true).factory());
  private volatile boolean closed;

  @Override
  public void initialize() {
    threads.prestartAllCoreThreads();
  }

  @Override
  public boolean runInThread(Runnable work) {
    if (closed) {
      return false;
    }
    free.acquireUninterruptibly();
    threads.execute(
        () -> {
          try {
            work.run();
          } finally {
            free.release();
          }
        });
    return true;
  }

  @Override
  public int blockForAvailableThreads() {
    free.acquireUninterruptibly();
    free.release();
    return Math.max(1, free.availablePermits());
  }

  @Override
  public void shutdown(boolean waitForJobsToComplete) {
    closed = true;
    if (waitForJobsToComplete) {
      threads.close();
    } else {
      threads.shutdown();
    }
  }

  @Override
  public int getPoolSize() {
    return THREADS;
  }

  @Override
  public void setInstanceId(String id) {
    // one scheduler a process
  }

  @Override
  public void setInstanceName(String name) {
    // one scheduler a process
  }
}
