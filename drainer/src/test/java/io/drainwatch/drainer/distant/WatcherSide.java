package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Observation.AcknowledgeAnswered.Answer;
import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.Timetable;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.maintenance.WatchNews;
import io.drainwatch.drainer.model.ModelApi;
import io.drainwatch.drainer.model.UnderWay;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The daemon of form {@code controller} without threads: its core and {@link DistantWork}. */
public final class WatcherSide {
  private static final int MOST_AT_ONCE = 2_000;

  public final List<String> story = new ArrayList<>();
  public final List<String> posted = new ArrayList<>();
  final List<String> troubles = new ArrayList<>();
  final Map<Hook, ScriptOutcome> scripts = new HashMap<>();
  public List<ScheduledEvent> platform = List.of();
  public boolean metadataAnswers = true;
  boolean losesAnswers;
  boolean journals = true;

  /** From the work for the Node to the core and back, which are threads of their own. */
  public Supplier<Duration> lag = () -> Duration.ZERO;

  public boolean alive;
  public Machine machine;
  private final String nodeName;
  private final ModelApi api;
  private final Lifecycle lifecycle;
  private final DistantWork work;
  private final Deque<DistantObservation> inbox = new ArrayDeque<>();
  private final UnderWay<Observation> toCore = new UnderWay<>();
  private final UnderWay<DistantObservation> toWork = new UnderWay<>();
  private DistantState state;
  private Watch watch = Watch.idle();
  private Optional<Cluster.Watching> node = Optional.empty();

  public WatcherSide(String nodeName, Machine machine, ModelApi api, LifecycleSettings settings) {
    this.nodeName = nodeName;
    this.machine = machine;
    this.api = api;
    lifecycle = new Lifecycle(settings.withOthersJudgedElsewhere());
    work = new DistantWork(settings.policy(), true);
    state = DistantState.of(nodeName);
  }

  /** Starts, or starts again: of what it knew only the given record is left. */
  public void start(Optional<Episode> journal) {
    node.ifPresent(Cluster.Watching::close);
    inbox.clear();
    alive = true;
    watch = Watch.resumedFrom(journal);
    state = DistantState.of(nodeName);
    node =
        Optional.of(
            api.watchNode(
                nodeName, reading -> inbox.add(new DistantObservation.NodeSeen(reading))));
    core(new Observation.DaemonStarted(machine));
  }

  public void kill() {
    alive = false;
    node.ifPresent(Cluster.Watching::close);
    inbox.clear();
    toCore.clear();
    toWork.clear();
  }

  public Optional<Episode> episode() {
    return watch.episode();
  }

  DistantState state() {
    return state;
  }

  private Instant now() {
    return api.cluster().now();
  }

  public void poll() {
    core(
        metadataAnswers
            ? new Observation.DocumentRead(new Document(OptionalLong.empty(), platform, now()))
            : new Observation.ReadFailed());
  }

  /** When something is to be done, or told. */
  public Optional<Instant> due() {
    if (!alive || !inbox.isEmpty()) {
      return alive ? Optional.of(now()) : Optional.empty();
    }
    return Stream.of(
            Timetable.next(watch, lifecycle.settings(), now()),
            work.wakeAt(state, now()),
            toCore.nextDue(),
            toWork.nextDue())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  public void turn(Duration step) {
    if (!alive) {
      return;
    }
    toCore.deliver(now(), this::core);
    toWork.deliver(now(), inbox::add);
    if (Timetable.next(watch, lifecycle.settings(), now().minus(step))
        .filter(at -> !at.isAfter(now()))
        .isPresent()) {
      core(new Observation.Tick());
    }
    if (work.wakeAt(state, now().minus(step)).filter(at -> !at.isAfter(now())).isPresent()) {
      inbox.add(new DistantObservation.Tick(Health.OK));
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
      DistantStep step = work.next(state, inbox.removeFirst(), now());
      state = step.state();
      step.actions().forEach(this::carryOut);
    }
    return did;
  }

  private void carryOut(DistantAction action) {
    switch (action) {
      case DistantAction.Report(var observation) -> {
        toCore.send(observation, now().plus(lag.get()));
        toCore.deliver(now(), this::core);
      }
      case DistantAction.Acknowledge(String id) -> {
        api.effect("POST " + id, () -> posted.add(id));
        story.add("POST " + id);
        inbox.add(new DistantObservation.Acknowledged(id, losesAnswers ? 0 : 200));
        core(
            new Observation.AcknowledgeAnswered(
                id, losesAnswers ? Answer.UNCLEAR : Answer.ACCEPTED, Optional.empty()));
      }
      case DistantAction.ReadNode() ->
          inbox.add(new DistantObservation.NodeRead(api.readNode(nodeName)));
      case DistantAction.Patch(var patch) ->
          inbox.add(new DistantObservation.Written(api.patchNode(nodeName, patch)));
      case DistantAction.Tell(var news) -> api.tell(news);
      case DistantAction.Trouble(String text) -> troubles.add(text);
    }
  }

  void core(Observation observation) {
    Watch before = watch;
    Transition step = lifecycle.next(watch, observation, now());
    watch = step.watch();
    var broken = Invariants.brokenBy(before, observation, step, lifecycle.settings());
    if (!broken.isEmpty()) {
      throw new AssertionError(broken + " after " + story);
    }
    List<Observation> answers = new ArrayList<>();
    for (Action action : step.actions()) {
      switch (action) {
        case Action.Enter(var entered) -> story.add(entered.word());
        case Action.ListHook(Hook hook) ->
            answers.add(
                new Observation.HookListed(
                    hook,
                    scripts.containsKey(hook)
                        ? List.of(List.of(PlannedScript.runs("10-own")))
                        : List.of()));
        case Action.RunScript run -> {
          story.add("hook " + run.hook().word());
          Optional.ofNullable(scripts.get(run.hook()))
              .ifPresent(
                  outcome ->
                      answers.add(
                          new Observation.ScriptEnded(
                              run.hook(), run.script(), run.attempt(), outcome)));
        }
        case Action.Acknowledge(String id, int attempt) ->
            tellWork(new DistantObservation.AcknowledgeAsked(id, journals));
        case Action.Summarize(var summary) -> story.add("summary " + summary.ending());
        default -> {}
      }
    }
    // as the daemon has it
    boolean asksOfTheNode = step.actions().stream().anyMatch(WatcherSide::isForTheNode);
    WatchNews news = WatchNews.of(before, watch);
    if (asksOfTheNode || news == WatchNews.CHANGED) {
      tellWork(new DistantObservation.Stepped(watch, Health.OK, Set.copyOf(scripts.keySet())));
    } else if (news == WatchNews.READ_AGAIN && state.goesByEachDocument()) {
      tellWork(new DistantObservation.ReadAgain(watch, Health.OK));
    }
    if (!watch.recorded()) {
      core(new Observation.Recorded());
    }
    answers.forEach(this::core);
  }

  private void tellWork(DistantObservation observation) {
    toWork.send(observation, now().plus(lag.get()));
    toWork.deliver(now(), inbox::add);
  }

  private static boolean isForTheNode(Action action) {
    return action instanceof Action.Cordon
        || action instanceof Action.StartEvictions
        || action instanceof Action.StopEvictions
        || action instanceof Action.Uncordon;
  }
}
