package io.drainwatch.drainer.maintenance;

import java.util.List;
import java.util.Optional;

/**
 * {@code drainwatch drain} and {@code resume}: the same path as an event. The operator's event
 * stands until resume takes it away; nobody has to approve it.
 */
final class OperatorCommands {
  private OperatorCommands() {}

  static void drain(Fold fold, Observation.OperatorDrain asked) {
    Optional<Machine> machine = fold.machine();
    if (machine.isEmpty()) {
      return;
    }
    ScheduledEvent event =
        new ScheduledEvent(
            "operator-" + asked.requestId(),
            false,
            asked.type(),
            EventStatus.SCHEDULED,
            EventSource.OPERATOR,
            "VirtualMachine",
            List.of(machine.get().vmName()),
            asked.within().map(fold.now::plus),
            Optional.empty(),
            "Drained by hand.",
            Optional.empty());
    TrackedEvent tracked =
        TrackedEvent.firstSeen(event, fold.settings.policy().ruleFor(event), fold.now);
    Optional<Draft> draft = fold.draft();
    if (draft.isEmpty()) {
      Beginning.begin(fold, machine.get(), List.of(tracked), Optional.empty());
    } else if (isByHand(draft.get())) {
      fold.say(Reason.ALREADY_DRAINING, draft.get().id);
    } else if (isOpenToMore(draft.get())) {
      join(draft.get(), tracked);
    } else {
      fold.say(Reason.ALREADY_DRAINING, draft.get().id + " is at " + draft.get().state().word());
    }
  }

  private static boolean isOpenToMore(Draft draft) {
    return draft.isBefore(MaintenanceState.MAINTENANCE_STARTED)
        && !draft.isCancelled()
        && !draft.isOver();
  }

  private static void join(Draft draft, TrackedEvent tracked) {
    List<TrackedEvent> before = draft.driving();
    draft.add(tracked);
    draft.record(Deadlines.after(draft.deadline(), before, draft.driving()));
    draft.say(Reason.EVENT_JOINED, EventBook.describe(tracked));
    draft.emit(new Action.RefreshContext());
  }

  static void resume(Fold fold) {
    Optional<Draft> draft = fold.draft().filter(OperatorCommands::isByHand);
    if (draft.isEmpty()) {
      fold.say(
          Reason.NOTHING_TO_RESUME, fold.draft().map(each -> each.id).orElse("no maintenance"));
      return;
    }
    draft
        .get()
        .changeEvents(each -> each.event().source() == EventSource.OPERATOR, TrackedEvent::gone);
  }

  private static boolean isByHand(Draft draft) {
    return draft.events().stream()
        .anyMatch(each -> each.event().source() == EventSource.OPERATOR && !each.isGone());
  }
}
