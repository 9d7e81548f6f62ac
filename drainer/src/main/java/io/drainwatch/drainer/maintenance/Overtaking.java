package io.drainwatch.drainer.maintenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A new event stands before the machine is back in service. What the drain stopped may be running
 * again (the VM was restarted, or pre-start ran), so nothing of it counts for the new event: the
 * episode ends here, a new one takes over cordon and machine and drains anew.
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
      draft.stopRunning("a new event overtakes the return");
      return;
    }
    draft.say(Reason.OVERTAKEN, EventBook.describe(overtaking.getFirst()));
    if (!draft.isSummarized()) {
      draft.summarize(Summary.Ending.OVERTAKEN);
    }
    Episode overtaken = draft.episode();
    Beginning.begin(fold, machine.get(), overtaking, Optional.of(overtaken));
  }

  private static List<TrackedEvent> overtaking(Fold fold, Draft draft) {
    List<TrackedEvent> overtaking = new ArrayList<>();
    if (standsAfterAnotherRan(draft)) {
      draft.acting().stream()
          .filter(each -> !each.isGone())
          .map(each -> TrackedEvent.firstSeen(each.event(), each.rule(), fold.now))
          .forEach(overtaking::add);
    }
    if (isBetween(draft) || !overtaking.isEmpty()) {
      EventBook.ours(fold).stream()
          .filter(
              event ->
                  overtaking.stream().noneMatch(each -> each.event().key().equals(event.key())))
          .filter(event -> isNewTo(draft, event))
          .map(
              event ->
                  TrackedEvent.firstSeen(event, fold.settings.policy().ruleFor(event), fold.now))
          .filter(TrackedEvent::takesOutOfService)
          .filter(tracked -> DrainTrack.isDue(tracked, fold.settings, fold.now))
          .forEach(overtaking::add);
    }
    return overtaking;
  }

  /** On the way back, or only looking on while a Freeze runs. */
  private static boolean isBetween(Draft draft) {
    return !draft.isBefore(MaintenanceState.RUNNING)
        || (draft.state() == MaintenanceState.MAINTENANCE_STARTED
            && !draft.action().takesOutOfService());
  }

  private static boolean standsAfterAnotherRan(Draft draft) {
    return draft.state() == MaintenanceState.MAINTENANCE_STARTED
        && draft.action().takesOutOfService()
        && !draft.isOver()
        && !draft.hasStarted()
        && draft.acting().stream().anyMatch(TrackedEvent::isInNewestDocument);
  }

  private static boolean isNewTo(Draft draft, ScheduledEvent event) {
    return draft
        .event(event.key())
        .map(tracked -> tracked.isGone() || !tracked.active())
        .orElse(true);
  }
}
