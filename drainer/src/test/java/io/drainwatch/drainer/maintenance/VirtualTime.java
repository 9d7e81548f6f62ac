package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** A wall clock that moves when told to, and what is to happen on the way. */
final class VirtualTime {
  private record Due(Instant at, long order, Runnable work) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
  private final Runnable onAlarm;
  private Optional<Instant> alarm = Optional.empty();
  private long order;
  private Instant now;

  VirtualTime(Instant start, Runnable onAlarm) {
    now = start;
    this.onAlarm = onAlarm;
  }

  Instant now() {
    return now;
  }

  void later(Duration delay, Runnable work) {
    queue.add(new Due(now.plus(delay), order++, work));
  }

  /** One alarm at a moment of the wall clock; the one before is forgotten. */
  void alarm(Optional<Instant> at) {
    alarm = at;
  }

  void run(Duration duration) {
    Instant until = now.plus(duration);
    while (true) {
      Optional<Instant> due = Optional.ofNullable(queue.peek()).map(Due::at);
      if (alarm.isPresent() && due.map(alarm.get()::isBefore).orElse(true)) {
        if (alarm.get().isAfter(until)) {
          break;
        }
        now = alarm.get().isAfter(now) ? alarm.get() : now;
        alarm = Optional.empty();
        onAlarm.run();
      } else if (due.isPresent() && !due.get().isAfter(until)) {
        now = due.get().isAfter(now) ? due.get() : now;
        queue.remove().work().run();
      } else {
        break;
      }
    }
    now = until;
  }

  /** The wall clock is stepped; what was to happen in so many seconds still does. */
  void step(Duration by) {
    List<Due> all = new ArrayList<>(queue);
    queue.clear();
    all.forEach(due -> queue.add(new Due(due.at().plus(by), due.order(), due.work())));
    now = now.plus(by);
  }
}
