package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Lets one history happen to a virtual VM, and then everything become well again. */
final class HistoryRun {
  private static final List<String> TYPES =
      List.of(
          "Freeze",
          "Freeze",
          "Reboot",
          "Reboot",
          "Redeploy",
          "Preempt",
          "Terminate",
          "HostUpdate",
          "SpotRebalanceRecommendation");
  private static final int MINUTES_UNTIL_ALL_IS_OVER = 45;

  private final History history;
  private final VirtualVm vm;
  private final List<ScheduledEvent> removed = new ArrayList<>();
  private final Set<String> begun = new LinkedHashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> setAside = new LinkedHashSet<>();
  private final SplittableRandom tickDice;
  private boolean misbehaves = true;
  private int names;
  private int boots = 1;
  int steps;

  HistoryRun(History history) {
    this.history = history;
    SplittableRandom dice = new SplittableRandom(history.seed());
    LifecycleSettings settings = RandomSetup.settings(dice);
    vm = RandomSetup.vm(history.seed(), settings);
    RandomSetup.scripts(vm, dice, () -> misbehaves);
    vm.polls = false;
    vm.jsonAtEachAppend = false;
    vm.onlooker = this::stepped;
    tickDice = dice.split();
  }

  /** Words for what happened in it. */
  Set<String> seen() {
    return seen;
  }

  VirtualVm vm() {
    return vm;
  }

  private void stepped(Watch before, Observation observation, Transition step, Instant now) {
    steps++;
    vm.durable().map(Episode::id).ifPresent(begun::add);
    for (Action action : step.actions()) {
      look(action, step.watch());
    }
    checkTheSameAgain(step.watch(), now);
    if (tickDice.nextInt(4) == 0) {
      checkNothingHappensBeforeTheAlarm(step.watch(), now);
    }
  }

  private void look(Action action, Watch watch) {
    seen.add(
        switch (action) {
          case Action.Notify(Reason reason, String detail) -> reason.name();
          case Action.Summarize(Summary summary) -> summary.ending() + " " + summary.drain();
          case Action.RunScript run -> run.hook().name();
          case Action.Enter(MaintenanceState state) -> state.name();
          default -> action.getClass().getSimpleName();
        });
    if (action instanceof Action.SetAside(Episode foreign)) {
      setAside.add(foreign.id());
    }
    watch
        .episode()
        .ifPresent(
            episode -> {
              if (episode.owesStart()) {
                seen.add("owes start");
              }
              if (episode.owesUncordon()) {
                seen.add("owes uncordon");
              }
              if (episode.state() == MaintenanceState.MAINTENANCE_STARTED
                  && episode.evictions() == Episode.Step.BEGUN) {
                seen.add("evicts after the start");
              }
            });
  }

  /** Until the moment of the timetable, time alone changes nothing. */
  private void checkNothingHappensBeforeTheAlarm(Watch watch, Instant now) {
    Instant next = Timetable.next(watch, vm.settings, now).orElse(now.plus(Duration.ofDays(1)));
    long millis = Math.max(1, Duration.between(now, next).toMillis());
    Instant at = now.plusMillis(tickDice.nextBoolean() ? 0 : tickDice.nextLong(millis));
    Transition idle = new Lifecycle(vm.settings).next(watch, new Observation.Tick(), at);
    if (!idle.actions().isEmpty() || !idle.watch().equals(watch)) {
      vm.violations.add(
          new Invariants.Violation(
              "timetable", "at " + at + ", before " + next + ": " + idle.actions()));
    }
  }

  /** The short way for an idle machine ends where the long one does. */
  private void checkTheSameAgain(Watch watch, Instant now) {
    Instant next = now.plusSeconds(1);
    check(watch, new Document(OptionalLong.of(7), List.of(), next), next);
    check(watch, new Document(OptionalLong.of(7), List.of(), next), next.plusSeconds(3_600));
    List<ScheduledEvent> events = List.of(Events.reboot("SAME").naming("vm1").event());
    check(watch, new Document(OptionalLong.of(7), events, next), next);
  }

  private void check(Watch watch, Document read, Instant later) {
    Observation document = new Observation.DocumentRead(read);
    Optional<Watch> same = SameAgain.of(watch, document, later);
    if (same.isPresent()) {
      seen.add("the same again");
      Transition whole = new Lifecycle(vm.settings).look(watch, document, later);
      if (!whole.equals(new Transition(same.get(), List.of()))) {
        vm.violations.add(
            new Invariants.Violation(
                "the same again", "for " + watch + ": " + same + " instead of " + whole));
      }
    }
  }

  /** Plays the moves; what is broken stands in {@link VirtualVm#violations}. */
  HistoryRun play() {
    try {
      vm.start();
      history.moves().forEach(this::play);
    } catch (RuntimeException e) {
      vm.violations.add(new Invariants.Violation("throws", e + " at " + e.getStackTrace()[0]));
    }
    return this;
  }

  /** The platform is done, everything works: every episode ends, nothing stays behind. */
  HistoryRun thenAllIsWell() {
    misbehaves = false;
    vm.platform.clear();
    vm.answers = VirtualVm.Answers.DOCUMENT;
    vm.diskFull = false;
    vm.acknowledgementFails = false;
    vm.crash = Optional.empty();
    vm.node.left = List.of();
    vm.node.evictionsTake = Optional.of(Duration.ofSeconds(1));
    try {
      vm.run(Duration.ofSeconds(1)).poll(); // what could not be written is written
      vm.polls = true;
      restart(vm.kill());
      vm.observe(new Observation.OperatorResume());
      for (int minutes = 0; minutes < MINUTES_UNTIL_ALL_IS_OVER; minutes++) {
        if (vm.episode().isPresent() || !vm.peers().isIdle()) {
          vm.run(Duration.ofMinutes(1));
        }
      }
    } catch (RuntimeException e) {
      vm.violations.add(new Invariants.Violation("throws", e + " at " + e.getStackTrace()[0]));
    }
    vm.episode()
        .ifPresent(
            left ->
                vm.violations.add(new Invariants.Violation("liveness", "does not end: " + left)));
    if (!vm.peers().isIdle()) {
      vm.violations.add(new Invariants.Violation("liveness", "does not end: " + vm.peers()));
    }
    if (vm.node.isCordonedByUs()) {
      vm.violations.add(new Invariants.Violation("liveness", "stays cordoned by us"));
    }
    begun.stream()
        .filter(id -> !setAside.contains(id) && !vm.history.containsKey(id))
        .forEach(id -> vm.violations.add(new Invariants.Violation("I9", "no summary of " + id)));
    return this;
  }

  private void play(History.Move move) {
    SplittableRandom dice = new SplittableRandom(move.dice());
    switch (move.kind()) {
      case POLL -> poll(VirtualVm.Answers.DOCUMENT);
      case WAIT -> vm.run(pause(dice));
      case EVENT_COMES -> vm.platform.add(event(dice));
      case EVENT_STARTS ->
          change(dice, event -> with(event, EventStatus.STARTED, Optional.empty()));
      case EVENT_GOES -> {
        if (!vm.platform.isEmpty()) {
          removed.add(vm.platform.remove(dice.nextInt(vm.platform.size())));
        }
      }
      case EVENT_IS_BACK -> {
        if (!removed.isEmpty()) {
          vm.platform.add(removed.remove(dice.nextInt(removed.size())));
        }
      }
      case EVENT_MOVES -> change(dice, event -> with(event, event.status(), notBefore(dice)));
      case EVENT_IS_ODD ->
          change(dice, event -> with(event, EventStatus.UNKNOWN, event.notBefore()));
      case ALL_GONE -> vm.platform.clear();
      case EMPTY_ANSWER -> poll(VirtualVm.Answers.EMPTY);
      case EMPTY_RUN -> {
        for (int i = 0; i < 15; i++) {
          poll(VirtualVm.Answers.EMPTY);
          vm.run(Duration.ofSeconds(10));
        }
      }
      case ERROR -> poll(VirtualVm.Answers.ERROR);
      case STALE_DOCUMENT -> poll(VirtualVm.Answers.STALE);
      case KILL -> restart(vm.kill());
      case DIE_IN_A_STEP -> {
        CrashPoint.Moment[] moments = CrashPoint.Moment.values();
        vm.crash =
            Optional.of(
                new CrashPoint(
                    vm.changes() + dice.nextInt(3), moments[dice.nextInt(moments.length)]));
      }
      case REBOOT -> restart(vm.reboot("boot-" + ++boots));
      case BECOME_ANOTHER -> becomeAnother(dice);
      case DISK -> vm.diskFull = dice.nextInt(3) == 0;
      case APPROVALS -> vm.acknowledgementFails = dice.nextBoolean();
      case CLOCK -> vm.stepClock(Duration.ofSeconds(dice.nextInt(-4_000, 4_000)));
      case CLOCK_WHILE_DOWN ->
          restart(vm.kill().stepClock(Duration.ofSeconds(dice.nextInt(-4_000, 4_000))));
      case SOMEONE_UNCORDONS -> {
        if (vm.node.isCordoned()) {
          vm.node.uncordonByOthers();
          tell(vm.foreignUncordon());
        }
      }
      case SOMEONE_CORDONS -> {
        // A cordon stands or does not, whose it is only a Node can say: where a Node was made anew
        // on the way back its own marks do (NodeSuccessionTest, history 7358), not the core.
        if (!recordCallsItOurs() && !isOursAsFarAsIsKnown()) {
          vm.node.cordonByOthers();
        }
      }
      case NODE_IS_MADE_ANEW -> {
        vm.node.uncordonByOthers();
        tell(new Observation.NodeReplaced(true));
      }
      case NODE_IS_GONE -> {
        vm.node.uncordonByOthers();
        tell(new Observation.NodeGone());
      }
      case MACHINE_IS_FOUND ->
          tell(
              new Observation.MachineFound(
                  MachineFate.values()[dice.nextInt(MachineFate.values().length)]));
      case PODS_APPEAR -> tell(new Observation.PodsAppeared(List.of("shop/web-1")));
      case DRAIN_BY_HAND ->
          tell(
              new Observation.OperatorDrain(
                  "r" + ++names,
                  "Reboot",
                  dice.nextBoolean() ? Optional.of(Duration.ofMinutes(5)) : Optional.empty()));
      case RESUME -> tell(new Observation.OperatorResume());
      case GROUP -> tell(new Observation.GroupSeen(group(dice)));
      case EVICTIONS -> {
        vm.node.left = dice.nextInt(4) == 0 ? List.of("default/web-1: PDB") : List.of();
        vm.node.evictionsTake =
            dice.nextInt(5) == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(1 + dice.nextInt(20_000)));
      }
    }
    if (!vm.isAlive()) {
      restart(vm);
    }
  }

  private void restart(VirtualVm dead) {
    vm.crash = Optional.empty();
    if (vm.recordIsBehind() && vm.durable().filter(this::knowsOurCordon).isEmpty()) {
      vm.node.uncordonByOthers(); // of what could not be written nothing can be promised
    }
    dead.run(Duration.ofSeconds(2));
    dead.start();
    if (recordCallsItOurs() && !vm.node.isCordoned()) {
      tell(vm.foreignUncordon());
    }
  }

  private boolean knowsOurCordon(Episode record) {
    return record.machine().isSameAs(vm.machine)
        && record.uncordon() != Episode.Step.DONE
        && (record.cordonOurs() || record.cordon() == Episode.Step.BEGUN);
  }

  private boolean recordCallsItOurs() {
    return vm.durable().filter(HistoryRun::isOurs).isPresent();
  }

  // where the record could not be written
  private boolean isOursAsFarAsIsKnown() {
    return vm.isAlive() && vm.episode().filter(HistoryRun::isOurs).isPresent();
  }

  private static boolean isOurs(Episode episode) {
    return episode.uncordon() != Episode.Step.DONE && episode.cordonOurs();
  }

  private void becomeAnother(SplittableRandom dice) {
    vm.become(
        new Machine("vm1", Optional.of("id-" + dice.nextInt(1_000_000)), "boot-" + ++boots, true));
    vm.node.uncordonByOthers();
    restart(vm);
  }

  private void tell(Observation observation) {
    if (vm.isAlive()) {
      vm.observe(observation);
    }
  }

  private void poll(VirtualVm.Answers answer) {
    vm.answers = answer;
    if (vm.isAlive()) {
      vm.poll();
    }
    vm.run(Duration.ofMillis(50));
  }

  private static List<GroupMember> group(SplittableRandom dice) {
    return Stream.of("vm1", "vm2", "vm3")
        .filter(name -> dice.nextInt(4) > 0)
        .map(name -> new GroupMember(name, "id", "b" + dice.nextInt(2), dice.nextInt(4) > 0))
        .toList();
  }

  private static Duration pause(SplittableRandom dice) {
    int[] millis = {300, 1_000, 1_000, 3_000, 10_000, 40_000, 300_000, 1_800_000};
    return Duration.ofMillis(millis[dice.nextInt(millis.length)]);
  }

  private ScheduledEvent event(SplittableRandom dice) {
    String type = TYPES.get(dice.nextInt(TYPES.size()));
    Events event =
        Events.of(type, "E" + ++names)
            .from(EventSource.values()[dice.nextInt(2)])
            .lasting(dice.nextInt(20));
    event =
        switch (dice.nextInt(6)) {
          case 0 -> event.naming("vm1", "vm2");
          case 1 -> event.naming("vm2", "VM1");
          case 2 -> event.naming("vm2", "vm3");
          default -> event;
        };
    if (dice.nextInt(8) == 0) {
      event = event.started();
    } else if (notBefore(dice).isPresent()) {
      event = event.at(notBefore(dice).orElse(vm.now()));
    }
    return event.event();
  }

  private Optional<Instant> notBefore(SplittableRandom dice) {
    int[] seconds = {-60, 3, 30, 300, 900, 900, 900, 7_200, 600_000};
    int pick = dice.nextInt(seconds.length + 1);
    return pick == seconds.length
        ? Optional.empty()
        : Optional.of(vm.now().plusSeconds(seconds[pick]));
  }

  private void change(
      SplittableRandom dice, java.util.function.UnaryOperator<ScheduledEvent> change) {
    if (!vm.platform.isEmpty()) {
      int which = dice.nextInt(vm.platform.size());
      vm.platform.set(which, change.apply(vm.platform.get(which)));
    }
  }

  private static ScheduledEvent with(
      ScheduledEvent event, EventStatus status, Optional<Instant> notBefore) {
    return new ScheduledEvent(
        event.id().toLowerCase(Locale.ROOT),
        true,
        event.type(),
        status,
        event.source(),
        event.resourceType(),
        event.resources(),
        notBefore,
        event.duration(),
        event.description(),
        event.raw());
  }
}
