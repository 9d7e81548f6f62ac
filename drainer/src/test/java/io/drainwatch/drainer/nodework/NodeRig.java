package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeNews;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.Timetable;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.model.ModelApi;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelNode;
import io.drainwatch.drainer.model.Reach;
import io.drainwatch.drainer.model.Strides;
import io.drainwatch.drainer.model.UnderWay;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.pods.PodOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The core, the work on its Node and a model of the cluster under one virtual clock: form {@code
 * agent} without threads. The platform's document is read each second; invariants are checked at
 * every step of the core.
 */
public final class NodeRig {
  public static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
  public static final String NODE = "node-1";
  public static final String VM = "vm-1";

  private static final int MOST_AT_ONCE = 2_000;
  private static final Duration SHORTEST_LEAP = Duration.ofMillis(1);
  private static final Duration POLL_WHILE_LEAPING = Duration.ofSeconds(5);

  final ModelCluster cluster;
  final ModelApi api;
  final List<String> story = new ArrayList<>();
  final List<String> acknowledged = new ArrayList<>();
  final List<Summary> summaries = new ArrayList<>();
  final List<NodeNote> notes = new ArrayList<>();
  final List<NodeNews> told = new ArrayList<>();
  Machine machine = new Machine(VM, Optional.of("id-1"), "boot-1", false);
  boolean acknowledges = true;
  boolean journals = true;
  Set<Hook> hooksThatLast = Set.of();
  int unwatched;

  /** From the work on the Node to the core and back, which are threads of their own. */
  Supplier<Duration> lag = () -> Duration.ZERO;

  /** After each step. */
  Runnable onlooker = () -> {};

  private final Reach reach;
  private final Lifecycle lifecycle;
  private final Deque<NodeObservation> inbox = new ArrayDeque<>();
  private final UnderWay<Observation> toCore = new UnderWay<>();
  private final UnderWay<NodeObservation> toWork = new UnderWay<>();
  private NodeWork work;
  private NodeState state;
  private Watch watch = Watch.idle();
  private List<ScheduledEvent> platform = List.of();
  private boolean metadataAnswers = true;
  private Optional<Cluster.Watching> pods = Optional.empty();
  private Optional<Cluster.Watching> node = Optional.empty();
  private final Strides strides = new Strides();
  private boolean alive;

  NodeRig() {
    this(NodeSettings.defaults("watcher-1"), LifecycleSettings.defaults());
  }

  NodeRig(NodeSettings settings, LifecycleSettings lifecycleSettings) {
    this(settings, lifecycleSettings, aCluster(), Optional.empty());
  }

  /**
   * @param other by which the cluster is reached; empty: in memory
   */
  NodeRig(
      NodeSettings settings,
      LifecycleSettings lifecycleSettings,
      ModelCluster model,
      Optional<Reach> other) {
    cluster = model;
    api = new ModelApi(cluster);
    reach = other.orElseGet(() -> Reach.inMemory(api));
    lifecycle = new Lifecycle(lifecycleSettings);
    work = new NodeWork(settings, lifecycleSettings.policy());
    state = NodeState.of(NODE, settings);
  }

  static ModelCluster aCluster() {
    ModelCluster cluster = new ModelCluster(START);
    cluster.addNode(NODE);
    cluster.addNode("node-2");
    cluster.addNode("node-3");
    cluster.rebooted(NODE, "boot-1");
    cluster.ready(NODE);
    return cluster;
  }

  /** The daemon starts, or starts again: of what it knew only the given record is left. */
  NodeRig start(Optional<Episode> journal) {
    alive = true;
    watch = Watch.resumedFrom(journal);
    state = NodeState.of(NODE, work.settings());
    inbox.clear();
    node =
        Optional.of(
            reach.watchNode(NODE, it -> inbox.add(new NodeObservation.NodeRead(it, false))));
    core(new Observation.DaemonStarted(machine));
    return this;
  }

  NodeRig start() {
    return start(Optional.empty());
  }

  NodeRig startAs(String holder) {
    return startAs(holder, Optional.empty());
  }

  NodeRig startAs(String holder, Optional<Episode> journal) {
    work = new NodeWork(work.settings().withHolder(holder), lifecycle.settings().policy());
    return start(journal);
  }

  /** Its answers that are under way are lost with it. */
  void kill() {
    alive = false;
    pods.ifPresent(Cluster.Watching::close);
    node.ifPresent(Cluster.Watching::close);
    inbox.clear();
    toCore.clear();
    toWork.clear();
  }

  void platform(ScheduledEvent... events) {
    platform = List.of(events);
  }

  void metadataAnswers(boolean answers) {
    metadataAnswers = answers;
  }

  static ScheduledEvent event(String id, String type, Duration notice) {
    return Events.of(type, id).naming(VM).at(START.plus(notice)).event();
  }

  static ScheduledEvent started(ScheduledEvent event) {
    return Events.like(event).started().event();
  }

  Optional<Episode> episode() {
    return watch.episode();
  }

  /** As a journal has it: written before the actions of a step are carried out. */
  Optional<Episode> durable() {
    return watch.episode();
  }

  NodeState state() {
    return state;
  }

  ModelNode node() {
    return cluster.node(NODE);
  }

  Optional<String> annotation(String key) {
    return Optional.ofNullable(node().facts().annotations().get(key));
  }

  String stateWord() {
    return annotation(NodeKeys.STATE).orElse("none");
  }

  void run(String duration) {
    long left = Duration.parse("PT" + duration).dividedBy(Strides.STEP);
    while (left > 0) {
      Instant before = cluster.now();
      long steps = strides.next(left, before, due());
      left -= steps;
      reach.advance(Strides.STEP.multipliedBy(steps));
      turn(before, strides.polls(steps));
      onlooker.run();
    }
  }

  /**
   * As {@link #run}, for so long or until it is so; but from one moment at which something is due
   * to the next, and with a document every 5 s.
   */
  void leap(Duration most, BooleanSupplier enough) {
    Instant end = cluster.now().plus(most);
    Instant poll = cluster.now();
    while (cluster.now().isBefore(end) && !enough.getAsBoolean()) {
      Instant before = cluster.now();
      Instant last = poll.isBefore(end) ? poll : end;
      Duration step = Duration.between(before, Strides.first(due(), last));
      reach.advance(step.compareTo(SHORTEST_LEAP) < 0 ? SHORTEST_LEAP : step);
      boolean polls = !cluster.now().isBefore(poll);
      if (polls) {
        poll = cluster.now().plus(POLL_WHILE_LEAPING);
      }
      turn(before, polls);
    }
  }

  private List<Optional<Instant>> due() {
    Instant now = cluster.now();
    return alive
        ? List.of(
            inbox.isEmpty() ? Optional.empty() : Optional.of(now),
            toCore.nextDue(),
            toWork.nextDue(),
            Timetable.next(watch, lifecycle.settings(), now),
            work.wakeAt(state, now),
            reach.nextDue())
        : List.of(reach.nextDue());
  }

  private void turn(Instant before, boolean polls) {
    if (!alive) {
      return;
    }
    toCore.deliver(cluster.now(), this::core);
    toWork.deliver(cluster.now(), inbox::add);
    if (polls) {
      core(
          metadataAnswers
              ? new Observation.DocumentRead(
                  new Document(OptionalLong.empty(), platform, cluster.now()))
              : new Observation.ReadFailed());
    }
    if (Timetable.next(watch, lifecycle.settings(), before)
        .filter(at -> !at.isAfter(cluster.now()))
        .isPresent()) {
      core(new Observation.Tick());
    }
    if (work.wakeAt(state, before).filter(at -> !at.isAfter(cluster.now())).isPresent()) {
      inbox.add(new NodeObservation.Tick());
    }
    drainInbox();
  }

  private void drainInbox() {
    int taken = 0;
    do {
      while (!inbox.isEmpty() && alive) {
        if (++taken > MOST_AT_ONCE) {
          throw new AssertionError(
              "a loop that needs no time: " + inbox.peek() + " after " + story);
        }
        NodeStep step = work.next(state, inbox.removeFirst(), cluster.now());
        state = step.state();
        step.actions().forEach(this::carryOut);
      }
    } while (reach.settle());
  }

  private void carryOut(NodeAction action) {
    switch (action) {
      case NodeAction.ReadNode() ->
          reach.readNode(NODE, read -> inbox.add(new NodeObservation.NodeRead(read, true)));
      case NodeAction.Patch(var patch) ->
          reach.patchNode(NODE, patch, answer -> inbox.add(new NodeObservation.Written(answer)));
      case NodeAction.PatchConditions(var patch) ->
          reach.patchConditions(
              NODE, patch, answer -> inbox.add(new NodeObservation.Written(answer)));
      case NodeAction.ListPods() ->
          reach.listPods(NODE, listing -> inbox.add(new NodeObservation.Listed(listing)));
      case NodeAction.TryEvictions(var tried) ->
          inbox.add(
              new NodeObservation.Tried(
                  tried.stream()
                      .map(pod -> new NodeObservation.Trial(pod, api.tryEviction(pod)))
                      .toList()));
      case NodeAction.ListAttachments() ->
          inbox.add(new NodeObservation.Attachments(api.listAttachments(NODE)));
      case NodeAction.WatchPods() -> pods = Optional.of(watchPods());
      case NodeAction.UnwatchPods() -> {
        unwatched++;
        pods.ifPresent(Cluster.Watching::close);
      }
      case NodeAction.Send(var request) ->
          reach.send(
              request,
              answer ->
                  inbox.add(
                      new NodeObservation.Answered(
                          request.pod().uid(), request.attempt(), answer, 0.5)));
      case NodeAction.CancelRequests() -> {}
      case NodeAction.AskForMachine ask -> {}
      case NodeAction.ReadToken() -> reach.readToken();
      case NodeAction.Tell(var news) -> {
        told.add(news);
        reach.tell(news);
      }
      case NodeAction.Note(var note) -> notes.add(note);
      case NodeAction.Acknowledge(String id) -> {
        story.add("acknowledge " + id);
        api.effect("POST " + id, () -> acknowledged.add(id));
        if (acknowledges) {
          core(
              new Observation.AcknowledgeAnswered(
                  id, Observation.AcknowledgeAnswered.Answer.ACCEPTED, Optional.empty()));
        }
      }
      case NodeAction.Report(var observation) -> {
        toCore.send(observation, cluster.now().plus(lag.get()));
        toCore.deliver(cluster.now(), this::core);
      }
    }
  }

  private Cluster.Watching watchPods() {
    Cluster.Watching watched =
        reach.watchPods(
            NODE, seen -> inbox.add(new NodeObservation.Pods(seen, reach.knowsEvictions())));
    return work.settings().pods().has(PodOption.READ_BUDGETS)
        ? watched.with(reach.watchBudgets(new BudgetEar(inbox::add, this::state)))
        : watched;
  }

  /** What others than the core and the cluster tell the work. */
  void tell(NodeObservation observation) {
    inbox.add(observation);
    drainInbox();
  }

  void core(Observation observation) {
    Watch before = watch;
    Transition step = lifecycle.next(watch, observation, cluster.now());
    watch = step.watch();
    List<Invariants.Violation> broken =
        Invariants.brokenBy(before, observation, step, lifecycle.settings());
    if (!broken.isEmpty()) {
      throw new AssertionError(broken + " by " + observation + " after " + story);
    }
    List<Action> ofNode = new ArrayList<>();
    List<Observation> answers = new ArrayList<>();
    for (Action action : step.actions()) {
      switch (action) {
        case Action.Enter(var entered) -> story.add(entered.word());
        case Action.ListHook(var hook) when hooksThatLast.contains(hook) -> {}
        case Action.ListHook(var hook) -> answers.add(new Observation.HookListed(hook, List.of()));
        case Action.Acknowledge(String id, int attempt) ->
            toWork.send(
                new NodeObservation.AcknowledgeAsked(id, journals), cluster.now().plus(lag.get()));
        case Action.Cordon cordon -> ofNode.add(cordon);
        case Action.StartEvictions start -> ofNode.add(start);
        case Action.StopEvictions stop -> ofNode.add(stop);
        case Action.Uncordon uncordon -> ofNode.add(uncordon);
        case Action.Summarize(Summary summary) -> {
          story.add("summary " + summary.ending());
          summaries.add(summary);
        }
        case Action.Notify(var reason, String detail) -> story.add("! " + reason + " " + detail);
        default -> {}
      }
    }
    toWork.send(
        new NodeObservation.Stepped(watch.machine(), watch.episode(), ofNode),
        cluster.now().plus(lag.get()));
    toWork.deliver(cluster.now(), inbox::add);
    if (!watch.recorded()) {
      core(new Observation.Recorded());
    }
    answers.forEach(this::core);
  }

  /** States, acknowledgements and summaries in order. */
  List<String> story() {
    return story.stream().filter(each -> !each.startsWith("!")).toList();
  }
}
