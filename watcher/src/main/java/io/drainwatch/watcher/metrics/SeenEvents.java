package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.Watch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts every event that names this VM once, by its id. Remembers so many ids as no VM sees in
 * years; a start of the daemon begins at 0, as every counter does. Belongs to the folding thread.
 */
final class SeenEvents {
  private static final int REMEMBERED = 1000;

  private final MeterRegistry registry;
  private final Map<String, Boolean> keys = new LinkedHashMap<>();
  private List<ScheduledEvent> newest = List.of();

  SeenEvents(MeterRegistry registry) {
    this.registry = registry;
  }

  @SuppressWarnings("ReferenceEquality")
  void stepped(Watch watch) {
    List<ScheduledEvent> events = watch.newest().map(each -> each.events()).orElse(List.of());
    // a poll that brings the same bytes brings the same list: nothing to look at
    if (events == newest || watch.machine().isEmpty()) {
      return;
    }
    newest = events;
    for (ScheduledEvent event : PendingEvents.named(watch)) {
      if (keys.putIfAbsent(event.key(), true) == null) {
        count(event);
      }
    }
    while (keys.size() > REMEMBERED) {
      keys.remove(keys.keySet().iterator().next());
    }
  }

  private void count(ScheduledEvent event) {
    Counter.builder("drainwatch.events.seen")
        .description("Events that name this VM, each once")
        .tag("type", TypeLabel.of(event.kind()))
        .tag("source", event.source().word())
        .register(registry)
        .increment();
  }
}
