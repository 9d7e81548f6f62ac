package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.notify.Notice;
import io.drainwatch.drainer.notify.NoticeFilter;
import io.drainwatch.drainer.notify.Outbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The outbox as it stands, between who gives notices, who keeps it on the disk and who delivers.
 * Nobody does anything slow under its lock.
 */
final class Desk {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, NoticeFilter> sinks;
  private final int most;
  private Outbox outbox = Outbox.EMPTY;
  private Outbox kept = Outbox.EMPTY;
  private boolean closed;

  /**
   * @param most entries of the outbox
   */
  Desk(Map<String, NoticeFilter> sinks, int most) {
    this.most = most;
    this.sinks = Map.copyOf(sinks);
  }

  /**
   * @return for each sink how many notices were dropped for these
   */
  Map<String, Integer> take(List<Notice> notices) {
    lock.lock();
    try {
      Outbox.Taken taken = outbox.plus(notices, sinks, most);
      set(taken.outbox());
      return taken.dropped();
    } finally {
      lock.unlock();
    }
  }

  /** What was on the disk comes before what was taken in since. */
  void found(Outbox onDisk) {
    lock.lock();
    try {
      kept = onDisk;
      set(outbox.behind(onDisk.of(sinks.keySet())));
    } finally {
      lock.unlock();
    }
  }

  void done(String sink, String id) {
    lock.lock();
    try {
      set(outbox.without(sink, id));
    } finally {
      lock.unlock();
    }
  }

  private void set(Outbox now) {
    if (!now.equals(outbox)) {
      outbox = now;
      changed.signalAll();
    }
  }

  int waiting(String sink) {
    lock.lock();
    try {
      return outbox.size(sink);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something for this sink; empty: closed. */
  Optional<Notice> next(String sink) throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        Optional<Notice> next = outbox.next(sink);
        if (next.isPresent()) {
          return next;
        }
        changed.await();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the outbox is not as it is kept; empty: closed. */
  Optional<Outbox> toBeKept() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        if (!outbox.equals(kept)) {
          kept = outbox;
          return Optional.of(outbox);
        }
        changed.await();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** The last of it, when it is not kept. */
  Optional<Outbox> last() {
    lock.lock();
    try {
      return outbox.equals(kept) ? Optional.empty() : Optional.of(outbox);
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
