package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events for tests: {@code Events.reboot("A").in("15M")}. */
public record Events(
    String id,
    String type,
    EventStatus status,
    EventSource source,
    List<String> resources,
    Optional<Instant> notBefore,
    Optional<Duration> duration) {

  public static Events of(String type, String id) {
    return new Events(
        id,
        type,
        EventStatus.SCHEDULED,
        EventSource.PLATFORM,
        List.of("vm1"),
        Optional.empty(),
        Optional.empty());
  }

  /** As the other, but for its description. */
  public static Events like(ScheduledEvent event) {
    return new Events(
        event.id(),
        event.type(),
        event.status(),
        event.source(),
        event.resources(),
        event.notBefore(),
        event.duration());
  }

  public static Events reboot(String id) {
    return of("Reboot", id).in("15M");
  }

  public static Events redeploy(String id) {
    return of("Redeploy", id).in("10M");
  }

  public static Events preempt(String id) {
    return of("Preempt", id).in("30S");
  }

  public static Events terminate(String id) {
    return of("Terminate", id).in("5M");
  }

  public static Events freeze(String id, int seconds) {
    return of("Freeze", id).in("15M").lasting(seconds);
  }

  /** NotBefore this long after {@link VirtualVm#START}. */
  public Events in(String duration) {
    return at(VirtualVm.START.plus(Duration.parse("PT" + duration)));
  }

  public Events at(Instant notBefore) {
    return new Events(id, type, status, source, resources, Optional.of(notBefore), duration);
  }

  public Events lasting(int seconds) {
    return new Events(
        id, type, status, source, resources, notBefore, Optional.of(Duration.ofSeconds(seconds)));
  }

  public Events naming(String... vms) {
    return new Events(id, type, status, source, List.of(vms), notBefore, duration);
  }

  public Events from(EventSource other) {
    return new Events(id, type, status, other, resources, notBefore, duration);
  }

  public Events with(EventStatus other) {
    return new Events(id, type, other, source, resources, notBefore, duration);
  }

  public Events started() {
    return new Events(id, type, EventStatus.STARTED, source, resources, Optional.empty(), duration);
  }

  public Events withoutNotBefore() {
    return new Events(id, type, status, source, resources, Optional.empty(), duration);
  }

  public ScheduledEvent event() {
    return new ScheduledEvent(
        id,
        true,
        type,
        status,
        source,
        "VirtualMachine",
        resources,
        notBefore,
        duration,
        "",
        Optional.empty());
  }
}
