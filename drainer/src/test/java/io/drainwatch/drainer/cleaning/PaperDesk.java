package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.desk.Desk;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Work in virtual time, one piece after the other. */
final class PaperDesk implements Desk, InstantSource {
  private record Due(Instant at, long order, Runnable work) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
  private Instant now;
  private long order;

  PaperDesk(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void run(Runnable work) {
    at(now, work);
  }

  @Override
  public void at(Instant moment, Runnable work) {
    queue.add(new Due(moment.isBefore(now) ? now : moment, order++, work));
  }

  /** The next piece that is due; false: none is. */
  boolean step() {
    Due due = queue.peek();
    if (due == null || due.at().isAfter(now)) {
      return false;
    }
    queue.remove();
    due.work().run();
    return true;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** As of a process that is gone. */
  void forget() {
    queue.clear();
  }
}
