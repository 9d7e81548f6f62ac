package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * I8: the recorded deadline never moves later except by a new document that moves every event. A
 * clock that is set moves no deadline that follows from a NotBefore, neither way; one that is
 * reckoned from when we first saw the event is as far off as before.
 */
record DeadlineCheck(Watch before, Observation observation, Transition step) {

  void check(List<Invariants.Violation> broken) {
    if (before.episode().isEmpty() || step.watch().episode().isEmpty()) {
      return;
    }
    Episode was = before.episode().get();
    Episode is = step.watch().episode().get();
    if (!was.id().equals(is.id())) {
      return;
    }
    if (observation instanceof Observation.ClockStepped(Duration by)) {
      checkEachEvent(was, is, by, broken);
    }
    // what is only looked at has no drain, and so no deadline of one
    boolean firstDrain =
        was.events().stream().noneMatch(TrackedEvent::takesOutOfService)
            && is.events().stream().anyMatch(TrackedEvent::takesOutOfService);
    if (was.deadline().isPresent() && !firstDrain) {
      check(was, is, was.deadline().get(), broken);
    }
  }

  private void check(Episode was, Episode is, Instant recorded, List<Invariants.Violation> broken) {
    boolean later = is.deadline().map(recorded::isBefore).orElse(true);
    if (later && !everyEventMoved(was, is) && !isAsFarOff(was, is, recorded)) {
      broken.add(
          new Invariants.Violation(
              "I8", "the deadline moved from " + recorded + " to " + is.deadline()));
    }
  }

  private boolean everyEventMoved(Episode was, Episode is) {
    boolean isToldOfEvents =
        observation instanceof Observation.DocumentRead
            || observation instanceof Observation.NodeConditionsRead; // in a document's stead
    return isToldOfEvents
        && was.driving().stream()
            .filter(each -> !each.isGone())
            .allMatch(each -> movedLater(each, is));
  }

  private static boolean movedLater(TrackedEvent before, Episode now) {
    return now.events().stream()
        .filter(before::isSameEventAs)
        .anyMatch(
            each ->
                each.notBefore().isPresent()
                    && before
                        .notBefore()
                        .map(at -> at.isBefore(each.notBefore().get()))
                        .orElse(before.deadline().isPresent()));
  }

  private boolean isAsFarOff(Episode was, Episode is, Instant recorded) {
    List<TrackedEvent> from =
        was.events().stream()
            .filter(each -> each.deadline().equals(Optional.of(recorded)))
            .toList();
    return observation instanceof Observation.ClockStepped(Duration by)
        && !from.isEmpty()
        && from.stream().noneMatch(DeadlineCheck::saysThePlatform)
        && is.deadline().filter(at -> !at.isAfter(recorded.plus(by))).isPresent();
  }

  private static void checkEachEvent(
      Episode was, Episode is, Duration by, List<Invariants.Violation> broken) {
    for (TrackedEvent earlier : was.events()) {
      Optional<Instant> wanted =
          saysThePlatform(earlier) ? earlier.deadline() : earlier.deadline().map(at -> at.plus(by));
      is.events().stream()
          .filter(earlier::isSameEventAs)
          .filter(now -> !now.deadline().equals(wanted))
          .forEach(
              now ->
                  broken.add(
                      new Invariants.Violation(
                          "I8", "a clock step moved " + earlier + " to " + now.deadline())));
    }
  }

  private static boolean saysThePlatform(TrackedEvent tracked) {
    return tracked.notBefore().isPresent() && tracked.event().source() != EventSource.OPERATOR;
  }
}
