package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.cluster.NodeNews;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeNotice;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.Ack;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import io.drainwatch.drainer.nodes.ObservationNote.HookNote;
import io.drainwatch.drainer.nodes.ObservationWriting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A {@link DistantState} while one observation is worked in; lives for one call. */
final class DistantDraft {
  final String nodeName;
  final Instant now;
  final List<DistantAction> actions = new ArrayList<>();
  Optional<Watch> watch;
  Optional<NodeFacts> node;
  Optional<Instant> goneSince;
  Optional<NodeRecord> record;
  boolean foundLooked;
  final Set<DistantState.Said> said;
  boolean heldTold;
  final Set<String> withheld;
  final Set<String> toNote;
  DistantState.Unanswered unanswered;
  Health health;
  Set<Hook> planned;
  Map<Hook, HookNote> hooks;
  final List<Ack> acks;
  final Map<String, String> gone;
  final Map<String, Instant> absentSince;
  Optional<NodeFacts> base;
  ObservationWriting writing;
  Optional<String> answered;
  Optional<ObservationNote> sent;
  boolean reading;
  int failures;
  Instant notBefore;

  DistantDraft(DistantState state, Instant now) {
    this.now = now;
    nodeName = state.nodeName();
    watch = state.watch();
    node = state.node();
    goneSince = state.goneSince();
    record = state.record();
    foundLooked = state.foundLooked();
    said = new HashSet<>(state.said());
    heldTold = state.heldTold();
    withheld = new HashSet<>(state.withheld());
    toNote = new HashSet<>(state.toNote());
    unanswered = state.unanswered();
    NoteState note = state.note();
    health = note.health();
    planned = note.planned();
    hooks = note.hooks();
    acks = new ArrayList<>(note.acks());
    gone = new LinkedHashMap<>(note.gone());
    absentSince = new LinkedHashMap<>(note.absentSince());
    base = note.base();
    writing = note.writing();
    answered = note.answered();
    sent = note.sent();
    reading = note.reading();
    failures = note.failures();
    notBefore = note.notBefore();
  }

  DistantStep step() {
    return new DistantStep(
        new DistantState(
            nodeName,
            watch,
            node,
            goneSince,
            record,
            foundLooked,
            said,
            heldTold,
            withheld,
            toNote,
            unanswered,
            new NoteState(
                health,
                planned,
                hooks,
                acks,
                gone,
                absentSince,
                base,
                writing,
                answered,
                sent,
                reading,
                failures,
                notBefore)),
        actions);
  }

  Optional<Episode> episode() {
    return watch.flatMap(Watch::episode);
  }

  Optional<Machine> machine() {
    return watch.flatMap(Watch::machine);
  }

  /** The record, if it is of the episode that is open here. */
  Optional<NodeRecord> mine() {
    return episode().flatMap(episode -> record.filter(each -> DrainersWord.isOf(each, episode)));
  }

  void act(DistantAction action) {
    actions.add(action);
  }

  void report(Observation observation) {
    act(new DistantAction.Report(observation));
  }

  void sayOnce(DistantState.Said what, Observation observation) {
    if (said.add(what)) {
      report(observation);
    }
  }

  void tell(NodeNotice notice, String detail) {
    act(
        new DistantAction.Tell(
            new NodeNews(
                notice, nodeName, node.map(NodeFacts::uid).orElse(""), Optional.empty(), detail)));
  }
}
