package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.fleet.DrainersCore;
import io.drainwatch.drainer.fleet.StandIn;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.model.ModelApi;
import io.drainwatch.drainer.model.UnderWay;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodework.NodeAction;
import io.drainwatch.drainer.nodework.NodeMode;
import io.drainwatch.drainer.nodework.NodeObservation;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.nodework.NodeState;
import io.drainwatch.drainer.nodework.NodeStep;
import io.drainwatch.drainer.nodework.NodeTerms;
import io.drainwatch.drainer.nodework.NodeWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A drainer of one Node: its core as it is, fed by nothing but the observation on the Node, and the
 * work on the Node. No leader, no budget, no other Nodes.
 */
final class DrainerSide {
  private static final int MOST_AT_ONCE = 2_000;

  final List<String> story = new ArrayList<>();
  boolean alive;

  /** From the work on the Node to the core and back, which are threads of their own. */
  Supplier<Duration> lag = () -> Duration.ZERO;

  /** Who acknowledges in place of a watcher that is gone. */
  Optional<StandIn> standIn = Optional.empty();

  private final String holder;
  private int life;
  private final String nodeName;
  private final ModelApi api;
  private final LifecycleSettings lifecycle;
  private final NodeWork work;
  private final Deque<NodeObservation> inbox = new ArrayDeque<>();
  private final Deque<NodeReading> readings = new ArrayDeque<>();
  private final UnderWay<Observation> toCore = new UnderWay<>();
  private final UnderWay<NodeObservation> toWork = new UnderWay<>();
  private DrainersCore core;
  private NodeTerms terms = NodeTerms.NONE;
  private NodeState state;
  private Optional<Cluster.Watching> node = Optional.empty();
  private Optional<Cluster.Watching> pods = Optional.empty();

  DrainerSide(String nodeName, ModelApi api, LifecycleSettings settings, NodeMode mode) {
    this(nodeName, api, settings, "drainer-1", mode);
  }

  DrainerSide(
      String nodeName, ModelApi api, LifecycleSettings settings, String holder, NodeMode mode) {
    this.holder = holder;
    this.nodeName = nodeName;
    this.api = api;
    lifecycle = settings;
    work = new NodeWork(NodeSettings.defaults(holder).withMode(mode), settings.policy());
    state = NodeState.of(nodeName, work.settings());
    core = newCore();
  }

  private DrainersCore newCore() {
    return new DrainersCore(
        lifecycle, this::now, DrainersCore.Memory.empty(api.cluster().now()), this::tell);
  }

  private void tell(String word) {
    if (word.startsWith("!")) {
      throw new AssertionError(word + " after " + story);
    }
    story.add(word);
  }

  void start() {
    alive = true;
    core = newCore();
    int mine = ++life;
    standIn.ifPresent(
        each ->
            core.standsIn(
                each, holder, () -> work.seesEmpty(state, now()), () -> alive && life == mine));
    terms = NodeTerms.NONE;
    state = NodeState.of(nodeName, work.settings());
    node = Optional.of(api.watchNode(nodeName, this::see));
  }

  void kill() {
    alive = false;
    node.ifPresent(Cluster.Watching::close);
    pods.ifPresent(Cluster.Watching::close);
    inbox.clear();
    readings.clear();
    toCore.clear();
    toWork.clear();
  }

  Optional<Episode> episode() {
    return core.episode();
  }

  private Instant now() {
    return api.cluster().now();
  }

  private void see(NodeReading reading) {
    readings.add(reading);
  }

  /** When something is to be done, or told. */
  Optional<Instant> due() {
    if (!alive || !inbox.isEmpty() || !readings.isEmpty()) {
      return alive ? Optional.of(now()) : Optional.empty();
    }
    return Stream.of(
            core.wakeAt(now()), work.wakeAt(state, now()), toCore.nextDue(), toWork.nextDue())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  void turn(Duration step) {
    if (!alive) {
      return;
    }
    toCore.deliver(now(), this::reported);
    toWork.deliver(now(), inbox::add);
    core.substitute(now());
    if (core.wakeAt(now().minus(step)).filter(at -> !at.isAfter(now())).isPresent()) {
      fold();
    }
    if (work.wakeAt(state, now().minus(step)).filter(at -> !at.isAfter(now())).isPresent()) {
      inbox.add(new NodeObservation.Tick());
    }
    settle();
  }

  boolean settle() {
    boolean did = false;
    int taken = 0;
    while (alive && !(inbox.isEmpty() && readings.isEmpty())) {
      did = true;
      if (++taken > MOST_AT_ONCE) {
        throw new AssertionError("a loop that needs no time: " + inbox.peek() + " after " + story);
      }
      if (inbox.isEmpty()) {
        take(readings.removeFirst());
      } else {
        NodeStep step = work.next(state, inbox.removeFirst(), now());
        state = step.state();
        step.actions().forEach(this::carryOut);
      }
    }
    return did;
  }

  // in the order of the product's fold of a Node
  private void take(NodeReading reading) {
    NodeObservation read = new NodeObservation.NodeRead(reading, false);
    // where there is no maintenance there is no fold, so its first look is the one that begins it
    boolean handsLookFirst =
        core.episode().isEmpty()
            || reading instanceof NodeReading.Found(NodeFacts found)
                && !found.unschedulable()
                && state.node().filter(NodeFacts::unschedulable).isPresent();
    if (reading instanceof NodeReading.Found(NodeFacts found)) {
      core.take(found);
    }
    if (handsLookFirst) {
      tellWork(read);
      fold();
    } else {
      fold();
      tellWork(read);
    }
  }

  private void tellWork(NodeObservation observation) {
    toWork.send(observation, now().plus(lag.get()));
    toWork.deliver(now(), inbox::add);
  }

  private void reported(Observation observation) {
    core.report(observation);
    fold();
  }

  private void carryOut(NodeAction action) {
    switch (action) {
      case NodeAction.ReadNode() ->
          inbox.add(new NodeObservation.NodeRead(api.readNode(nodeName), true));
      case NodeAction.Patch(var patch) ->
          inbox.add(new NodeObservation.Written(api.patchNode(nodeName, patch)));
      case NodeAction.PatchConditions(var patch) ->
          inbox.add(new NodeObservation.Written(api.patchConditions(nodeName, patch)));
      case NodeAction.TryEvictions(var tried) ->
          inbox.add(
              new NodeObservation.Tried(
                  tried.stream()
                      .map(pod -> new NodeObservation.Trial(pod, api.tryEviction(pod)))
                      .toList()));
      case NodeAction.ListAttachments() ->
          inbox.add(new NodeObservation.Attachments(api.listAttachments(nodeName)));
      case NodeAction.ListPods() -> inbox.add(new NodeObservation.Listed(api.listPods(nodeName)));
      case NodeAction.WatchPods() ->
          pods =
              Optional.of(
                  api.watchPods(
                      nodeName,
                      seen -> inbox.add(new NodeObservation.Pods(seen, api.knowsEvictions()))));
      case NodeAction.UnwatchPods() -> pods.ifPresent(Cluster.Watching::close);
      case NodeAction.Send(var request) ->
          api.send(
              request,
              answer ->
                  inbox.add(
                      new NodeObservation.Answered(
                          request.pod().uid(), request.attempt(), answer, 0.5)));
      case NodeAction.CancelRequests() -> {}
      case NodeAction.AskForMachine ask -> {} // nobody can tell
      case NodeAction.ReadToken() -> api.readToken();
      case NodeAction.Tell(var news) -> api.tell(news);
      case NodeAction.Acknowledge acknowledge -> {} // the watcher's affair
      case NodeAction.Note ignored -> {}
      case NodeAction.Report(var observation) -> {
        toCore.send(observation, now().plus(lag.get()));
        toCore.deliver(now(), this::reported);
      }
    }
  }

  // what the core asks of the Node, for the work's inbox
  private void fold() {
    List<Action> asked = core.advance();
    NodeTerms now = new NodeTerms(HeldBy.NOTHING, Optional.of(core.ackable()), false);
    if (!now.equals(terms)) {
      terms = now;
      tellWork(new NodeObservation.TermsSet(now));
    }
    core.told(asked).forEach(this::tellWork);
    core.substitute(now());
  }
}
