package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One entry of the metadata service's document, read leniently (azure-scheduled-events.md, section
 * 3). Texts are data from outside: control characters are already dropped and lengths bounded.
 *
 * @param id as received, sent back as received; without one the type and the first resource stand
 *     in ({@link #hasPlatformId} is false then, and the event is never acknowledged)
 * @param type as received
 * @param resources VM resource names in the order received; may be empty
 * @param notBefore empty when missing or unreadable, and usually once Started
 * @param duration expected interruption; empty for -1, missing or unreadable
 * @param raw the event exactly as received, as JSON; empty when not kept
 */
public record ScheduledEvent(
    String id,
    boolean hasPlatformId,
    String type,
    EventStatus status,
    EventSource source,
    String resourceType,
    List<String> resources,
    Optional<Instant> notBefore,
    Optional<Duration> duration,
    String description,
    Optional<String> raw) {

  /** No id of the platform begins so. */
  public static final String MADE_UP = "drainsafe-";

  public ScheduledEvent {
    if (id.isBlank()) {
      throw new IllegalArgumentException("an event needs an id or a stand-in for it");
    }
    resources = List.copyOf(resources);
  }

  public EventKind kind() {
    return EventKind.of(type);
  }

  /** Whether its approval would be for the very VMs of the other's; names are without case. */
  public boolean namesTheSameAs(ScheduledEvent other) {
    return withoutCase(resources).equals(withoutCase(other.resources));
  }

  private static Set<String> withoutCase(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /** Whether the event is about the VM of this resource name; case does not matter. */
  public boolean names(String vmName) {
    return resources.stream().anyMatch(vmName::equalsIgnoreCase);
  }

  public boolean namesOthersThan(String vmName) {
    return resources.stream().anyMatch(name -> !name.equalsIgnoreCase(vmName));
  }

  /**
   * An event that stands in for what another tool had begun: no source ever names it, and any
   * source that is in force is its end.
   */
  public boolean isMadeUp() {
    return id.startsWith(MADE_UP);
  }

  /** Ids are compared without case: the metadata service writes capitals, Event Grid does not. */
  public String key() {
    return id.toUpperCase(Locale.ROOT);
  }

  ScheduledEvent withNotBefore(Optional<Instant> other) {
    return new ScheduledEvent(
        id,
        hasPlatformId,
        type,
        status,
        source,
        resourceType,
        resources,
        other,
        duration,
        description,
        raw);
  }

  ScheduledEvent withId(String other) {
    return new ScheduledEvent(
        other,
        hasPlatformId,
        type,
        status,
        source,
        resourceType,
        resources,
        notBefore,
        duration,
        description,
        raw);
  }

  ScheduledEvent withResources(List<String> names) {
    return new ScheduledEvent(
        id,
        hasPlatformId,
        type,
        status,
        source,
        resourceType,
        names,
        notBefore,
        duration,
        description,
        raw);
  }

  public boolean isStarted() {
    return status == EventStatus.STARTED;
  }
}
