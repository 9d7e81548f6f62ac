package io.drainwatch.drainer.maintenance;

import java.util.Optional;

/**
 * The daemon runs again: the record tells where it was. Finished scripts stay finished, what was
 * begun without a result is begun again with the same ids, the recorded deadline counts on.
 *
 * <p>After a restart of the machine nothing starts until a document tells whether the event still
 * stands: it may have run while we were gone.
 */
final class Restart {
  private Restart() {}

  static void on(Fold fold, Machine machine) {
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
    fold.say(Reason.RESUMED, episode.id() + " at " + episode.state().word());
    if (rebooted) {
      fold.say(Reason.REBOOTED, episode.id());
      fold.awaitDocument(true);
    }
    fold.ifEpisode(Restart::repeatWhatWasUnderWay);
  }

  private static Episode resumed(Episode episode, Machine machine, boolean rebooted) {
    return new Episode(
        episode.id(),
        machine,
        episode.begunAt(),
        episode.state(),
        episode.entered(),
        episode.events(),
        episode.deadline(),
        episode.hooks(),
        episode.cordon(),
        episode.cordonOurs(),
        episode.evictions(),
        episode.uncordon(),
        episode.drain(),
        episode.cancelled(),
        episode.rebooted() || rebooted,
        episode.held(),
        episode.summarized());
  }

  private static void repeatWhatWasUnderWay(Draft draft) {
    draft.hooks().replaceAll((hook, run) -> run.withAll(ScriptRun::resumed));
    draft.hooks().values().stream()
        .filter(run -> !run.listed() && !run.aborted())
        .forEach(run -> draft.emit(new Action.ListHook(run.hook())));
    if (draft.cordon == Episode.Step.BEGUN) {
      draft.emit(new Action.Cordon());
    }
    if (draft.evictions == Episode.Step.BEGUN) {
      draft.emit(
          new Action.StartEvictions(
              draft.deadline(), draft.episode().leading().rule().atDeadline()));
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
