package io.drainwatch.drainer.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A new event stands before the machine is back in service. What the drain stopped may be running
 * again (the VM was restarted, pre-start ran, someone uncordoned), so nothing of it counts for the
 * new event: the episode ends here, a new one takes over the machine with all that stands and
 * drains anew. What the old one had begun and not undone, the new one owes.
 *
 * <p>That is so on the way back, while a cancellation is worked off, while the drain is held, and
 * while a Freeze runs that is only looked at. What runs is ended first: hooks never overlap.
 */
final class Overtaking {
  private Overtaking() {}

  static void advance(Fold fold) {
    Optional<Draft> current = fold.draft();
    Optional<Machine> machine = fold.machine();
    if (current.isEmpty() || machine.isEmpty()) {
      return;
    }
    Draft draft = current.get();
    List<TrackedEvent> overtaking = overtaking(fold, draft);
    draft.overtaken(!overtaking.isEmpty());
    if (overtaking.isEmpty()) {
      return;
    }
    if (draft.anyScriptRuns()) {
      draft.stopRunning("a new event overtakes", overtaking);
      return;
    }
    draft.say(Reason.OVERTAKEN, EventBook.describe(overtaking.getFirst()));
    if (!draft.isSummarized()) {
      draft.summarize(Summary.Ending.OVERTAKEN);
    }
    Episode overtaken = draft.episode();
    Beginning.begin(fold, machine.get(), overtaking, Optional.of(overtaken));
  }

  /** All that stands, if something of it overtakes; the first of the list is such a one. */
  private static List<TrackedEvent> overtaking(Fold fold, Draft draft) {
    List<TrackedEvent> standing = new ArrayList<>();
    if (standsAfterAnotherRan(draft)) {
      draft.acting().stream().filter(each -> !each.isGone()).forEach(standing::add);
    } else if (isBetween(draft)) {
      candidates(fold, draft)
          .filter(TrackedEvent::takesOutOfService)
          .filter(TrackedEvent::isInNewestDocument)
          .filter(each -> DrainTrack.isDue(each, fold.settings, fold.now))
          .forEach(standing::add);
    }
    if (standing.isEmpty()) {
      return standing;
    }
    Stream.concat(draft.events().stream().filter(each -> !each.isGone()), candidates(fold, draft))
        .forEach(each -> addUnlessThere(standing, each));
    return standing.stream().limit(Roster.MOST_EVENTS).map(TrackedEvent::carriedOver).toList();
  }

  private static void addUnlessThere(List<TrackedEvent> standing, TrackedEvent event) {
    if (standing.stream().noneMatch(event::isSameEventAs)) {
      standing.add(event);
    }
  }

  /** Events that stand and that this episode has not acted on. */
  private static Stream<TrackedEvent> candidates(Fold fold, Draft draft) {
    return Stream.concat(
        draft.events().stream().filter(each -> !each.isGone() && !each.active()),
        unknown(fold.newest(), draft.episode(), fold.settings, fold.now));
  }

  /** Events of the newest document that an episode has not heard of, or holds for gone. */
  static Stream<TrackedEvent> unknown(
      Optional<Document> newest, Episode episode, LifecycleSettings settings, Instant now) {
    return EventBook.ours(newest, episode.machine()).stream()
        .filter(
            event ->
                episode.events().stream()
                    .noneMatch(each -> each.event().key().equals(event.key()) && !each.isGone()))
        .map(event -> TrackedEvent.firstSeen(event, settings.policy().ruleFor(event), now))
        .filter(each -> each.rule().action() != PolicyAction.IGNORE);
  }

  private static boolean isBetween(Draft draft) {
    return !draft.isBefore(MaintenanceState.RUNNING)
        || draft.isCancelled()
        || (draft.held().isPresent() && draft.isBefore(MaintenanceState.MAINTENANCE_STARTED))
        || (draft.state() == MaintenanceState.MAINTENANCE_STARTED
            && !draft.action().takesOutOfService());
  }

  private static boolean standsAfterAnotherRan(Draft draft) {
    return draft.state() == MaintenanceState.MAINTENANCE_STARTED
        && !draft.isOver()
        && !draft.hasStarted()
        && draft.asksFor(PolicyAction.CORDON);
  }
}
