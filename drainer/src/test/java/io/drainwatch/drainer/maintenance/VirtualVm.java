package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A whole VM under virtual time: a platform whose document can be written at will, a shell that
 * does what the core says, scripts with a length and an exit code, a journal that survives a crash.
 * Every step of the core is checked against {@link Invariants}, and what the shell is made to do
 * against the world: what is on disk when a request leaves, who cordoned the node.
 */
public final class VirtualVm {
  public static final Instant START = Instant.parse("2026-06-01T08:00:00Z");

  private final VirtualTime time = new VirtualTime(START, () -> observe(new Observation.Tick()));
  public Machine machine;
  public LifecycleSettings settings;
  private Lifecycle lifecycle;
  private Watch watch;
  private WatchRecord durable = WatchRecord.EMPTY;
  private int generation;
  private boolean alive;
  private boolean recordIsBehind;

  /** What the platform's document says now. */
  public final List<ScheduledEvent> platform = new ArrayList<>();

  /** How a poll is answered. */
  public enum Answers {
    DOCUMENT,
    /** A document that was read a minute ago. */
    STALE,
    EMPTY,
    ERROR
  }

  public Answers answers = Answers.DOCUMENT;
  public boolean diskFull;
  public boolean acknowledgementFails;

  /** By the id of the event; the answer arrives a moment later. */
  public Function<String, Observation> acknowledgeAnswers =
      id -> VirtualShell.answerOfThePlatform(id, acknowledgementFails);

  /** Records go through JSON at every append, as the real journal does; else at a start only. */
  public boolean jsonAtEachAppend = true;

  static final Duration A_MOMENT = Duration.ofMillis(1);
  private static final Duration EACH_SECOND = Duration.ofSeconds(1);
  private static final Duration SELDOM = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofHours(1);
  private Duration pollInterval = EACH_SECOND;

  /** Polls each second, in the first hours of a long run every ten; else only when told to. */
  public boolean polls = true;

  /** How often so far. */
  public int polled;

  /** Until what the shell was made to do is answered. */
  public Supplier<Duration> lag = () -> A_MOMENT;

  public Optional<CrashPoint> crash = Optional.empty();
  private int changes;

  public final VirtualNode node = new VirtualNode();
  private final VirtualScripts scripts = new VirtualScripts();
  private final VirtualShell shell = new VirtualShell(this, scripts);

  /** What one call of a script does; {@code takes} empty: until it is ended. */
  public record Behaviour(Optional<Duration> takes, ScriptOutcome outcome, boolean ignoresTerm) {}

  public final List<String> log = new ArrayList<>();
  public final List<Action> actions = new ArrayList<>();
  public final List<Invariants.Violation> violations = new ArrayList<>();
  public final List<String> posted = new ArrayList<>();

  /** By episode id, as the history keeps them: put away before the record is written, once. */
  public final Map<String, Summary> history = new LinkedHashMap<>();

  public final List<Summary> summaries = new ArrayList<>();

  /** Told of each step, after the core and before the shell. */
  public interface Onlooker {
    void stepped(Watch before, Observation observation, Transition step, Instant now);
  }

  public Onlooker onlooker = (before, observation, step, at) -> {};

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
    scripts.add(hook, name, (ignored, call) -> byCall.apply(call));
    return this;
  }

  public VirtualVm endlessScript(Hook hook, String name) {
    return script(
        hook, name, call -> new Behaviour(Optional.empty(), new ScriptOutcome.Exited(0), false));
  }

  public VirtualVm listing(Hook hook, List<List<PlannedScript>> rows) {
    scripts.listing(hook, rows);
    return this;
  }

  public static Behaviour exits(String lasts, int exitCode) {
    return new Behaviour(
        Optional.of(Duration.parse("PT" + lasts)), new ScriptOutcome.Exited(exitCode), false);
  }

  /** Starts the daemon and polls each second from now on. */
  public VirtualVm start() {
    generation++;
    alive = true;
    lifecycle = new Lifecycle(settings);
    durable = ThroughJson.record(durable);
    watch = Watch.resumedFrom(durable);
    observe(new Observation.DaemonStarted(machine));
    if (polls) {
      pollAgainAndAgain(generation);
    }
    return this;
  }

  /** Starts it with this on the disk, whoever wrote it. */
  VirtualVm goOnFrom(WatchRecord found) {
    durable = found;
    return start();
  }

  /** SIGKILL: everything that is not in the journal is lost, running scripts too. */
  public VirtualVm kill() {
    generation++;
    alive = false;
    time.alarm(Optional.empty());
    scripts.killAll();
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

  /** Of starts and kills: what was begun in an earlier one is nobody's any more. */
  int generation() {
    return generation;
  }

  public boolean isAlive() {
    return alive;
  }

  /** Things were done that the record does not know, because the disk is full or was. */
  public boolean recordIsBehind() {
    return recordIsBehind;
  }

  /** How often the record was changed. */
  public int changes() {
    return changes;
  }

  public VirtualVm run(String duration) {
    return run(Duration.parse("PT" + duration));
  }

  public VirtualVm run(Duration duration) {
    if (duration.compareTo(LONG) > 0) { // a poll a second for days is a minute of every build
      pollInterval = SELDOM;
      time.run(duration.minus(LONG));
      pollInterval = EACH_SECOND;
      time.run(LONG);
    } else {
      time.run(duration);
    }
    return this;
  }

  /** Something that happens on the platform, whether or not the daemon lives. */
  public VirtualVm after(String delay, Runnable work) {
    later(Duration.parse("PT" + delay), work);
    return this;
  }

  /**
   * The wall clock is stepped; what was to happen in so many seconds still does. The daemon notices
   * it before anything else, unless it is down.
   */
  public VirtualVm stepClock(Duration by) {
    time.step(by);
    if (alive) {
      observe(new Observation.ClockStepped(by));
    }
    return this;
  }

  public Instant now() {
    return time.now();
  }

  public Watch watch() {
    return watch;
  }

  public Optional<Episode> episode() {
    return watch.episode();
  }

  public Optional<Episode> durable() {
    return durable.episode();
  }

  public Peers peers() {
    return watch.peers();
  }

  public Optional<MaintenanceState> state() {
    return watch.episode().map(Episode::state);
  }

  /** Of the cordon that stands or stood. */
  public Observation foreignUncordon() {
    return new Observation.ForeignUncordon(episode().map(Episode::id).orElse("none"));
  }

  public Set<String> runningScripts() {
    return scripts.running();
  }

  /** One step of the core with everything the shell does because of it. */
  public void observe(Observation observation) {
    Watch before = watch;
    Instant now = time.now();
    Transition step = lifecycle.next(before, observation, now);
    violations.addAll(Invariants.brokenBy(before, observation, step, settings, now));
    onlooker.stepped(before, observation, step, now);
    watch = step.watch();
    putAway(step.actions());
    boolean isChange = !durable.equals(watch.record());
    if (isChange && crashes(CrashPoint.Moment.BEFORE_APPEND)) {
      return;
    }
    boolean isTried = isChange && !(observation instanceof Observation.NotRecorded);
    recordIsBehind |= isTried && diskFull;
    if (isTried && !diskFull) {
      recordIsBehind = false;
      durable = jsonAtEachAppend ? ThroughJson.record(watch.record()) : watch.record();
      if (!durable.equals(watch.record())) {
        throw new AssertionError("the record changes on its way through the journal");
      }
    }
    if (isChange && crashes(CrashPoint.Moment.BEFORE_ACTIONS)) {
      return;
    }
    List<String> unsent = perform(step.actions());
    if (isChange && crashes(CrashPoint.Moment.AFTER_ACTIONS)) {
      return;
    }
    changes += isChange ? 1 : 0;
    tellWhatIsOnDisk(isTried, unsent);
    time.alarm(Timetable.next(watch, settings, now));
  }

  private boolean crashes(CrashPoint.Moment moment) {
    if (crash.filter(new CrashPoint(changes, moment)::equals).isEmpty()) {
      return false;
    }
    changes++;
    kill();
    return true;
  }

  private void putAway(List<Action> all) {
    for (Action action : all) {
      if (action instanceof Action.Summarize(Summary summary)
          && history.putIfAbsent(summary.episode(), summary) == null) {
        summaries.add(summary);
      }
    }
  }

  private void tellWhatIsOnDisk(boolean isTried, List<String> unsent) {
    if (durable.equals(watch.record())) {
      if (!watch.recorded()) {
        soon(Duration.ZERO, Observation.Recorded::new);
      }
    } else if (isTried || !unsent.isEmpty()) {
      soon(Duration.ZERO, () -> new Observation.NotRecorded("disk full", unsent));
    }
  }

  private List<String> perform(List<Action> all) {
    List<String> unsent = new ArrayList<>();
    for (Action action : all) {
      if (action.needsRecord() && !durable.equals(watch.record())) {
        unsent.add(((Action.Acknowledge) action).eventId());
      } else {
        actions.add(action);
        shell.perform(action);
      }
    }
    return unsent;
  }

  private void pollAgainAndAgain(int living) {
    if (living == generation) {
      poll();
      later(pollInterval, () -> pollAgainAndAgain(living));
    }
  }

  public void poll() {
    polled++;
    switch (answers) {
      case DOCUMENT -> observe(new Observation.DocumentRead(documentReadAt(time.now())));
      case STALE ->
          observe(
              new Observation.DocumentRead(
                  documentReadAt(time.now().minus(Duration.ofMinutes(1)))));
      case EMPTY -> observe(new Observation.EmptyAnswer());
      case ERROR -> observe(new Observation.ReadFailed());
    }
  }

  private Document documentReadAt(Instant readAt) {
    return new Document(OptionalLong.of(1), List.copyOf(platform), readAt);
  }

  void soon(Supplier<Observation> observation) {
    soon(lag.get(), observation);
  }

  private void soon(Duration delay, Supplier<Observation> observation) {
    int living = generation;
    later(
        delay,
        () -> {
          if (living == generation) {
            observe(observation.get());
          }
        });
  }

  void later(Duration delay, Runnable work) {
    time.later(delay, work);
  }

  void log(String line) {
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
