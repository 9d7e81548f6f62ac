package io.drainwatch.drainer.maintenance;

import java.util.Optional;
import java.util.Set;

/**
 * The daemon runs again: the record tells where it was. Finished scripts stay finished, what was
 * begun without a result is begun again with the same ids, the recorded deadline counts on.
 *
 * <p>Nothing new starts until a document tells whether the event still stands: it may have run, or
 * may have been cancelled, while we were gone (I7).
 */
final class Restart {
  private Restart() {}

  static void on(Fold fold, Machine machine) {
    boolean isToldAgain = fold.machine().isPresent();
    fold.machine(machine);
    Optional<Draft> draft = fold.draft();
    if (draft.isEmpty()) {
      return;
    }
    Episode episode = draft.get().episode();
    if (!episode.machine().isSameAs(machine)) {
      fold.emit(new Action.SetAside(episode));
      fold.say(
          Reason.FOREIGN_RECORD,
          "it was written for " + episode.machine().vmName() + ", this is " + machine.vmName());
      fold.drop();
      return;
    }
    boolean rebooted = !episode.machine().bootId().equals(machine.bootId());
    fold.replace(resumed(episode, machine, rebooted));
    if (isToldAgain) {
      return; // first the record said who we are, now the metadata service does: nothing stopped
    }
    fold.say(Reason.RESUMED, episode.id() + " at " + episode.state().word());
    if (rebooted) {
      fold.say(Reason.REBOOTED, episode.id());
    }
    fold.awaitDocument(true);
    fold.ifEpisode(Restart::repeatWhatWasUnderWay);
  }

  /**
   * What stands on the Node is gone on with where nothing else is known; nothing starts before a
   * document tells whether its events still stand.
   */
  static void found(Fold fold, Episode episode) {
    boolean isOurs =
        fold.machine().map(machine -> episode.machine().isSameAs(machine)).orElse(false);
    boolean isNews = fold.draft().map(draft -> isBegunAnew(draft.episode(), episode)).orElse(true);
    if (!isOurs || !isNews) {
      return;
    }
    Optional<Episode> begun = fold.draft().map(Draft::episode);
    Episode known = mayNotBeSaid(fold, episode) ? episode.withoutSummary() : episode;
    fold.replace(begun.map(known::withWhatRuns).orElse(known));
    fold.say(Reason.RESUMED, episode.id() + " at " + episode.state().word());
    if (begun.isEmpty()) {
      fold.awaitDocument(true); // else a document began it, or it awaits one already (125662)
    }
    fold.ifEpisode(Restart::repeatWhatWasUnderWay);
  }

  // The first document came before the record was found: the same episode was begun a moment ago,
  // and nothing of it was done yet that the record does not know better.
  private static boolean isBegunAnew(Episode begun, Episode found) {
    return begun.id().equals(found.id())
        && begun.cordon() != Episode.Step.DONE
        && (isSeenFirstAsStarted(begun)
            || (begun.state().isBefore(MaintenanceState.DRAINING)
                && found.state().compareTo(begun.state()) >= 0))
        && begun.acting().stream().allMatch(TrackedEvent::isInNewestDocument)
        && begun.events().stream().noneMatch(each -> each.acknowledgement().mayHaveCounted());
  }

  // Who saw it first as Started, and nothing before, waits with the end until no record can be
  // found any more (Stages.summaryDueAt), and may have died meanwhile. One more is to be said then,
  // unless it was only waiting for its time before: rather that than none (I9).
  private static boolean mayNotBeSaid(Fold fold, Episode found) {
    return found.summarized()
        && found.entered().keySet().equals(Set.of(MaintenanceState.MAINTENANCE_STARTED))
        && found.cordon() == Episode.Step.NOT_BEGUN
        && fold.now.isBefore(found.begunAt().plus(fold.settings.recordFoundWithin()));
  }

  // What the record knows was done before the start: the cordon that is to be undone.
  private static boolean isSeenFirstAsStarted(Episode begun) {
    return begun.state() == MaintenanceState.MAINTENANCE_STARTED
        && begun.cordon() == Episode.Step.NOT_BEGUN
        && begun.acting().stream().allMatch(TrackedEvent::hasStarted);
  }

  private static Episode resumed(Episode episode, Machine machine, boolean rebooted) {
    return new Episode(
        episode.id(),
        withKnownId(machine, episode.machine()),
        episode.begunAt(),
        episode.stamp(),
        episode.state(),
        episode.entered(),
        episode.events(),
        episode.deadline(),
        episode.hooks(),
        episode.cordon(),
        episode.cordonOurs(),
        episode.owesUncordon(),
        episode.owesStart(),
        episode.evictions(),
        episode.uncordon(),
        episode.drain(),
        episode.cancelled(),
        episode.rebooted() || rebooted,
        episode.held(),
        episode.summarized());
  }

  // Hooks that nothing waits for in vain must not be lost to a long restart: their time is counted
  // anew. Those before Drained, and scheduled, end by the recorded deadline whatever happens.
  static HookRun resumed(Hook hook, HookRun run) {
    boolean boundByDeadline = hook.isBeforeDrained() || hook == Hook.SCHEDULED;
    return run.withAll(
        script -> {
          ScriptRun resumed = hook.isOfReturn() ? script.resumedAnyway() : script.resumed();
          return boundByDeadline ? resumed : resumed.withTimeAnew();
        });
  }

  // Not told this time: what the record knows would be lost, and with it the proof after a reboot.
  static Machine withKnownId(Machine machine, Machine recorded) {
    return new Machine(
        machine.vmName(),
        machine.vmId().or(recorded::vmId),
        machine.bootId(),
        machine.deletedWhenEvicted());
  }

  private static void repeatWhatWasUnderWay(Draft draft) {
    draft.changeAll(Restart::resumed);
    draft.hooks().values().stream()
        .filter(run -> !run.listed() && !run.aborted())
        .forEach(run -> draft.emit(new Action.ListHook(run.hook())));
    if (draft.cordon == Episode.Step.BEGUN) {
      if (draft.settings.dryRun() == DryRun.OFF) {
        draft.emit(new Action.Cordon());
      } else {
        draft.cordon = Episode.Step.NOT_BEGUN;
      }
    }
    if (draft.evictions == Episode.Step.BEGUN) {
      // begun again where the event is known to stand, and nowhere else
      draft.evictions = Episode.Step.NOT_BEGUN;
    }
    if (draft.uncordon == Episode.Step.BEGUN) {
      draft.emit(new Action.Uncordon(draft.cordonOurs));
    }
    // Whether the request had left is not known: the same id is sent again.
    draft.changeEvents(
        each -> each.acknowledgement().inFlight(),
        each -> each.with(each.acknowledgement().againAt(draft.now)));
  }
}
