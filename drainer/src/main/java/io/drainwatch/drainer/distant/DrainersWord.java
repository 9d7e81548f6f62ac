package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.distant.DistantState.Said;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ObservationNote.Ack;
import io.drainwatch.drainer.nodes.ObservationReading;
import io.drainwatch.drainer.nodes.OutsideAck;
import io.drainwatch.drainer.nodes.OutsideAcks;
import io.drainwatch.drainer.nodes.Phase;
import io.drainwatch.drainer.nodes.RecordReading;
import io.drainwatch.drainer.nodework.EpisodeOfRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the record on the Node answers to the core's orders. Which of them wait for an answer stands
 * in the core's own episode, so nothing has to be remembered here over a restart.
 *
 * <p>The record is of our episode when it serves the event that ours began with: the drainer may
 * have met the same events in another order, or let a second one join.
 */
final class DrainersWord {
  private static final String BY_THE_RECORD = "as the record on the Node says";

  /** For so long a Node has to be missing. */
  private static final Duration GONE_AFTER = Duration.ofSeconds(10);

  private DrainersWord() {}

  static boolean isOf(NodeRecord record, Episode episode) {
    List<String> ids = episode.events().stream().map(each -> each.event().id()).toList();
    String first =
        ids.stream()
            .filter(id -> episode.id().startsWith(id + "/"))
            .findFirst()
            .orElse(ids.getFirst());
    return record.events().stream().anyMatch(each -> each.id().equalsIgnoreCase(first));
  }

  static void seen(DistantDraft draft, NodeReading reading) {
    switch (reading) {
      case NodeReading.Found(NodeFacts node) -> {
        draft.node = Optional.of(node);
        draft.goneSince = Optional.empty();
      }
      case NodeReading.Gone() -> {
        draft.node = Optional.empty();
        draft.goneSince = draft.goneSince.or(() -> Optional.of(draft.now));
      }
      // says nothing (I10): it may be there again, so it is not known for how long it is gone
      case NodeReading.Unknown unknown -> draft.goneSince = draft.goneSince.map(since -> draft.now);
    }
  }

  static void advance(DistantDraft draft, Policy policy) {
    Optional<Machine> machine = draft.machine();
    Optional<RecordReading> read =
        draft.node.flatMap(node -> machine.map(each -> RecordReading.of(node, of(node, each))));
    draft.record =
        read.flatMap(
            each ->
                each instanceof RecordReading.Resume(NodeRecord record, boolean ignored)
                    ? Optional.of(record)
                    : Optional.empty());
    if (machine.isEmpty() || !(draft.goneSince.isPresent() || draft.node.isPresent())) {
      return;
    }
    read.ifPresent(each -> lookForAnEpisode(draft, each, machine.get(), policy));
    draft.episode().ifPresent(episode -> answer(draft, episode));
    draft.episode().ifPresent(episode -> isThereANode(draft, episode));
  }

  private static void isThereANode(DistantDraft draft, Episode episode) {
    boolean hasEnded = episode.held().equals(Optional.of(Episode.Held.NODE_GONE));
    boolean isGone =
        draft.goneSince.filter(at -> !draft.now.isBefore(at.plus(GONE_AFTER))).isPresent();
    if (isGone && !hasEnded) {
      draft.sayOnce(Said.NODE_GONE, new Observation.NodeGone());
    } else if (hasEnded && draft.node.isPresent()) {
      draft.sayOnce(Said.NODE_THERE, new Observation.NodeReplaced(true));
    }
  }

  /** When the Node that is gone counts as gone for good. */
  static Optional<Instant> wakeAt(DistantState state) {
    return state.goneSince().map(since -> since.plus(GONE_AFTER));
  }

  private static NodeMachine of(NodeFacts node, Machine machine) {
    return new NodeMachine(node.uid(), machine.vmId(), machine.bootId());
  }

  // A watcher without a journal goes on from what the drainer wrote (kubernetes-drain.md 2).
  private static void lookForAnEpisode(
      DistantDraft draft, RecordReading read, Machine machine, Policy policy) {
    boolean first = !draft.foundLooked;
    draft.foundLooked = true;
    if (first
        && draft.episode().isEmpty()
        && read instanceof RecordReading.Resume(NodeRecord record, boolean rebooted)) {
      List<Ack> told = acksOf(draft, record, machine);
      draft.acks.addAll(told);
      List<OutsideAck> outside = outside(draft);
      draft.report(
          new Observation.RecordFound(
              EpisodeOfRecord.of(
                  record,
                  machine,
                  rebooted,
                  id ->
                      told.stream().anyMatch(ack -> ack.id().equalsIgnoreCase(id))
                          || outside.stream()
                              .anyMatch(
                                  ack ->
                                      ack.eventId().equalsIgnoreCase(id) && ack.mayHaveCounted()),
                  policy,
                  draft.now)));
    }
  }

  /** What the drainer sent for the record's episode in place of this machine's watcher. */
  static List<OutsideAck> outside(DistantDraft draft) {
    return draft
        .record
        .flatMap(record -> draft.node.map(node -> OutsideAcks.told(node, record)))
        .orElse(List.of());
  }

  // What an earlier process of this machine told of its acknowledgements stands nowhere else.
  private static List<Ack> acksOf(DistantDraft draft, NodeRecord record, Machine machine) {
    return draft.node.stream()
        .flatMap(
            node ->
                ObservationReading.none(draft.now)
                    .next(node, of(node, machine), draft.now)
                    .note()
                    .stream())
        .flatMap(note -> note.acks().stream())
        .filter(
            ack -> record.events().stream().anyMatch(each -> each.id().equalsIgnoreCase(ack.id())))
        .toList();
  }

  private static void answer(DistantDraft draft, Episode episode) {
    Optional<NodeRecord> mine = draft.mine();
    if (episode.cordon() == Episode.Step.BEGUN && isCordonAnswered(draft, episode, mine)) {
      // whoever made it, it is not the watcher that undoes it
      draft.sayOnce(Said.CORDONED, new Observation.CordonDone(false));
    }
    if (episode.uncordon() == Episode.Step.BEGUN && draft.record.isEmpty()) {
      draft.sayOnce(Said.GIVEN_BACK, new Observation.UncordonDone());
    }
    mine.ifPresent(record -> evictions(draft, episode, record));
    if (mine.isPresent()) {
      sentOutside(draft, episode);
    }
    held(draft, episode, mine);
  }

  // On the way back nobody cordons any more: an order that was never carried out is over, or the
  // core would wait for ever to learn whether there is something to undo.
  private static boolean isCordonAnswered(
      DistantDraft draft, Episode episode, Optional<NodeRecord> mine) {
    boolean stands =
        mine.filter(record -> record.prior().isPresent() && !isHeld(record)).isPresent()
            && draft.node.map(NodeFacts::unschedulable).orElse(false);
    boolean neverCame =
        !episode.state().isBefore(MaintenanceState.RUNNING)
            && mine.flatMap(NodeRecord::prior).isEmpty();
    return stands || neverCame;
  }

  private static void evictions(DistantDraft draft, Episode episode, NodeRecord record) {
    if (episode.evictions() == Episode.Step.BEGUN && podsAreGone(record, episode)) {
      draft.sayOnce(Said.EVICTED, new Observation.EvictionsEnded(List.of()));
    }
    boolean isThrough =
        episode.evictions() == Episode.Step.DONE
            && (episode.drain().isOpen() || episode.drain().isComplete())
            && episode.state().isBefore(MaintenanceState.MAINTENANCE_STARTED)
            // after the POST the core would not act on it, and would be told after each of its
            // steps
            && episode.acting().stream().noneMatch(each -> each.acknowledgement().mayHaveCounted());
    if (isThrough && evictsAgain(record)) {
      draft.sayOnce(Said.APPEARED, new Observation.PodsAppeared(List.of(BY_THE_RECORD)));
    }
  }

  private static boolean podsAreGone(NodeRecord record, Episode episode) {
    MaintenanceState state = record.progress().state();
    return switch (state) {
      case DRAINING -> record.progress().phase() == Phase.DETACHING;
      case DRAINED, MAINTENANCE_STARTED ->
          record.progress().phase() == Phase.DETACHING
              || episode.events().stream()
                  .filter(TrackedEvent::active)
                  .anyMatch(each -> record.drain().isDrainedFor(each.event().id()));
      case MAINTENANCE_SCHEDULED, CORDONED, RUNNING, UNCORDONED -> false;
    };
  }

  private static boolean evictsAgain(NodeRecord record) {
    return record.progress().state() == MaintenanceState.DRAINING
        && (record.progress().phase() == Phase.EVICTING
            || record.progress().phase() == Phase.BLOCKED);
  }

  // Its journal tells a watcher that comes back of no acknowledgement, and the event may vanish
  // before the core asks for one.
  private static void sentOutside(DistantDraft draft, Episode episode) {
    outside(draft).stream()
        .filter(OutsideAck::mayHaveCounted)
        .flatMap(
            ack ->
                episode.events().stream()
                    .filter(each -> each.event().id().equalsIgnoreCase(ack.eventId())))
        .filter(each -> !each.acknowledgement().mayHaveCounted())
        .findFirst()
        .ifPresent(
            each ->
                draft.sayOnce(
                    Said.SENT_OUTSIDE, new Observation.AcknowledgedElsewhere(each.event().id())));
  }

  private static void held(DistantDraft draft, Episode episode, Optional<NodeRecord> mine) {
    boolean isHeld = mine.filter(DrainersWord::isHeld).isPresent();
    if (isHeld && !draft.heldTold && episode.held().isEmpty()) {
      draft.report(new Observation.ForeignUncordon(episode.id()));
    }
    draft.heldTold = isHeld;
  }

  private static boolean isHeld(NodeRecord record) {
    return record.progress().held() == HeldBy.FOREIGN_UNCORDON;
  }
}
