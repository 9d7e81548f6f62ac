package io.drainwatch.drainer.maintenance;

/**
 * The way back: pre-start, running, post-start, then what is ours is undone, then the uncordon
 * hook, then the one summary. A hook of Running that keeps failing holds the uncordon back unless
 * its {@code on-failure} is continue.
 */
final class ReturnTrack {
  private ReturnTrack() {}

  static void advance(Draft draft) {
    if (draft.anyScriptRuns() && !draft.hasReturnBegun()) {
      return; // scripts of the drain are being ended: hooks never overlap on the way back
    }
    switch (draft.state()) {
      case RUNNING -> run(draft);
      case UNCORDONED -> uncordon(draft);
      case MAINTENANCE_SCHEDULED, CORDONED, DRAINING, DRAINED, MAINTENANCE_STARTED ->
          throw new IllegalStateException("not on the way back: " + draft.state().word());
    }
  }

  private static void run(Draft draft) {
    boolean wasStopped = draft.mustStart();
    if (wasStopped) {
      draft.begin(Hook.PRE_START);
      if (!draft.isFinished(Hook.PRE_START)) {
        return;
      }
    }
    draft.begin(Hook.RUNNING);
    if (!draft.isFinished(Hook.RUNNING)) {
      return;
    }
    if (wasStopped) {
      draft.begin(Hook.POST_START);
      if (!draft.isFinished(Hook.POST_START)) {
        return;
      }
    }
    draft.enter(MaintenanceState.UNCORDONED);
  }

  private static void uncordon(Draft draft) {
    if (!draft.mustUncordon() || (isDryRun(draft) && !draft.cordonOurs)) {
      draft.uncordon = Episode.Step.DONE; // nothing of ours to undo
    } else if (draft.cordon == Episode.Step.BEGUN) {
      return; // whether it is ours is not known yet, and undoing too early would leave it
    }
    switch (draft.uncordon) {
      case NOT_BEGUN -> {
        draft.uncordon = Episode.Step.BEGUN;
        draft.emit(new Action.Uncordon(draft.cordonOurs));
      }
      case BEGUN -> {}
      case DONE -> afterUncordon(draft);
    }
  }

  private static boolean isDryRun(Draft draft) {
    return draft.settings.dryRun() != DryRun.OFF;
  }

  private static void afterUncordon(Draft draft) {
    if (draft.mustUncordon()) {
      draft.begin(Hook.UNCORDON);
      if (!draft.isFinished(Hook.UNCORDON)) {
        return;
      }
    }
    if (!draft.isSummarized()) {
      draft.summarize(draft.isCancelled() ? Summary.Ending.CANCELLED : Summary.Ending.RETURNED);
    }
  }

  /** Nothing is left to do: the episode can be let go once that is recorded. */
  static boolean isThrough(Episode episode) {
    HookRun hook = episode.hooks().get(Hook.UNCORDON);
    boolean hookIsThrough = !episode.mustUncordon() || (hook != null && hook.isFinished());
    return episode.state() == MaintenanceState.UNCORDONED
        && episode.summarized()
        && episode.uncordon() == Episode.Step.DONE
        && hookIsThrough;
  }
}
