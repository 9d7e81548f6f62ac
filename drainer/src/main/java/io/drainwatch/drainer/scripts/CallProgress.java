package io.drainwatch.drainer.scripts;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far a call has come: running, then exited or to be ended (or both), then over. Written by the
 * thread that learns of the exit and by whoever ends the call, waited on by the watch.
 *
 * <p>Durations are measured on the monotonic clock: a step of the wall clock, usual after a Freeze,
 * must not shorten a grace.
 */
final class CallProgress {

  /** Nanoseconds must not overflow. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean exited;
  private boolean ending;
  private boolean over;
  private long killAt; // of System.nanoTime; has a meaning only if ending

  void exit() {
    lock.lock();
    try {
      exited = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The shortest grace asked for counts; after the call is over, none does. */
  void end(Duration grace) {
    long wanted = System.nanoTime() + nanos(grace);
    lock.lock();
    try {
      if (over) {
        return;
      }
      if (!ending || wanted - killAt < 0) {
        killAt = wanted;
      }
      ending = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The call is over, unless somebody has asked to end it; then that comes first. */
  boolean isOver() {
    lock.lock();
    try {
      over = !ending;
      return over;
    } finally {
      lock.unlock();
    }
  }

  /** Whatever is asked from now on, nothing is left to be done. */
  void over() {
    lock.lock();
    try {
      over = true;
    } finally {
      lock.unlock();
    }
  }

  boolean isEnding() {
    lock.lock();
    try {
      return ending;
    } finally {
      lock.unlock();
    }
  }

  /** What is left of the grace; zero or less when it is over. */
  Duration grace() {
    lock.lock();
    try {
      return Duration.ofNanos(killAt - System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  void awaitExitOrEnd() throws InterruptedException {
    lock.lock();
    try {
      while (!exited && !ending) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits that long, less if anything changes. */
  void pause(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long unused = changed.awaitNanos(nanos(longest)); // the caller looks again in any case
    } finally {
      lock.unlock();
    }
  }

  private static long nanos(Duration duration) {
    Duration bounded = duration.compareTo(LONGEST) < 0 ? duration : LONGEST;
    return bounded.isNegative() ? 0 : bounded.toNanos();
  }
}
