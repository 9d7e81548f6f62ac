package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a drain must be over (lifecycle.md, "Deadline"): NotBefore less the margin, the margin never
 * more than a fifth of the notice as first seen, so that a short notice still leaves a drain.
 */
final class Deadlines {
  private static final int LARGEST_PART_OF_NOTICE = 5;

  private Deadlines() {}

  static Duration margin(ScheduledEvent event, Rule rule, Instant firstSeen) {
    Duration notice =
        event
            .notBefore()
            .map(notBefore -> Duration.between(firstSeen, notBefore))
            .or(() -> event.kind().minimumNotice())
            .orElse(Duration.ZERO);
    if (notice.isNegative()) {
      return Duration.ZERO;
    }
    Duration largest = notice.dividedBy(LARGEST_PART_OF_NOTICE);
    return rule.margin().compareTo(largest) < 0 ? rule.margin() : largest;
  }

  /**
   * An event's own deadline. Without a readable NotBefore a Scheduled event is reckoned with its
   * kind's minimum notice ("now" would put the deadline in the past and stop the drain); one that
   * is first seen as Started has none.
   */
  static Optional<Instant> of(
      ScheduledEvent event, Optional<Instant> notBefore, Duration margin, Instant firstSeen) {
    if (notBefore.isPresent()) {
      return notBefore.map(at -> at.minus(margin));
    }
    if (event.isStarted() || event.source() == EventSource.OPERATOR) {
      return Optional.empty();
    }
    return event.kind().minimumNotice().map(notice -> firstSeen.plus(notice).minus(margin));
  }

  static Optional<Instant> earliest(List<TrackedEvent> events) {
    return events.stream()
        .filter(event -> !event.isGone())
        .flatMap(event -> event.deadline().stream())
        .min(Instant::compareTo);
  }

  /**
   * The deadline to record after a new document (I8): only ever earlier, unless the document moves
   * every event later. What is only looked at sets none for a drain: the first event that asks for
   * one does.
   */
  static Optional<Instant> after(
      Optional<Instant> recorded, List<TrackedEvent> before, List<TrackedEvent> now) {
    Optional<Instant> earliest = earliest(now);
    if (before.stream().noneMatch(TrackedEvent::takesOutOfService)
        && now.stream().anyMatch(TrackedEvent::takesOutOfService)) {
      return earliest;
    }
    if (recorded.isEmpty() || everyEventMovedLater(before, now)) {
      return earliest.or(() -> recorded);
    }
    return earliest.filter(at -> at.isBefore(recorded.get())).or(() -> recorded);
  }

  private static boolean everyEventMovedLater(List<TrackedEvent> before, List<TrackedEvent> now) {
    List<TrackedEvent> standing = before.stream().filter(event -> !event.isGone()).toList();
    return !standing.isEmpty()
        && now.stream().filter(event -> !event.isGone()).count() == standing.size()
        && standing.stream().allMatch(event -> hasMovedLater(event, now));
  }

  private static boolean hasMovedLater(TrackedEvent before, List<TrackedEvent> now) {
    return now.stream()
        .filter(each -> each.event().key().equals(before.event().key()))
        .filter(TrackedEvent::isInNewestDocument)
        .anyMatch(
            each ->
                each.deadline().isPresent()
                    && before.deadline().isPresent()
                    && each.deadline().get().isAfter(before.deadline().get()));
  }
}
