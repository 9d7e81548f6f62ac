package io.drainwatch.watcher.node;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.nodes.Announcement;
import java.util.List;
import java.util.Optional;

/**
 * What the conditions of AKS tell of scheduled events (azure-scheduled-events.md 12, the formats as
 * seen in the field). Read leniently: what is not understood of an event that is announced is an
 * event of an unknown type, or without a NotBefore; it is never lost.
 */
sealed interface AksConditions {

  /** Events are announced. */
  record Announced(List<ScheduledEvent> events) implements AksConditions {
    public Announced {
      events = List.copyOf(events);
    }
  }

  /** A condition says that there is none. */
  record NoneScheduled() implements AksConditions {}

  /** There is no such condition, or nobody knows: no news (I10). */
  record Silent() implements AksConditions {}

  static AksConditions of(List<Announcement> found) {
    Optional<Announcement> any = standing(found, Announcement.VM_EVENT);
    Optional<Announcement> preemption = standing(found, Announcement.PREEMPTION);
    Optional<ScheduledEvent> ofAnyType = any.map(AnnouncedEvent::ofAnyType);
    Optional<ScheduledEvent> preempt =
        preemption.map(each -> AnnouncedEvent.preempt(each, ofAnyType));
    if (preempt.isPresent()) {
      // both tell of the same eviction
      return ofAnyType.filter(event -> event.kind() != EventKind.PREEMPT).isPresent()
          ? new Announced(List.of(preempt.get(), ofAnyType.get()))
          : new Announced(List.of(preempt.get()));
    }
    if (ofAnyType.isPresent()) {
      return new Announced(List.of(ofAnyType.get()));
    }
    boolean allSayNo =
        !found.isEmpty() && found.stream().allMatch(each -> each.status().equals("False"));
    return allSayNo ? new NoneScheduled() : new Silent();
  }

  private static Optional<Announcement> standing(List<Announcement> found, String type) {
    return found.stream()
        .filter(each -> each.type().equals(type))
        .filter(each -> each.status().equals("True"))
        // the reason of one that stands no more, on a condition that does: no news
        .filter(each -> !each.reason().startsWith("No"))
        .findFirst();
  }
}
