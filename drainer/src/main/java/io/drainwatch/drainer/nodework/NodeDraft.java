package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.BudgetsSeen;
import io.drainwatch.drainer.cluster.NodeNews;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.nodes.Apart;
import io.drainwatch.drainer.nodes.MarkSettings;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeNotice;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.Returning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A {@link NodeState} while one observation is worked in; lives for one call. */
final class NodeDraft {
  private static final int MOST_CONFLICTS = 3;

  final NodeSettings settings;
  final Instant now;
  final String nodeName;
  private final List<NodeAction> actions = new ArrayList<>();
  private final Set<NodeNotice> told;
  Optional<Machine> machine;
  Optional<Episode> episode;
  Optional<NodeFacts> node;
  Optional<Instant> goneSince;
  boolean foundLooked;
  Optional<NodeRecord> record;
  Optional<NodeRecord> uncordonedUnder;

  NodeState.Orders orders;
  MarkSettings marks;
  Writes writes;
  NodeState.Evicting evicting;
  NodeState.Fence fence;
  NodeState.Detach detach;
  NodeState.Preflight preflight;
  NodeState.Return returning;
  Optional<Instant> conditionsWrittenAt;
  Optional<Instant> lostAt;
  NodeTerms terms;
  Permit permit;
  Optional<String> workedOn;
  BudgetsSeen budgets;
  MachineLook look;

  NodeDraft(NodeState state, NodeSettings settings, Instant now) {
    this.settings = settings;
    this.now = now;
    nodeName = state.nodeName();
    told = new HashSet<>(state.told());
    machine = state.machine();
    episode = state.episode();
    node = state.node();
    goneSince = state.goneSince();
    foundLooked = state.foundLooked();
    record = state.record();
    uncordonedUnder = state.uncordonedUnder();
    orders = state.orders();
    marks = state.marks();
    writes = state.writes();
    evicting = state.evicting();
    fence = state.fence();
    detach = state.detach();
    preflight = state.preflight();
    returning = state.returning();
    conditionsWrittenAt = state.conditionsWrittenAt();
    lostAt = state.lostAt();
    terms = state.terms();
    permit = state.permit();
    workedOn = state.workedOn();
    budgets = state.budgets();
    look = state.look();
  }

  NodeStep step() {
    return new NodeStep(
        new NodeState(
            nodeName,
            machine,
            episode,
            node,
            goneSince,
            foundLooked,
            record,
            uncordonedUnder,
            orders,
            marks,
            writes,
            evicting,
            fence,
            detach,
            preflight,
            returning,
            conditionsWrittenAt,
            lostAt,
            told,
            terms,
            permit,
            record.map(known -> known.machine().nodeUid()).or(() -> workedOn),
            budgets,
            look),
        actions);
  }

  boolean isLost() {
    return lostAt.isPresent();
  }

  void act(NodeAction action) {
    actions.add(action);
  }

  void report(Observation observation) {
    act(new NodeAction.Report(observation));
  }

  void trouble(String text) {
    act(new NodeAction.Note(new NodeNote.Trouble(text)));
  }

  /** An Event that comes once in an episode. */
  /**
   * @return whether it was told now
   */
  boolean tellOnce(NodeNotice notice, String detail) {
    boolean isNews = told.add(notice);
    if (isNews) {
      tell(notice, Optional.empty(), detail);
    }
    return isNews;
  }

  void tell(NodeNotice notice, Optional<NodeNews.Pod> pod, String detail) {
    if (!settings.mode().tells()) {
      return;
    }
    String uid =
        node.map(NodeFacts::uid)
            .or(() -> record.map(known -> known.machine().nodeUid()))
            .orElse("");
    act(new NodeAction.Tell(new NodeNews(notice, nodeName, uid, pod, detail)));
  }

  void forgetWhatWasTold() {
    told.clear();
  }

  boolean isNodeGone() {
    return goneSince.isPresent();
  }

  /** The core was told that the Node is no more, and has ended the episode. */
  boolean hasEndedWithTheNode() {
    return episode.flatMap(Episode::held).equals(Optional.of(Episode.Held.NODE_GONE));
  }

  boolean isBefore(MaintenanceState state) {
    return episode.map(each -> each.state().isBefore(state)).orElse(false);
  }

  /** The cordon stands, ours or another's, and the record says so. */
  boolean isCordoned() {
    return record.flatMap(NodeRecord::prior).isPresent()
        && node.map(NodeFacts::unschedulable).orElse(false)
        && evicting.cordonedAt().isPresent();
  }

  void readNode() {
    if (writes.readAskedAt().isEmpty()) {
      writes = writes.asking(now);
      act(new NodeAction.ReadNode());
    }
  }

  void send(NodeState.Sent sent, NodeAction action) {
    writes = writes.sending(sent);
    act(action);
  }

  void wentThrough() {
    writes = writes.failed(0, Instant.MIN);
  }

  /** Somebody else wrote first; who does so again and again is not raced. */
  void conflicted() {
    int failures = writes.failures() + 1;
    Instant again =
        failures > MOST_CONFLICTS
            ? now.plus(Returning.waitAfter(failures - MOST_CONFLICTS))
            : Instant.MIN;
    writes = writes.failed(failures, again);
  }

  /** The next try waits: 1 s doubling to 60 s, and a share more ({@link Apart}). */
  Duration wentWrong() {
    int failures = writes.failures() + 1;
    Duration delay = Apart.of(nodeName, failures, Returning.waitAfter(failures));
    writes = writes.failed(failures, now.plus(delay));
    return delay;
  }
}
