package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The core: {@code next(watch, observation, now) -> (watch, actions)}, a pure function over
 * immutable values (lifecycle.md, "The core").
 *
 * <p>An observation is taken in first: documents by {@link EventBook}, conditions of a Node by
 * {@link ConditionBook}, results of scripts by {@link HookSequence}, answers to acknowledgements by
 * {@link Acknowledging}, a start by {@link Restart}, a clock that was set by {@link ClockStep}.
 * Then the episode is moved on until nothing moves any more: {@link Stages} picks the state, {@link
 * DrainTrack} goes from the cordon to Drained, {@link ReturnTrack} from Running to Uncordoned,
 * {@link Overtaking} begins anew when an event comes before the machine is back. Acknowledgements
 * go out last, and only while the episode is on disk as it stands. What happens to other VMs is
 * beside all that: {@link PeerBook} sees it, {@link GroupBook} who comes, {@link Removals} runs the
 * peers' hooks.
 *
 * <p>The caller appends the record to the journal before it carries the actions out, and says so by
 * {@link Observation.Recorded}.
 */
public final class Lifecycle {
  private final LifecycleSettings settings;

  public Lifecycle(LifecycleSettings settings) {
    this.settings = settings;
  }

  public LifecycleSettings settings() {
    return settings;
  }

  /** For people: why this event of the episode is not acknowledged; empty: it may be, or it is. */
  public Optional<String> whyNotAcknowledged(Episode episode, TrackedEvent tracked) {
    return tracked.acknowledgement().accepted()
        ? Optional.empty()
        : Acknowledging.refusal(tracked, episode, settings);
  }

  public Transition next(Watch watch, Observation observation, Instant now) {
    return SameAgain.of(watch, observation, now)
        .map(same -> new Transition(same, List.of()))
        .orElseGet(() -> look(watch, observation, now));
  }

  /** The same, whatever was observed. */
  Transition look(Watch watch, Observation observation, Instant now) {
    Fold fold = new Fold(watch, settings, now);
    take(fold, observation);
    Stages.advance(fold);
    Removals.advance(fold);
    return fold.transition();
  }

  private static void take(Fold fold, Observation observation) {
    switch (observation) {
      case Observation.DocumentRead(Document document) -> EventBook.read(fold, document);
      case Observation.NodeConditionsRead(var events) -> ConditionBook.read(fold, events);
      case Observation.GroupSeen(var members) -> GroupBook.read(fold, members);
      case Observation.EmptyAnswer() -> EventBook.readNothing(fold);
      case Observation.ReadFailed() -> EventBook.readFailed(fold);
      case Observation.Tick() -> {}
      case Observation.ClockStepped(Duration by) -> ClockStep.seen(fold, by);
      case Observation.DaemonStarted(Machine machine) -> {
        boolean isStart = fold.machine().isEmpty();
        Removals.started(fold, machine);
        Restart.on(fold, machine);
        if (isStart) {
          ClockStep.whileDown(fold);
        }
      }
      case Observation.Recorded() -> fold.recorded(true);
      case Observation.NotRecorded notRecorded -> {
        fold.say(Reason.NOT_RECORDED, notRecorded.reason());
        fold.ifEpisode(draft -> Acknowledging.notSent(draft, notRecorded.unsent()));
        fold.recorded(false);
      }
      case Observation.CordonDone(boolean ours) ->
          fold.ifEpisode(
              draft -> {
                if (draft.cordon == Episode.Step.BEGUN) {
                  draft.cordon = Episode.Step.DONE;
                  draft.cordonOurs |= ours;
                }
              });
      case Observation.HookListed listed -> {
        if (listed.hook().isOfPeers()) {
          Removals.listed(fold, listed);
        } else {
          fold.ifEpisode(draft -> HookSequence.listed(draft, listed));
        }
      }
      case Observation.ScriptEnded ended -> {
        if (ended.hook().isOfPeers()) {
          Removals.ended(fold, ended);
        } else {
          fold.ifEpisode(draft -> HookSequence.ended(draft, ended));
        }
      }
      case Observation.EvictionsEnded ended ->
          fold.ifEpisode(draft -> DrainTrack.evictionsEnded(draft, ended.left()));
      case Observation.PodsAppeared appeared ->
          fold.ifEpisode(draft -> DrainTrack.podsAppeared(draft, appeared.pods()));
      case Observation.RecordFound(Episode episode) -> Restart.found(fold, episode);
      case Observation.UncordonDone() ->
          fold.ifEpisode(
              draft -> {
                if (draft.uncordon == Episode.Step.BEGUN) {
                  draft.uncordon = Episode.Step.DONE;
                }
              });
      case Observation.AcknowledgeAnswered answered ->
          fold.ifEpisode(draft -> Acknowledging.answered(draft, answered));
      case Observation.AcknowledgeWithheld(String eventId) ->
          fold.ifEpisode(draft -> Acknowledging.withheld(draft, eventId));
      case Observation.AcknowledgeUnconfirmed(String eventId) ->
          fold.ifEpisode(draft -> Acknowledging.unconfirmed(draft, eventId));
      case Observation.AcknowledgeAllowed(String eventId) ->
          fold.ifEpisode(draft -> Acknowledging.allowed(draft, eventId));
      case Observation.AcknowledgedElsewhere(String eventId) ->
          fold.ifEpisode(draft -> Acknowledging.elsewhere(draft, eventId));
      case Observation.NodeReplaced(boolean drainWasTold) -> NodeLoss.there(fold, drainWasTold);
      case Observation.NodeGone() -> fold.ifEpisode(NodeLoss::gone);
      case Observation.MachineFound(MachineFate fate) ->
          fold.ifEpisode(draft -> MachineLoss.found(draft, fate));
      case Observation.ForeignUncordon(String episode) ->
          fold.draft().filter(draft -> draft.id.equals(episode)).ifPresent(Stages::hold);
      case Observation.OperatorDrain drain -> OperatorCommands.drain(fold, drain);
      case Observation.OperatorResume() -> OperatorCommands.resume(fold);
    }
  }
}
