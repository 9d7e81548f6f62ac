package io.drainwatch.watcher.daemon;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.quartz.spi.ThreadPool;

/**
 * The threads that Quartz runs jobs on: one for a poll, which may take minutes, one for the alarm,
 * which must not wait for it. They are there from the start, as a poll must not fail because no
 * thread can be had. The one that worked last is the next to work, its memory is still at hand.
 * Each thread of Quartz's own pool wakes twice a second to see whether there is work, which was
 * half of what an idle daemon cost.
 */
final class QuartzThreads implements ThreadPool {
  private static final int THREADS = 2;

  private final Semaphore free = new Semaphore(THREADS);
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          0,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(), // last come, first served
          Thread.ofPlatform().name("drainwatch-times-", 1).daemon(true).factory(),
          QuartzThreads::waitForTheThread);
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
    try {
      threads.execute(
          () -> {
            try {
              work.run();
            } finally {
              free.release();
            }
          });
      return true;
    } catch (RejectedExecutionException e) {
      free.release();
      return false;
    }
  }

  /** It has given back its permit and not yet come back for work: a matter of microseconds. */
  private static void waitForTheThread(Runnable work, ThreadPoolExecutor threads) {
    try {
      while (!threads.getQueue().offer(work, 1, TimeUnit.SECONDS)) {
        if (threads.isShutdown()) {
          throw new RejectedExecutionException("shut down");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException(e);
    }
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
