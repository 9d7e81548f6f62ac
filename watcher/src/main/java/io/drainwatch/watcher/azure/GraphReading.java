package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.watcher.events.PlatformDates;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Events as Resource Graph gives them, put into our own terms (azure-scheduled-events.md, section
 * 3). Pure and lenient: what is not understood of an event is unknown, it is never lost.
 */
final class GraphReading {
  private static final int MOST_CHARACTERS = 256;
  private static final int MOST_RESOURCES = 1_000;

  private GraphReading() {}

  /**
   * @return empty: this answer cannot have seen the VM, so it says nothing of it
   */
  static Optional<List<ScheduledEvent>> of(GraphSight sight, ResourceId vm) {
    List<GraphEvent> named = sight.events().stream().filter(event -> names(event, vm)).toList();
    if (named.isEmpty() && !sight.sees(vm)) {
      return Optional.empty();
    }
    return Optional.of(
        named.stream()
            .filter(event -> !event.id().isBlank())
            .filter(event -> !isOver(event.status()))
            .map(event -> scheduled(event, vm))
            .toList());
  }

  // names of VMs are told apart by the resource group: the event may belong to the VM itself, to
  // its scale set or to an availability set
  private static boolean names(GraphEvent event, ResourceId vm) {
    String group =
        "/subscriptions/" + vm.subscription() + "/resourcegroups/" + vm.group() + "/providers/";
    String resource = event.resource().toLowerCase(Locale.ROOT);
    if (!resource.startsWith(group.toLowerCase(Locale.ROOT))) {
      return false;
    }
    return event.resources().isEmpty()
        ? resource.equals(vm.path().toLowerCase(Locale.ROOT))
        : event.resources().stream().anyMatch(vm.eventName()::equalsIgnoreCase);
  }

  private static boolean isOver(String status) {
    return status.equalsIgnoreCase("Completed")
        || status.equalsIgnoreCase("Canceled")
        || status.equalsIgnoreCase("Cancelled");
  }

  private static ScheduledEvent scheduled(GraphEvent event, ResourceId vm) {
    EventKind kind = EventKind.of(event.type());
    String type = plain(event.type());
    List<String> resources =
        event.resources().stream().limit(MOST_RESOURCES).map(GraphReading::plain).toList();
    boolean isNamed = resources.stream().anyMatch(vm.eventName()::equalsIgnoreCase);
    return new ScheduledEvent(
        plain(event.id()),
        false,
        kind != EventKind.UNKNOWN ? kind.word() : type.isBlank() ? "unknown" : type,
        status(event.status()),
        EventSource.RESOURCE_GRAPH,
        "VirtualMachine",
        isNamed ? resources : List.of(vm.eventName()),
        PlatformDates.read(event.notBefore()),
        Optional.empty(),
        "",
        Optional.empty());
  }

  private static EventStatus status(String word) {
    if (word.equalsIgnoreCase("Scheduled")) {
      return EventStatus.SCHEDULED;
    }
    return word.equalsIgnoreCase("Started") ? EventStatus.STARTED : EventStatus.UNKNOWN;
  }

  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    text.strip()
        .codePoints()
        .filter(character -> !Character.isISOControl(character))
        .limit(MOST_CHARACTERS)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }
}
