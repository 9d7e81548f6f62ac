package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A state of a small world, and all states that can follow: two events, two scripts, one operator,
 * one crash or reboot, answers in any order. Time stands still but for one leap beyond the
 * deadline.
 */
record SmallModel(
    Watch watch,
    Optional<Episode> durable,
    List<Observation> underWay,
    Platform first,
    Platform second,
    boolean cordoned,
    boolean late,
    boolean crashed,
    int operator,
    Optional<Way> way) {

  static final LifecycleSettings SETTINGS = LifecycleSettings.defaults();
  private static final Lifecycle LIFECYCLE = new Lifecycle(SETTINGS);
  private static final Machine MACHINE = new Machine("vm1", Optional.of("id-1"), "boot-1", false);
  private static final int MOST_UNDER_WAY = 3;

  /** What the platform says of one event. */
  enum Platform {
    NOT_YET,
    SCHEDULED,
    STARTED,
    GONE
  }

  /** How a state was come to, the last first. */
  record Way(String last, Optional<Way> before) {
    @Override
    public String toString() {
      return before.map(Object::toString).orElse("") + System.lineSeparator() + "  " + last;
    }
  }

  /** A state, and what broke on the way to it. */
  record Step(SmallModel next, List<Invariants.Violation> broken) {}

  static SmallModel start() {
    SmallModel empty =
        new SmallModel(
            Watch.idle(),
            Optional.empty(),
            List.of(),
            Platform.NOT_YET,
            Platform.NOT_YET,
            false,
            false,
            false,
            0,
            Optional.empty());
    return empty.fold("start", new Observation.DaemonStarted(MACHINE), false).next();
  }

  /** The same state reached by another way is the same state. */
  SmallModel withoutWay() {
    return new SmallModel(
        watch,
        durable,
        underWay,
        first,
        second,
        cordoned,
        late,
        crashed,
        operator,
        Optional.empty());
  }

  List<Step> following() {
    List<Step> steps = new ArrayList<>();
    for (Observation observation : underWay) {
      answers(observation)
          .forEach(
              answer -> steps.add(without(observation).fold(answer.toString(), answer, false)));
    }
    Observation poll = new Observation.DocumentRead(document());
    steps.add(fold("poll", poll, false));
    if (!crashed) {
      steps.add(fold("poll and die", poll, true));
      steps.add(new Step(restarted("boot-1"), List.of()));
      steps.add(new Step(restarted("boot-2"), List.of()));
    }
    platformMoves()
        .forEach(
            next ->
                steps.add(next.fold("read", new Observation.DocumentRead(next.document()), false)));
    if (operator == 0) {
      steps.add(
          with(operator + 1)
              .fold(
                  "by hand",
                  new Observation.OperatorDrain("1", "Reboot", Optional.empty()),
                  false));
    } else if (operator == 1) {
      steps.add(with(operator + 1).fold("resume", new Observation.OperatorResume(), false));
    }
    if (!late) {
      steps.add(
          new SmallModel(
                  watch, durable, underWay, first, second, cordoned, true, crashed, operator, way)
              .fold("late", new Observation.Tick(), false));
    }
    return steps;
  }

  private Stream<SmallModel> platformMoves() {
    Stream<SmallModel> ofFirst = moves(first).map(to -> with("A " + to, to, second));
    Stream<SmallModel> ofSecond = moves(second).map(to -> with("B " + to, first, to));
    return Stream.concat(ofFirst, ofSecond);
  }

  private static Stream<Platform> moves(Platform from) {
    return switch (from) {
      case NOT_YET -> Stream.of(Platform.SCHEDULED);
      case SCHEDULED -> Stream.of(Platform.STARTED, Platform.GONE);
      case STARTED -> Stream.of(Platform.GONE);
      case GONE -> Stream.of();
    };
  }

  private static Stream<Observation> answers(Observation asked) {
    return switch (asked) {
      case Observation.ScriptEnded(Hook hook, String name, int attempt, ScriptOutcome outcome) ->
          outcome instanceof ScriptOutcome.Ended
              ? Stream.of(asked)
              : Stream.of(
                  asked,
                  new Observation.ScriptEnded(hook, name, attempt, new ScriptOutcome.Exited(1)));
      case Observation.AcknowledgeAnswered(String id, var answer, var retryAfter) ->
          Stream.of(
              asked,
              new Observation.AcknowledgeAnswered(
                  id, Observation.AcknowledgeAnswered.Answer.UNCLEAR, retryAfter));
      default -> Stream.of(asked);
    };
  }

  private Instant now() {
    return late ? VirtualVm.START.plus(Duration.ofMinutes(20)) : VirtualVm.START;
  }

  private Document document() {
    List<ScheduledEvent> events = new ArrayList<>();
    add(events, Events.reboot("A"), first);
    add(events, Events.preempt("B"), second);
    return new Document(OptionalLong.empty(), events, now());
  }

  private static void add(List<ScheduledEvent> events, Events event, Platform platform) {
    if (platform == Platform.SCHEDULED) {
      events.add(event.event());
    } else if (platform == Platform.STARTED) {
      events.add(event.started().event());
    }
  }

  /** One observation, and what the shell answers at once: lists, records, evictions. */
  private Step fold(String what, Observation observation, boolean dies) {
    List<Invariants.Violation> broken = new ArrayList<>();
    List<Observation> later = new ArrayList<>(underWay);
    List<Observation> atOnce = new ArrayList<>(List.of(observation));
    Watch at = watch;
    boolean isCordoned = cordoned;
    while (!atOnce.isEmpty()) {
      Observation next = atOnce.removeFirst();
      Transition step = LIFECYCLE.next(at, next, now());
      broken.addAll(Invariants.brokenBy(at, next, step, SETTINGS, now()));
      at = step.watch();
      if (dies) {
        SmallModel dead =
            new SmallModel(
                at, at.episode(), later, first, second, isCordoned, late, true, operator, way);
        return new Step(dead.restarted("boot-1").then(what), broken);
      }
      for (Action action : step.actions()) {
        switch (action) {
          case Action.ListHook(Hook hook) -> atOnce.add(listed(hook));
          case Action.RunScript run ->
              later.add(
                  new Observation.ScriptEnded(
                      run.hook(), run.script(), run.attempt(), new ScriptOutcome.Exited(0)));
          case Action.EndScript end -> replaceByEnd(later, end);
          case Action.Cordon() -> {
            isCordoned = true;
            atOnce.add(new Observation.CordonDone(true));
          }
          case Action.Uncordon(boolean ours) -> {
            isCordoned &= !ours;
            atOnce.add(new Observation.UncordonDone());
          }
          case Action.StartEvictions ignored ->
              atOnce.add(new Observation.EvictionsEnded(List.of()));
          case Action.Acknowledge(String id, int attempt) ->
              later.add(
                  new Observation.AcknowledgeAnswered(
                      id, Observation.AcknowledgeAnswered.Answer.ACCEPTED, Optional.empty()));
          default -> {}
        }
      }
      if (!at.recorded() && atOnce.stream().noneMatch(Observation.Recorded.class::isInstance)) {
        atOnce.add(new Observation.Recorded());
      }
    }
    if (at.episode().isEmpty() && isCordoned) {
      broken.add(new Invariants.Violation("liveness", "stays cordoned"));
    }
    SmallModel next =
        new SmallModel(
            at,
            at.episode(),
            List.copyOf(later),
            first,
            second,
            isCordoned,
            late,
            crashed,
            operator,
            way);
    return new Step(next.then(what), broken);
  }

  private static Observation listed(Hook hook) {
    return new Observation.HookListed(
        hook,
        hook == Hook.PRE_STOP || hook == Hook.DRAIN
            ? List.of(List.of(PlannedScript.runs("10-a")))
            : List.of());
  }

  private static void replaceByEnd(List<Observation> later, Action.EndScript end) {
    later.replaceAll(
        each ->
            each instanceof Observation.ScriptEnded(Hook hook, String name, int attempt, var old)
                    && hook == end.hook()
                    && name.equals(end.script())
                ? new Observation.ScriptEnded(hook, name, attempt, new ScriptOutcome.Ended(true))
                : each);
  }

  boolean isWorthGoingOn() {
    return underWay.size() <= MOST_UNDER_WAY;
  }

  private SmallModel restarted(String bootId) {
    Machine machine = new Machine("vm1", Optional.of("id-1"), bootId, false);
    SmallModel dead =
        new SmallModel(
            Watch.resumedFrom(durable.map(ThroughJson::episode)),
            durable,
            List.of(),
            first,
            second,
            cordoned,
            late,
            true,
            operator,
            way);
    return dead.fold("start " + bootId, new Observation.DaemonStarted(machine), false).next();
  }

  private SmallModel then(String what) {
    return new SmallModel(
        watch,
        durable,
        underWay,
        first,
        second,
        cordoned,
        late,
        crashed,
        operator,
        Optional.of(new Way(what, way)));
  }

  private SmallModel without(Observation observation) {
    List<Observation> rest = new ArrayList<>(underWay);
    rest.remove(observation);
    return new SmallModel(
        watch, durable, List.copyOf(rest), first, second, cordoned, late, crashed, operator, way);
  }

  private SmallModel with(String what, Platform toFirst, Platform toSecond) {
    return new SmallModel(
            watch, durable, underWay, toFirst, toSecond, cordoned, late, crashed, operator, way)
        .then(what);
  }

  private SmallModel with(int nextOperator) {
    return new SmallModel(
        watch, durable, underWay, first, second, cordoned, late, crashed, nextOperator, way);
  }
}
