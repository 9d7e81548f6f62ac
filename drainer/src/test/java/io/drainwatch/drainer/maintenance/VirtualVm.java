package io.drainwatch.drainer.maintenance;

import io.drainwatch.drainer.record.EpisodeJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;

/**
 * A whole VM under virtual time: a platform whose document can be written at will, a shell that
 * does what the core says, scripts with a length and an exit code, a journal that survives a crash.
 * Every step of the core is checked against {@link Invariants}.
 */
public final class VirtualVm {
  public static final Instant START = Instant.parse("2026-06-01T08:00:00Z");

  private record Due(Instant at, long order, Runnable work) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
  private long order;

  public Machine machine;
  public LifecycleSettings settings;
  private Lifecycle lifecycle;
  private Watch watch;
  private Instant now = START;
  private Optional<Episode> durable = Optional.empty();
  private int generation;

  /** What the platform's document says now. */
  public final List<ScheduledEvent> platform = new ArrayList<>();

  /** How a poll is answered. */
  public enum Answers {
    DOCUMENT,
    EMPTY,
    ERROR
  }

  public Answers answers = Answers.DOCUMENT;
  public boolean diskFull;
  public boolean acknowledgementFails;

  /** Scripts by hook: name to behaviour. */
  private final Map<Hook, Map<String, Function<Integer, Behaviour>>> scripts = new HashMap<>();

  /** What one call of a script does; {@code takes} null: until it is ended. */
  public record Behaviour(Optional<Duration> takes, ScriptOutcome outcome, boolean ignoresTerm) {}

  public final List<String> log = new ArrayList<>();
  public final List<Action> actions = new ArrayList<>();
  public final List<Summary> summaries = new ArrayList<>();
  public final List<Invariants.Violation> violations = new ArrayList<>();
  public final List<String> posted = new ArrayList<>();
  private final Set<String> running = new HashSet<>();
  private final Map<String, Runnable> killers = new HashMap<>();

  public VirtualVm() {
    this(LifecycleSettings.defaults());
  }

  public VirtualVm(LifecycleSettings settings) {
    this.settings = settings;
    machine = new Machine("vm1", Optional.of("id-1"), "boot-1", true);
    lifecycle = new Lifecycle(settings);
    watch = Watch.idle();
  }

  public VirtualVm script(Hook hook, String name, String lasts, int exitCode) {
    return script(hook, name, call -> exits(lasts, exitCode));
  }

  public VirtualVm script(Hook hook, String name, Function<Integer, Behaviour> byCall) {
    scripts.computeIfAbsent(hook, key -> new java.util.TreeMap<>()).put(name, byCall);
    return this;
  }

  public VirtualVm endlessScript(Hook hook, String name) {
    return script(
        hook, name, call -> new Behaviour(Optional.empty(), new ScriptOutcome.Exited(0), false));
  }

  public static Behaviour exits(String lasts, int exitCode) {
    return new Behaviour(
        Optional.of(Duration.parse("PT" + lasts)), new ScriptOutcome.Exited(exitCode), false);
  }

  /** Starts the daemon and polls each second from now on. */
  public VirtualVm start() {
    generation++;
    lifecycle = new Lifecycle(settings);
    watch = Watch.resumedFrom(durable);
    observe(new Observation.DaemonStarted(machine));
    poll(generation);
    return this;
  }

  /** SIGKILL: everything that is not in the journal is lost, running scripts too. */
  public VirtualVm kill() {
    generation++;
    running.clear();
    killers.clear();
    log("killed");
    return this;
  }

  public VirtualVm reboot(String bootId) {
    kill();
    machine = new Machine(machine.vmName(), machine.vmId(), bootId, machine.deletedWhenEvicted());
    return this;
  }

  public VirtualVm become(Machine other) {
    kill();
    machine = other;
    return this;
  }

  public VirtualVm run(String duration) {
    Instant until = now.plus(Duration.parse("PT" + duration));
    while (!queue.isEmpty() && !queue.peek().at().isAfter(until)) {
      Due due = queue.poll();
      now = due.at().isAfter(now) ? due.at() : now;
      due.work().run();
    }
    now = until;
    return this;
  }

  /** The wall clock is stepped; what was to happen in so many seconds still does. */
  public VirtualVm stepClock(Duration by) {
    List<Due> all = new ArrayList<>(queue);
    queue.clear();
    all.forEach(due -> queue.add(new Due(due.at().plus(by), due.order(), due.work())));
    now = now.plus(by);
    return this;
  }

  public Instant now() {
    return now;
  }

  public Watch watch() {
    return watch;
  }

  public Optional<Episode> episode() {
    return watch.episode();
  }

  public Optional<Episode> durable() {
    return durable;
  }

  public Optional<MaintenanceState> state() {
    return watch.episode().map(Episode::state);
  }

  public Set<String> runningScripts() {
    return Set.copyOf(running);
  }

  /** One step of the core with everything the shell does because of it. */
  public void observe(Observation observation) {
    Watch before = watch;
    Transition step = lifecycle.next(before, observation, now);
    violations.addAll(Invariants.brokenBy(before, observation, step, settings));
    watch = step.watch();
    boolean written = append();
    List<String> unsent = new ArrayList<>();
    for (Action action : step.actions()) {
      if (action.needsRecord() && !written) {
        unsent.add(((Action.Acknowledge) action).eventId());
      } else {
        actions.add(action);
        perform(action, generation);
      }
    }
    if (!written) {
      later(Duration.ZERO, () -> observe(new Observation.NotRecorded("disk full", unsent)));
    } else if (!watch.recorded()) {
      later(Duration.ZERO, () -> observe(new Observation.Recorded()));
    }
    int running = generation;
    Timetable.next(watch, settings, now)
        .ifPresent(
            at -> queue.add(new Due(at, order++, () -> ifAlive(running, new Observation.Tick()))));
  }

  private boolean append() {
    if (durable.equals(watch.episode())) {
      return true;
    }
    if (diskFull) {
      return false;
    }
    // through JSON, as the real journal does
    durable =
        watch
            .episode()
            .map(EpisodeJson::write)
            .map(
                node ->
                    switch (EpisodeJson.read(node)) {
                      case EpisodeJson.Reading.Read(Episode read) -> read;
                      case EpisodeJson.Reading.Unreadable(String why) ->
                          throw new AssertionError(why);
                    });
    if (!durable.equals(watch.episode())) {
      throw new AssertionError("the record changes on its way through the journal");
    }
    return true;
  }

  private void perform(Action action, int running) {
    switch (action) {
      case Action.Enter(MaintenanceState state) -> log(state.word());
      case Action.ListHook(Hook hook) -> {
        List<List<PlannedScript>> rows =
            scripts.getOrDefault(hook, Map.of()).keySet().stream()
                .map(name -> List.of(PlannedScript.runs(name)))
                .toList();
        soon(running, new Observation.HookListed(hook, rows));
      }
      case Action.RunScript run -> call(run, running);
      case Action.WouldRun(Hook hook, String script) ->
          log("would run " + hook.word() + "/" + script);
      case Action.EndScript end -> end(end);
      case Action.RefreshContext() -> {}
      case Action.Cordon() -> {
        log("cordon");
        soon(running, new Observation.CordonDone(true));
      }
      case Action.StartEvictions start -> soon(running, new Observation.EvictionsEnded(List.of()));
      case Action.StopEvictions() -> {}
      case Action.Uncordon(boolean ours) -> {
        log("uncordon" + (ours ? "" : " nothing"));
        soon(running, new Observation.UncordonDone());
      }
      case Action.Acknowledge(String eventId, int attempt) -> {
        log("acknowledge " + eventId + " #" + attempt);
        posted.add(eventId);
        soon(
            running,
            new Observation.AcknowledgeAnswered(
                eventId,
                acknowledgementFails
                    ? Observation.AcknowledgeAnswered.Answer.UNCLEAR
                    : Observation.AcknowledgeAnswered.Answer.ACCEPTED,
                Optional.empty()));
      }
      case Action.Notify(Reason reason, String detail) -> log("! " + reason + " " + detail);
      case Action.SetAside(Episode foreign) -> log("set aside " + foreign.id());
      case Action.Summarize(Summary summary) -> {
        log("summary " + summary.ending());
        summaries.add(summary);
      }
    }
  }

  private void call(Action.RunScript run, int alive) {
    String name = run.hook().word() + "/" + run.script();
    log(name + " #" + run.attempt() + (run.checkStatus() ? " check" : ""));
    running.add(name);
    Behaviour behaviour =
        scripts.getOrDefault(run.hook(), Map.of()).get(run.script()).apply(run.attempt());
    behaviour
        .takes()
        .ifPresent(
            takes ->
                later(
                    takes,
                    () -> {
                      if (alive == generation && running.remove(name)) {
                        observe(
                            new Observation.ScriptEnded(
                                run.hook(), run.script(), run.attempt(), behaviour.outcome()));
                      }
                    }));
    killers.put(
        name,
        () -> {
          if (alive == generation && running.remove(name)) {
            observe(
                new Observation.ScriptEnded(
                    run.hook(), run.script(), run.attempt(), new ScriptOutcome.Ended(true)));
          }
        });
  }

  private void end(Action.EndScript end) {
    String name = end.hook().word() + "/" + end.script();
    log("end " + name + " within " + end.grace().toSeconds() + " s");
    Runnable killer = killers.remove(name);
    if (killer != null) {
      later(Duration.ofMillis(50), killer);
    }
  }

  private void poll(int running) {
    if (running != generation) {
      return;
    }
    switch (answers) {
      case DOCUMENT ->
          observe(
              new Observation.DocumentRead(
                  new Document(OptionalLong.of(1), List.copyOf(platform), now)));
      case EMPTY -> observe(new Observation.EmptyAnswer());
      case ERROR -> observe(new Observation.ReadFailed());
    }
    later(Duration.ofSeconds(1), () -> poll(running));
  }

  private void soon(int running, Observation observation) {
    later(Duration.ofMillis(1), () -> ifAlive(running, observation));
  }

  private void ifAlive(int running, Observation observation) {
    if (running == generation) {
      observe(observation);
    }
  }

  private void later(Duration delay, Runnable work) {
    queue.add(new Due(now.plus(delay), order++, work));
  }

  private void log(String line) {
    log.add(line);
  }

  /** The log without what is only said. */
  public List<String> deeds() {
    return log.stream().filter(line -> !line.startsWith("!")).toList();
  }

  public boolean said(Reason reason) {
    return log.stream().anyMatch(line -> line.startsWith("! " + reason + " "));
  }
}
