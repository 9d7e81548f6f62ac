package io.drainwatch.drainer.maintenance;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many events one episode keeps: a platform that sends ids without end must not make the record
 * grow without end. What is over and tells nothing any more is forgotten first; after that an
 * urgent event takes the place of one that is less urgent, neither started nor acknowledged.
 */
final class Roster {
  static final int MOST_EVENTS = 32;

  private Roster() {}

  /** The events with the new one; empty: there is no place for it. */
  static Optional<List<TrackedEvent>> with(List<TrackedEvent> events, TrackedEvent joining) {
    if (events.size() < MOST_EVENTS) {
      return Optional.of(append(events, joining));
    }
    return oldestOver(events)
        .or(() -> leastUrgent(events).filter(each -> deadline(joining).isBefore(deadline(each))))
        .map(dropped -> append(without(events, dropped), joining));
  }

  /** What is known of the events, with what the newest document says of them, and who joined. */
  static List<TrackedEvent> told(List<TrackedEvent> known, List<TrackedEvent> newest) {
    List<TrackedEvent> out = known.stream().map(each -> told(each, newest)).toList();
    for (TrackedEvent each : newest) {
      if (known.stream().noneMatch(each::isSameEventAs)) {
        out = with(out, each).orElse(out);
      }
    }
    return out;
  }

  private static TrackedEvent told(TrackedEvent known, List<TrackedEvent> newest) {
    return newest.stream()
        .filter(TrackedEvent::isInNewestDocument)
        .filter(known::isSameEventAs)
        .findFirst()
        .map(each -> known.seenAgain(each.event()))
        .orElse(known); // the next document counts it as missing
  }

  // Started or approved is remembered: it tells "ran" from "cancelled".
  private static Optional<TrackedEvent> oldestOver(List<TrackedEvent> events) {
    return events.stream()
        .filter(TrackedEvent::isGone)
        .filter(each -> !each.hasStarted() && !each.acknowledgement().mayHaveCounted())
        .findFirst();
  }

  private static Optional<TrackedEvent> leastUrgent(List<TrackedEvent> events) {
    return events.stream()
        .filter(each -> !each.hasStarted() && !each.acknowledgement().mayHaveCounted())
        .filter(each -> each.event().source() != EventSource.OPERATOR)
        .max(Comparator.comparing(Roster::deadline));
  }

  private static Instant deadline(TrackedEvent event) {
    return event.deadline().orElse(Instant.MAX);
  }

  private static List<TrackedEvent> without(List<TrackedEvent> events, TrackedEvent dropped) {
    return events.stream().filter(each -> !each.equals(dropped)).toList();
  }

  private static List<TrackedEvent> append(List<TrackedEvent> events, TrackedEvent joining) {
    return Stream.concat(events.stream(), Stream.of(joining)).toList();
  }
}
