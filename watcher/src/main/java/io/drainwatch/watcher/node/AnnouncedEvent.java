package io.drainwatch.watcher.node;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.nodes.Announcement;
import io.drainwatch.watcher.events.PlatformDates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One event, from the message of a condition. */
final class AnnouncedEvent {
  private static final Pattern TYPE =
      Pattern.compile("\\s*([A-Za-z]{1,64}) (Scheduled|Started)\\b.*", Pattern.DOTALL);
  private static final Pattern DATE =
      Pattern.compile(
          "[A-Z][a-z]{2}, [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} (?:GMT|UTC)"
              + "|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,18}(?:Z|[+-][0-9]{2}:[0-9]{2})");
  private static final Pattern SECONDS = Pattern.compile("DurationInSeconds: ?([0-9]{1,6})\\b");
  private static final Pattern ID = Pattern.compile("EventId: ?([A-Za-z0-9-]{8,64})");
  private static final String UNKNOWN_TYPE = "unknown";

  private AnnouncedEvent() {}

  /**
   * No id is told: the moment of the announcement stands in, so that NotBefore may move. It tells
   * one announcement from the next; while an event stands its id stays, whatever touches the
   * condition ({@link Observation.NodeConditionsRead}).
   */
  static ScheduledEvent ofAnyType(Announcement told) {
    Matcher matcher = TYPE.matcher(told.message());
    EventKind kind = matcher.matches() ? EventKind.of(matcher.group(1)) : EventKind.UNKNOWN;
    String type =
        matcher.matches()
            ? (kind == EventKind.UNKNOWN ? matcher.group(1) : kind.word())
            : UNKNOWN_TYPE;
    return event(
        "condition/" + type + "/" + told.changedAt().map(Instant::toString).orElse("once"),
        type,
        status(told),
        notBefore(told),
        duration(told),
        told.message());
  }

  static ScheduledEvent preempt(Announcement told, Optional<ScheduledEvent> other) {
    Optional<ScheduledEvent> same = other.filter(event -> event.kind() == EventKind.PREEMPT);
    Matcher id = ID.matcher(told.message());
    String type = EventKind.PREEMPT.word();
    return event(
        id.find()
            ? id.group(1)
            : same.map(ScheduledEvent::id)
                .orElse(
                    "condition/"
                        + type
                        + "/"
                        + told.changedAt().map(Instant::toString).orElse("once")),
        type,
        same.filter(ScheduledEvent::isStarted).map(ScheduledEvent::status).orElse(status(told)),
        notBefore(told).or(() -> same.flatMap(ScheduledEvent::notBefore)),
        Optional.empty(),
        told.message());
  }

  // a Started event is never drained for any more, so it has to be said where a type is said
  private static EventStatus status(Announcement told) {
    Matcher matcher = TYPE.matcher(told.message());
    return matcher.matches() && matcher.group(2).equals("Started")
        ? EventStatus.STARTED
        : EventStatus.SCHEDULED;
  }

  private static Optional<Instant> notBefore(Announcement told) {
    Matcher date = DATE.matcher(told.message());
    return date.find() ? PlatformDates.read(date.group()) : Optional.empty();
  }

  private static Optional<Duration> duration(Announcement told) {
    Matcher seconds = SECONDS.matcher(told.message());
    return seconds.find()
        ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds.group(1))))
        : Optional.empty();
  }

  // whose event it is follows from whose Node it is: the core puts the VM's name in
  private static ScheduledEvent event(
      String id,
      String type,
      EventStatus status,
      Optional<Instant> notBefore,
      Optional<Duration> duration,
      String message) {
    return new ScheduledEvent(
        id,
        false,
        type,
        status,
        EventSource.NODE_CONDITION,
        "VirtualMachine",
        List.of(),
        notBefore,
        duration,
        message,
        Optional.empty());
  }
}
