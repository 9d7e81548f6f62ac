package io.drainwatch.drainer.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Virtual time: what is due runs in order of its time, then in the order it was asked for. */
final class Timeline implements InstantSource {
  private static final int MOST_PER_INSTANT = 1_000_000;

  private record Due(Instant at, long order, Runnable what) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
  private Instant now;
  private long order;
  private boolean running;

  Timeline(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void in(Duration delay, Runnable what) {
    at(now.plus(delay), what);
  }

  /** Not before the next {@link #advance}, also where the moment is now or past. */
  void at(Instant moment, Runnable what) {
    due.add(new Due(moment.isBefore(now) ? now : moment, order++, what));
  }

  Optional<Instant> nextDue() {
    return Optional.ofNullable(due.peek()).map(Due::at);
  }

  void advance(Duration by) {
    if (running) {
      throw new IllegalStateException("time is advanced from within what is due");
    }
    if (by.isNegative()) {
      throw new IllegalArgumentException("time goes forward: " + by);
    }
    running = true;
    try {
      Instant until = now.plus(by);
      int atOnce = 0;
      for (Due next = due.peek(); next != null && !next.at.isAfter(until); next = due.peek()) {
        atOnce = next.at.isAfter(now) ? 0 : atOnce + 1;
        if (atOnce > MOST_PER_INSTANT) {
          throw new IllegalStateException("a loop that needs no time at " + now);
        }
        due.remove();
        now = next.at;
        next.what.run();
      }
      now = until;
    } finally {
      running = false;
    }
  }
}
