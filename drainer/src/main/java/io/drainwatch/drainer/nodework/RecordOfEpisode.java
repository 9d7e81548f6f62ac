package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.evictions.EvictionState;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.DrainNote;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.Marks;
import io.drainwatch.drainer.nodes.Milestones;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.Phase;
import io.drainwatch.drainer.nodes.Prior;
import io.drainwatch.drainer.nodes.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The record that a Node is to carry for an episode (kubernetes-drain.md 2 and 3). What was done to
 * the Node is taken from the record that stands there, also where that is an earlier episode's: its
 * marks are owed by the one that took over.
 */
final class RecordOfEpisode {
  private RecordOfEpisode() {}

  static NodeRecord of(NodeDraft draft, NodeFacts node, Machine machine, Episode episode) {
    List<NodeEvent> events =
        episode.events().stream().map(TrackedEvent::event).map(NodeEvent::of).toList();
    NodeRecord begun =
        NodeRecord.begun(
            Reading.machineOf(node, machine),
            events,
            progress(draft, episode),
            episode.leading().rule().name(),
            draft.settings.holder());
    Optional<NodeRecord> before =
        draft.record.filter(known -> known.machine().nodeUid().equals(node.uid()));
    Optional<NodeRecord> same = before.filter(known -> known.episode().equals(begun.episode()));
    Marks did = before.map(NodeRecord::did).orElse(Marks.NONE);
    Optional<Prior> prior = before.flatMap(NodeRecord::prior);
    if (before.isEmpty() && TakingOver.isCordonOurs(node, draft.settings.drainSafe().mode())) {
      did = did.withCordon(true);
      prior = Optional.of(Prior.beforeAnothersCordon(node));
    }
    boolean isHeld = episode.held().isPresent() && !isCordonedSince(draft, node, before, same);
    if (isHeld || (isUncordonedByOthers(before, node) && !isToBeTold(draft, episode, same))) {
      did = did.withCordon(false);
      prior = Optional.empty();
    }
    return new NodeRecord(
        begun.episode(),
        same.map(NodeRecord::machine).orElse(begun.machine()),
        events,
        withHeartbeat(begun.progress(), same, node, episode)
            .withFate(Looking.toRecord(draft, episode, same.map(NodeRecord::progress))),
        begun.policy(),
        draft.settings.conditions() ? did.withConditions() : did,
        prior,
        drain(draft, episode, same.map(NodeRecord::drain).orElse(DrainNote.EMPTY)),
        begun.holder(),
        same.map(NodeRecord::attempt).orElse(1));
  }

  // A person uncordoned; then another of ours cordoned anew and wrote its record: for an event that
  // it heard of first (history 210464), or for the same (every way). Whoever writes over that one
  // owes the uncordon, also where the core hears of the person only then (fleet 10296). Under the
  // record that stood as the uncordon was seen a cordon is a person's.
  private static boolean isCordonedSince(
      NodeDraft draft, NodeFacts node, Optional<NodeRecord> before, Optional<NodeRecord> same) {
    boolean isAnothers =
        same.isEmpty()
            && before.filter(known -> !known.holder().equals(draft.settings.holder())).isPresent();
    boolean isNewer = draft.uncordonedUnder.isPresent() && !draft.uncordonedUnder.equals(before);
    boolean isSaidSo =
        same.filter(known -> known.progress().held() == HeldBy.FOREIGN_UNCORDON).isPresent();
    return node.unschedulable()
        && before.filter(known -> known.did().cordon()).isPresent()
        && (isAnothers || isNewer || isSaidSo);
  }

  private static boolean isUncordonedByOthers(Optional<NodeRecord> before, NodeFacts node) {
    return before.flatMap(NodeRecord::prior).isPresent() && !node.unschedulable();
  }

  // The core has to hear of it while it drains; later the record alone forgets our cordon, because
  // from here on any cordon is somebody else's.
  private static boolean isToBeTold(NodeDraft draft, Episode episode, Optional<NodeRecord> same) {
    return same.isPresent()
        && !episode.cancelled()
        && episode.state().isBefore(MaintenanceState.MAINTENANCE_STARTED)
        && (episode.cordon() == Episode.Step.DONE || draft.orders.cordon());
  }

  private static Progress progress(NodeDraft draft, Episode episode) {
    boolean isBackButNotGivenBack =
        episode.state() == MaintenanceState.UNCORDONED
            && episode.uncordon() != Episode.Step.DONE
            && episode.mustUncordon();
    MaintenanceState state = isBackButNotGivenBack ? MaintenanceState.RUNNING : episode.state();
    if (waitsForOthers(draft, state)) {
      // nothing is touched yet: for the record, and so for every budget, it is only scheduled
      return new Progress(
          MaintenanceState.MAINTENANCE_SCHEDULED,
          Phase.HELD,
          episode.entered().getOrDefault(MaintenanceState.MAINTENANCE_SCHEDULED, episode.begunAt()),
          Optional.empty(),
          episode.deadline(),
          draft.terms.held(),
          Optional.empty(),
          Optional.empty(),
          Milestones.of(episode, MaintenanceState.MAINTENANCE_SCHEDULED));
    }
    return new Progress(
        state,
        phase(draft, episode, state),
        episode.entered().getOrDefault(state, episode.begunAt()),
        Optional.ofNullable(episode.entered().get(MaintenanceState.DRAINING)),
        episode.deadline(),
        episode.held().isPresent() ? HeldBy.FOREIGN_UNCORDON : HeldBy.NOTHING,
        Optional.empty(),
        Optional.empty(),
        Milestones.of(episode, state));
  }

  // Noted once, when an event is missing for the first time: only a later one is of after it.
  private static Progress withHeartbeat(
      Progress progress, Optional<NodeRecord> same, NodeFacts node, Episode episode) {
    Optional<Instant> noted = same.flatMap(known -> known.progress().heartbeat());
    boolean isMissing = episode.acting().stream().anyMatch(each -> !each.isInNewestDocument());
    return progress.withHeartbeat(
        noted.isEmpty() && isMissing ? node.readiness().heartbeat() : noted);
  }

  private static boolean waitsForOthers(NodeDraft draft, MaintenanceState state) {
    return state == MaintenanceState.CORDONED
        && draft.terms.held() != HeldBy.NOTHING
        && draft.record.flatMap(NodeRecord::prior).isEmpty();
  }

  private static Phase phase(NodeDraft draft, Episode episode, MaintenanceState state) {
    if (episode.held().isPresent()) {
      return Phase.HELD;
    }
    return switch (state) {
      case MAINTENANCE_SCHEDULED -> Phase.WAITING;
      case CORDONED -> Phase.SETTLING;
      case DRAINING ->
          episode.drain().outcome() == DrainResult.Outcome.DEADLINE_REACHED
              ? Phase.DEADLINE_REACHED
              : isWaitingForHooks(draft, episode)
                      || !Detaching.attached(draft).isEmpty() && nobodyIsLeft(draft)
                  ? Phase.DETACHING
                  : isBlocked(draft.evicting.state()) ? Phase.BLOCKED : Phase.EVICTING;
      case DRAINED ->
          episode.events().stream()
                  .filter(TrackedEvent::drained) // of others the phase does not speak
                  .anyMatch(each -> Permitting.mayHaveLeft(draft, each))
              ? Phase.ACKNOWLEDGED
              : Phase.ACKNOWLEDGING;
      case MAINTENANCE_STARTED -> podsAreGone(draft) ? Phase.DETACHING : Phase.NONE;
      case UNCORDONED -> Phase.NONE;
      case RUNNING -> Phase.RECOVERING;
    };
  }

  // what is left of the drain is not the pods': hooks, volumes. The watcher goes on by this word.
  private static boolean nobodyIsLeft(NodeDraft draft) {
    return draft.evicting.state().left().isEmpty();
  }

  // before the core has heard that the pods are gone nobody knows whether anything is left to do
  private static boolean isWaitingForHooks(NodeDraft draft, Episode episode) {
    return podsAreGone(draft) && episode.evictions() == Episode.Step.DONE;
  }

  private static boolean podsAreGone(NodeDraft draft) {
    return draft.orders.ended();
  }

  private static boolean isBlocked(EvictionState state) {
    return state.isBlocked();
  }

  private static DrainNote drain(NodeDraft draft, Episode episode, DrainNote before) {
    List<String> drained =
        episode.events().stream()
            .filter(TrackedEvent::drained)
            .map(each -> each.event().id())
            .toList();
    EvictionState.Counts counts = draft.evicting.state().counts();
    boolean isOver = !episode.drain().isOpen();
    List<DrainNote.Left> left =
        isOver && !episode.drain().isComplete() && before.left().isEmpty()
            ? draft.evicting.state().left().stream()
                .map(each -> new DrainNote.Left(each.pod().path(), each.why()))
                .toList()
            : before.left();
    int recordons = before.counts().recordons();
    DrainNote.Counts noted =
        isOver && counts.evicted() + counts.forced() > 0
            ? new DrainNote.Counts(
                counts.evicted() + left.size(),
                counts.evicted(),
                left.size(),
                counts.forced(),
                recordons)
            : before.counts();
    List<String> ackable =
        draft
            .terms
            .ackable()
            .map(allowed -> Permitting.ackable(draft, episode, allowed))
            .orElseGet(() -> Permitting.ownAckable(draft, episode));
    return new DrainNote(drained, ackable, noted, left, 0); // cut anew as it is written
  }
}
