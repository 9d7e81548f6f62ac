package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.notify.Notice;
import io.drainwatch.drainer.notify.NoticeFilter;
import io.drainwatch.drainer.notify.Outbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

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

  /**
   * What was on the disk comes before what was taken in since.
   *
   * @return for each sink that is not configured any more how many notices go with it
   */
  Map<String, Integer> found(Outbox onDisk) {
    lock.lock();
    try {
      kept = onDisk;
      set(outbox.behind(onDisk.of(sinks.keySet())));
      Map<String, Integer> lost = new HashMap<>();
      onDisk.entries().stream()
          .flatMap(entry -> entry.open().stream())
          .filter(sink -> !sinks.containsKey(sink))
          .forEach(sink -> lost.merge(sink, 1, Integer::sum));
      return lost;
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

  /**
   * Lets go what a sink was not told and is too old for it.
   *
   * @return oldest first
   */
  List<Notice> giveUp(String sink, Predicate<Notice> isTooOld) {
    lock.lock();
    try {
      List<Notice> old =
          outbox.entries().stream()
              .filter(entry -> entry.open().contains(sink))
              .map(Outbox.Entry::notice)
              .filter(isTooOld)
              .toList();
      Outbox rest = outbox;
      for (Notice each : old) {
        rest = rest.without(sink, each.id());
      }
      set(rest);
      return old;
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
          return Optional.of(outbox);
        }
        changed.await();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** That one is on the disk. */
  void kept(Outbox saved) {
    lock.lock();
    try {
      kept = saved;
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
