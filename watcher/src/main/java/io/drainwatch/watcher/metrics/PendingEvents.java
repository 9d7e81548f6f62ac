package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.maintenance.Watch;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is still to come for this VM: events announced and not started. Those of the episode, so
 * that one missing from a single document still counts, and those of the newest document that the
 * policy ignores, for the platform does not.
 *
 * @param count by kind; a kind that is missing has none
 * @param earliest NotBefore by kind, where one is known
 */
record PendingEvents(Map<EventKind, Integer> count, Map<EventKind, Instant> earliest) {

  static PendingEvents of(Watch watch) {
    Map<EventKind, Integer> count = new EnumMap<>(EventKind.class);
    Map<EventKind, Instant> earliest = new EnumMap<>(EventKind.class);
    Set<String> tracked = new HashSet<>();
    for (TrackedEvent each : watch.episode().map(Episode::events).orElse(List.of())) {
      tracked.add(each.event().key());
      if (!each.isGone() && !each.hasStarted()) {
        add(count, earliest, each.event().kind(), each.notBefore());
      }
    }
    for (ScheduledEvent event : named(watch)) {
      if (!event.isStarted() && tracked.add(event.key())) {
        add(count, earliest, event.kind(), event.notBefore());
      }
    }
    return new PendingEvents(count, earliest);
  }

  /** Events of the newest document that name this VM. */
  static List<ScheduledEvent> named(Watch watch) {
    Optional<Machine> machine = watch.machine();
    return machine.isEmpty() || watch.newest().isEmpty()
        ? List.of()
        : watch.newest().get().events().stream()
            .filter(event -> event.names(machine.get().vmName()))
            .toList();
  }

  private static void add(
      Map<EventKind, Integer> count,
      Map<EventKind, Instant> earliest,
      EventKind kind,
      Optional<Instant> notBefore) {
    count.merge(kind, 1, Integer::sum);
    notBefore.ifPresent(at -> earliest.merge(kind, at, (a, b) -> a.isBefore(b) ? a : b));
  }
}
