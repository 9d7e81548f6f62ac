package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.Timetable;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.model.ModelApi;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.ObservationJson;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.HookNote;
import io.drainwatch.drainer.nodes.ObservationText;
import io.drainwatch.drainer.nodework.NodeAction;
import io.drainwatch.drainer.nodework.NodeMode;
import io.drainwatch.drainer.nodework.NodeObservation;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.nodework.NodeState;
import io.drainwatch.drainer.nodework.NodeStep;
import io.drainwatch.drainer.nodework.NodeWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * As much of a drainer as the handshake needs: the core, fed by nothing but the observation on the
 * Node, and the work on the Node. No leader, no budget.
 */
final class DrainerSide {
  private static final int MOST_AT_ONCE = 2_000;

  final List<String> story = new ArrayList<>();
  boolean alive;
  private final String nodeName;
  private final ModelApi api;
  private final Lifecycle lifecycle;
  private final NodeWork work;
  private final Deque<NodeObservation> inbox = new ArrayDeque<>();
  private final Map<Hook, Integer> waiting = new HashMap<>();
  private final Set<String> heardAcks = new HashSet<>();
  private NodeState state;
  private Watch watch = Watch.idle();
  private Optional<ObservationNote> note = Optional.empty();
  private Optional<Cluster.Watching> node = Optional.empty();
  private Optional<Cluster.Watching> pods = Optional.empty();

  DrainerSide(String nodeName, ModelApi api, LifecycleSettings settings, NodeMode mode) {
    this(nodeName, api, settings, "drainer-1", mode);
  }

  DrainerSide(
      String nodeName, ModelApi api, LifecycleSettings settings, String holder, NodeMode mode) {
    this.nodeName = nodeName;
    this.api = api;
    lifecycle = new Lifecycle(settings);
    work = new NodeWork(NodeSettings.defaults(holder).withMode(mode), settings.policy());
    state = NodeState.of(nodeName, work.settings());
  }

  void start() {
    alive = true;
    watch = Watch.idle();
    note = Optional.empty();
    waiting.clear();
    state = NodeState.of(nodeName, work.settings());
    node = Optional.of(api.watchNode(nodeName, this::see));
  }

  void kill() {
    alive = false;
    node.ifPresent(Cluster.Watching::close);
    pods.ifPresent(Cluster.Watching::close);
    inbox.clear();
  }

  Optional<Episode> episode() {
    return watch.episode();
  }

  private Instant now() {
    return api.cluster().now();
  }

  private void see(NodeReading reading) {
    inbox.add(new NodeObservation.NodeRead(reading, false));
  }

  void turn(Duration step) {
    if (!alive) {
      return;
    }
    if (Timetable.next(watch, lifecycle.settings(), now().minus(step))
        .filter(at -> !at.isAfter(now()))
        .isPresent()) {
      core(new Observation.Tick());
    }
    if (work.wakeAt(state, now().minus(step)).filter(at -> !at.isAfter(now())).isPresent()) {
      inbox.add(new NodeObservation.Tick());
    }
    settle();
  }

  boolean settle() {
    boolean did = false;
    int taken = 0;
    while (alive && !inbox.isEmpty()) {
      did = true;
      if (++taken > MOST_AT_ONCE) {
        throw new AssertionError("a loop that needs no time: " + inbox.peek() + " after " + story);
      }
      NodeObservation next = inbox.removeFirst();
      NodeStep step = work.next(state, next, now());
      state = step.state();
      step.actions().forEach(this::carryOut);
      if (next instanceof NodeObservation.NodeRead(NodeReading.Found(var facts), boolean asked)) {
        Optional.ofNullable(facts.annotations().get(NodeKeys.OBSERVATION)).ifPresent(this::hear);
      }
    }
    return did;
  }

  private void hear(String text) {
    if (!(ObservationJson.read(text) instanceof ObservationText.Read(ObservationNote heard))
        || note.equals(Optional.of(heard))) {
      return;
    }
    take(heard);
  }

  private void take(ObservationNote heard) {
    Optional<ObservationNote> before = note;
    note = Optional.of(heard);
    Machine machine = new Machine(heard.vmName(), heard.vmId(), heard.bootId(), false);
    if (!watch.machine().equals(Optional.of(machine))) {
      core(new Observation.DaemonStarted(machine));
    }
    boolean isNews =
        before
            .map(
                known ->
                    !known.events().equals(heard.events())
                        || !known.missing().equals(heard.missing())
                        || !known.gone().equals(heard.gone()))
            .orElse(true);
    if (isNews || heard.missing().isEmpty()) {
      document(heard);
    }
    if (tracked().anyMatch(each -> !each.isGone() && isNamed(heard.gone(), each))) {
      document(heard);
    }
    heard.acks().stream()
        .filter(ack -> ack.status() == 200 && heardAcks.add(ack.id() + ack.at()))
        .forEach(
            ack ->
                core(
                    new Observation.AcknowledgeAnswered(
                        ack.id(),
                        Observation.AcknowledgeAnswered.Answer.ACCEPTED,
                        Optional.empty())));
    results();
  }

  private java.util.stream.Stream<TrackedEvent> tracked() {
    return watch.episode().stream().flatMap(each -> each.events().stream());
  }

  private static boolean isNamed(List<String> ids, TrackedEvent tracked) {
    return ids.stream().anyMatch(tracked.event().id()::equalsIgnoreCase);
  }

  private void document(ObservationNote heard) {
    List<ScheduledEvent> events = heard.events().stream().map(DrainerSide::scheduled).toList();
    // silence is not absence
    List<ScheduledEvent> all = new ArrayList<>(events);
    tracked()
        .filter(each -> !isNamed(heard.missing(), each) && !isNamed(heard.gone(), each))
        .filter(each -> events.stream().noneMatch(e -> e.key().equals(each.event().key())))
        .forEach(each -> all.add(each.event()));
    core(new Observation.DocumentRead(new Document(OptionalLong.empty(), all, now())));
  }

  private static ScheduledEvent scheduled(NodeEvent event) {
    return new ScheduledEvent(
        event.id(),
        event.source().isOfTheService(),
        event.type(),
        event.status(),
        event.source(),
        "VirtualMachine",
        event.resources(),
        event.notBefore(),
        event.duration(),
        "",
        Optional.empty());
  }

  private void results() {
    Map.copyOf(waiting)
        .forEach(
            (hook, attempt) ->
                note(hook)
                    .ifPresent(
                        told -> {
                          switch (told.outcome()) {
                            case SUCCEEDED -> ended(hook, attempt, 0);
                            case FAILED -> ended(hook, attempt, 1);
                            case PLANNED, RUNNING -> {}
                          }
                        }));
  }

  private void ended(Hook hook, int attempt, int code) {
    waiting.remove(hook);
    core(new Observation.ScriptEnded(hook, "node", attempt, new ProcessOutcome.Exited(code)));
  }

  private Optional<HookNote> note(Hook hook) {
    return note.stream()
        .flatMap(each -> each.hooks().stream())
        .filter(each -> each.hook().equals(hook.word()))
        .filter(each -> watch.episode().map(Episode::id).filter(each.episode()::equals).isPresent())
        .findFirst();
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
      case NodeAction.ReadToken() -> api.readToken();
      case NodeAction.Tell(var news) -> api.tell(news);
      case NodeAction.Acknowledge acknowledge -> {} // the watcher's affair
      case NodeAction.Note ignored -> {}
      case NodeAction.Report(var observation) -> {
        core(observation);
        if (observation instanceof Observation.RecordFound) {
          Optional<ObservationNote> known = note; // what it says is about this episode too
          note = Optional.empty();
          known.ifPresent(this::take);
        }
      }
    }
  }

  private void core(Observation observation) {
    Watch before = watch;
    Transition step = lifecycle.next(watch, observation, now());
    watch = step.watch();
    var broken = Invariants.brokenBy(before, observation, step, lifecycle.settings());
    if (!broken.isEmpty()) {
      throw new AssertionError(broken + " after " + story);
    }
    List<Action> ofNode = new ArrayList<>();
    List<Observation> answers = new ArrayList<>();
    for (Action action : step.actions()) {
      switch (action) {
        case Action.Enter(var entered) -> story.add(entered.word());
        case Action.ListHook(Hook hook) ->
            answers.add(
                new Observation.HookListed(
                    hook,
                    note(hook).isPresent()
                        ? List.of(List.of(PlannedScript.runs("node")))
                        : List.of()));
        case Action.RunScript run -> waiting.put(run.hook(), run.attempt());
        case Action.EndScript end -> ended(end.hook(), waiting.getOrDefault(end.hook(), 1), 143);
        case Action.Cordon cordon -> ofNode.add(cordon);
        case Action.StartEvictions start -> ofNode.add(start);
        case Action.StopEvictions stop -> ofNode.add(stop);
        case Action.Uncordon uncordon -> ofNode.add(uncordon);
        case Action.Summarize(var summary) -> story.add("summary " + summary.ending());
        default -> {}
      }
    }
    inbox.add(new NodeObservation.Stepped(watch.machine(), watch.episode(), ofNode));
    if (!watch.recorded()) {
      core(new Observation.Recorded());
    }
    answers.forEach(this::core);
    results();
  }
}
