package io.drainwatch.drainer.maintenance;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Moves an episode through its states, for as long as one move makes the next possible.
 *
 * <p>In this order: a new event that overtakes, far-off events that became due, the end of all
 * events, the start of one; then the work of the state the episode is in; acknowledgements last.
 */
final class Stages {
  /** No observation moves an episode further than this; more would be a bug that must not hang. */
  private static final int MOST_MOVES = 100;

  private Stages() {}

  static void advance(Fold fold) {
    if (fold.machine().isEmpty()) {
      return;
    }
    for (int moves = 0; moves < MOST_MOVES; moves++) {
      int actions = fold.actionCount();
      var before = fold.draft().map(Draft::episode);
      move(fold);
      if (fold.draft().map(Draft::episode).equals(before) && fold.actionCount() == actions) {
        break;
      }
    }
    if (fold.isRecorded()) {
      fold.ifEpisode(Acknowledging::advance);
    }
  }

  private static void move(Fold fold) {
    if (fold.draft().filter(NodeLoss::hasEnded).isPresent()) {
      NodeLoss.advance(fold);
      return;
    }
    Overtaking.advance(fold);
    fold.ifEpisode(
        draft -> {
          if (draft.isBefore(MaintenanceState.MAINTENANCE_STARTED)) {
            activateWhatIsDue(draft);
          }
          if (draft.isBefore(MaintenanceState.RUNNING)) {
            if (draft.isOver()) {
              allEventsAreOver(draft);
            } else if (draft.hasStarted()) {
              if (draft.isBefore(MaintenanceState.MAINTENANCE_STARTED)) {
                draft.enter(MaintenanceState.MAINTENANCE_STARTED);
              }
              started(draft);
            }
          }
          work(draft);
          HookSequence.advance(draft);
        });
    if (fold.draft().map(Draft::episode).filter(ReturnTrack::isThrough).isPresent()) {
      fold.drop();
    }
  }

  private static void activateWhatIsDue(Draft draft) {
    if (draft.isCancelled() || draft.held().isPresent()) {
      return; // what is new overtakes
    }
    // an event that joins a machine that is drained already is covered by that drain
    boolean covered = draft.state() == MaintenanceState.DRAINED && draft.drain().isComplete();
    for (TrackedEvent tracked : draft.driving()) {
      if (!tracked.active()
          && tracked.isInNewestDocument()
          && DrainTrack.isDue(tracked, draft.settings, draft.now)) {
        draft.activate(tracked, covered);
      }
    }
  }

  private static void work(Draft draft) {
    switch (draft.state()) {
      case MAINTENANCE_SCHEDULED -> {
        if (!draft.isOver()) {
          draft.begin(Hook.SCHEDULED);
          drainIfDue(draft);
        }
      }
      case CORDONED, DRAINING, DRAINED -> drainIfDue(draft);
      case MAINTENANCE_STARTED -> {
        if (!draft.isOver()) {
          draft.begin(Hook.STARTED);
          if (draft.drainsAfterStart()) {
            DrainTrack.advance(draft);
          }
        }
      }
      case RUNNING, UNCORDONED -> {
        if (!draft.isOvertaken()) {
          ReturnTrack.advance(draft);
        }
      }
    }
  }

  private static void drainIfDue(Draft draft) {
    if (draft.driving().stream().anyMatch(TrackedEvent::active)) {
      DrainTrack.advance(draft);
    }
  }

  /**
   * What the start of an event ends. An event that starts while another is under way belongs to it:
   * both must be over.
   */
  static void started(Draft draft) {
    endWhatTheStartEnds(draft);
    if (draft.episode().hasNoWayBack()
        && !draft.isSummarized()
        && !draft.now.isBefore(summaryDueAt(draft.episode(), draft.settings))) {
      draft.summarize(Summary.Ending.GONE);
    }
  }

  /** Nothing of the drain starts any more, what runs may go on. */
  static void endWhatTheStartEnds(Draft draft) {
    draft.changeEvents(
        each -> each.hasStarted() && !each.isGone() && draft.driving().contains(each),
        TrackedEvent::activated);
    draft.abort(hook -> hook == Hook.SCHEDULED);
    if (draft.action().takesOutOfService() && !draft.drainsAfterStart() && draft.drain().isOpen()) {
      List<String> left = draft.unfinishedScripts();
      draft.abort(Hook::isBeforeDrained);
      draft.failDrain(DrainResult.Outcome.STARTED_FIRST, "the event started first", left);
      if (draft.action() == PolicyAction.DRAIN) {
        draft.say(Reason.STARTED_UNDRAINED, draft.id);
      }
    }
  }

  /**
   * The end that comes with the start (no way back). One that was seen first as Started may have
   * been said by an earlier process: the record on the Node would tell.
   */
  static Instant summaryDueAt(Episode episode, LifecycleSettings settings) {
    boolean mayBeSaid =
        episode.entered().keySet().equals(Set.of(MaintenanceState.MAINTENANCE_STARTED));
    return mayBeSaid ? episode.begunAt().plus(settings.recordFoundWithin()) : episode.begunAt();
  }

  private static void allEventsAreOver(Draft draft) {
    boolean ran =
        draft.state() == MaintenanceState.MAINTENANCE_STARTED
            || draft.acting().stream().anyMatch(TrackedEvent::hasStarted);
    boolean ranUnseen = !ran && hasRunUnseen(draft);
    String why = ran || ranUnseen ? "the event is over" : "the event was cancelled";
    List<String> left = draft.unfinishedScripts(); // before they are ended: waits have failed then
    draft.end(hook -> !hook.isOfReturn() && hook != Hook.CANCELLED, why);
    if (draft.action().takesOutOfService()) {
      draft.failDrain(DrainResult.Outcome.STOPPED, why, left);
    }
    if (ran || ranUnseen) {
      if (ranUnseen) {
        draft.say(Reason.RAN_UNSEEN, draft.id);
      }
      draft.enter(MaintenanceState.RUNNING);
      return;
    }
    if (!draft.isCancelled()) {
      draft.cancel();
      draft.say(Reason.CANCELLED, draft.id);
    }
    if (draft.hook(Hook.CANCELLED).isEmpty() && draft.anyScriptRuns()) {
      return; // the cancelled hook waits for what is being ended
    }
    draft.begin(Hook.CANCELLED);
    if (draft.isFinished(Hook.CANCELLED)) {
      draft.enter(MaintenanceState.RUNNING);
    }
  }

  // Scheduled, then gone: cancelled, unless we approved it, the machine was restarted, or a drain
  // by hand had done what it was asked for.
  private static boolean hasRunUnseen(Draft draft) {
    return !draft.isCancelled()
        && (draft.isRebooted()
            || draft.acting().stream().anyMatch(each -> each.acknowledgement().mayHaveCounted())
            || (draft.drain().isComplete()
                && draft.acting().stream()
                    .allMatch(each -> each.event().source() == EventSource.OPERATOR)));
  }

  /** Someone else uncordoned: respected. Whatever is cordoned from now on is not ours to undo. */
  static void hold(Draft draft) {
    if (!draft.mustUncordon() || draft.uncordon != Episode.Step.NOT_BEGUN) {
      return;
    }
    draft.cordonOurs = false;
    boolean drains =
        draft.isBefore(MaintenanceState.MAINTENANCE_STARTED)
            || (draft.drain().isOpen() && draft.drainsAfterStart());
    if (draft.cordon == Episode.Step.NOT_BEGUN
        || !drains
        || draft.isCancelled()
        || draft.held().isPresent()) {
      return;
    }
    draft.cordon = Episode.Step.DONE; // an answer still under way cannot make it ours again
    List<String> left = draft.unfinishedScripts();
    draft.hold(Episode.Held.FOREIGN_UNCORDON);
    // new work may come in: what was drained is not, for us and for all that the event names
    draft.changeEvents(
        each -> each.drained() && !each.acknowledgement().mayHaveCounted(),
        TrackedEvent::notDrained);
    draft.end(Hook::isBeforeDrained, "someone uncordoned");
    draft.failDrain(DrainResult.Outcome.STOPPED, "held: ForeignUncordon", left);
    draft.say(Reason.HELD, draft.id);
  }
}
