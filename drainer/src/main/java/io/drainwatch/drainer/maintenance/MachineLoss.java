package io.drainwatch.drainer.maintenance;

/**
 * The machine was deallocated or deleted while its events stood, so one of them has run, seen or
 * not: the episode ends at MaintenanceStarted with its one summary, as where there is no way back.
 * Should the machine come up again, it returns as usual, and says no second one (I9).
 */
final class MachineLoss {
  private MachineLoss() {}

  static void found(Draft draft, MachineFate fate) {
    boolean isOutOfService =
        !draft.isBefore(MaintenanceState.CORDONED) && draft.isBefore(MaintenanceState.RUNNING);
    if (!fate.isTheEnd()
        || !isOutOfService
        || draft.isCancelled()
        || draft.isOver()
        || NodeLoss.hasEnded(draft)) {
      return;
    }
    if (draft.isBefore(MaintenanceState.MAINTENANCE_STARTED)) {
      // others that it goes by may still be to come
      draft.changeEvent(draft.episode().leading().event().key(), TrackedEvent::startedUnseen);
      draft.enter(MaintenanceState.MAINTENANCE_STARTED);
    }
    Stages.endWhatTheStartEnds(draft);
    if (!draft.isSummarized()) {
      draft.say(Reason.MACHINE_OFF, draft.id + ": the VM " + fate.text());
      draft.summarize(
          fate == MachineFate.DELETED ? Summary.Ending.GONE : Summary.Ending.DEALLOCATED);
    }
  }
}
