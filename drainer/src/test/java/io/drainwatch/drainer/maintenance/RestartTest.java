package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** lifecycle.md, "Restart of the daemon or the VM anywhere". */
class RestartTest extends Scenario {

  /** Brings the machine to a state and leaves it there. */
  private void bringTo(MaintenanceState state) {
    scriptInEveryHook();
    if (state == MaintenanceState.MAINTENANCE_SCHEDULED) {
      with(Rules.forType("Reboot").startBefore("5M"));
      scriptInEveryHook();
    } else if (state == MaintenanceState.CORDONED) {
      vm.endlessScript(Hook.CORDON, "10-a");
    } else if (state == MaintenanceState.DRAINING) {
      vm.endlessScript(Hook.DRAIN, "10-a");
    } else if (state == MaintenanceState.RUNNING) {
      vm.script(Hook.RUNNING, "10-a", "30S", 0);
    } else if (state == MaintenanceState.UNCORDONED) {
      vm.script(Hook.UNCORDON, "10-a", "30S", 0);
    }
    platform(Events.reboot("A"));
    vm.start().run("20S");
    if (!state.isBefore(MaintenanceState.MAINTENANCE_STARTED)) {
      platform(Events.reboot("A").started());
      vm.run("10S");
    }
    if (!state.isBefore(MaintenanceState.RUNNING)) {
      platform();
      vm.run("10S");
    }
    assertThat(vm.state()).contains(state);
  }

  @ParameterizedTest
  @EnumSource(MaintenanceState.class)
  void resumesWhereTheRecordSaysAfterAKillOfTheDaemon(MaintenanceState state) {
    bringTo(state);
    Episode before = episode();
    vm.kill().run("5S").start();
    assertThat(vm.state()).contains(state);
    assertThat(episode().deadline()).isEqualTo(before.deadline());
    assertThat(episode().id()).isEqualTo(before.id());
    platform();
    vm.run("2M");
    assertThat(vm.summaries).hasSize(1);
    assertThat(vm.node.isCordoned()).isFalse();
    assertThat(calls().stream().filter("pre-stop/10-a #1"::equals)).hasSizeLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(MaintenanceState.class)
  void resumesWhereTheRecordSaysAfterARebootOfTheMachine(MaintenanceState state) {
    bringTo(state);
    vm.reboot("boot-2").run("1M").start();
    assertThat(vm.state()).contains(state);
    assertThat(vm.said(Reason.REBOOTED)).isTrue();
    platform();
    vm.run("2M");
    assertThat(summary().rebooted()).isTrue();
    assertThat(summary().ending()).isEqualTo(Summary.Ending.RETURNED);
    assertThat(vm.node.isCordoned()).isFalse();
  }

  @Test
  void resumesWithRecordedDeadlineAfterKill() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("13M");
    vm.kill().run("10S").start().run("51S");
    assertThat(episode().deadline()).contains(at("14M"));
    assertThat(calls()).endsWith("drain/10-a #2", "end drain/10-a within 10 s");
  }

  @Test
  void doesNotRepeatFinishedHooks() {
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("5S");
    assertThat(calls()).contains("drain/10-a #1");
    vm.kill().start().run("30S");
    assertThat(calls().stream().filter("pre-stop/10-a #1"::equals)).hasSize(1);
    assertThat(calls().stream().filter("cordon/10-a #1"::equals)).hasSize(1);
    assertThat(calls()).contains("drain/10-a #2", "post-stop/10-a #1");
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  void startsNothingAfterARebootBeforeADocumentCame() {
    scriptInEveryHook();
    vm.node.evictionsTake = Optional.empty();
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("10S");
    int calls = calls().size();
    vm.reboot("boot-2").run("30S");
    vm.answers = VirtualVm.Answers.ERROR;
    vm.start().run("2M");
    assertThat(calls()).hasSize(calls);
    vm.answers = VirtualVm.Answers.DOCUMENT;
    vm.run("5S");
    assertThat(calls()).endsWith("evict until " + at("14M"), "drain/10-a #2");
  }

  @Test
  void sendsNothingAfterARebootBeforeADocumentCame() {
    vm.acknowledgementFails = true;
    platform(Events.reboot("A"));
    vm.start().run("10S");
    vm.reboot("boot-2").run("30S");
    vm.answers = VirtualVm.Answers.ERROR;
    vm.posted.clear();
    vm.start().run("2M");
    assertThat(vm.posted).isEmpty();
  }

  @Test
  void countsTheDeadlineOnWhileItWaitsForADocument() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("10S");
    vm.reboot("boot-2").run("30S");
    vm.answers = VirtualVm.Answers.ERROR;
    vm.start().run("20M");
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.DEADLINE_REACHED);
    platform();
    vm.answers = VirtualVm.Answers.DOCUMENT;
    vm.run("1M");
    assertThat(summary().ending()).isEqualTo(Summary.Ending.RETURNED);
  }

  @Test
  void doesNotBeginEvictionsAgainWhileTheEventIsMissing() {
    vm.node.evictionsTake = Optional.empty();
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform();
    vm.run("1S");
    int calls = calls().size();
    vm.answers = VirtualVm.Answers.ERROR;
    vm.kill().start().run("1M");
    assertThat(calls()).hasSize(calls);
  }

  @Test
  void staysWhereItIsWhenTheStartedEventStillStandsAfterTheReboot() {
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("30S");
    platform(Events.reboot("A").started());
    vm.run("10S").reboot("boot-2").run("2M").start().run("10M");
    assertThat(vm.state()).contains(MaintenanceState.MAINTENANCE_STARTED);
    assertThat(vm.node.isCordonedByUs()).isTrue();
  }

  @Test
  void sendsTheSameIdAgainWhenItDiedOverTheRequest() {
    platform(Events.reboot("A"));
    vm.polls = false;
    vm.start().poll();
    vm.onlooker =
        (before, observation, step, at) -> {
          if (step.actions().stream().anyMatch(Action.Acknowledge.class::isInstance)) {
            vm.crash = Optional.of(new CrashPoint(vm.changes(), CrashPoint.Moment.AFTER_ACTIONS));
          }
        };
    vm.run("5S");
    assertThat(vm.isAlive()).isFalse();
    vm.onlooker = (before, observation, step, at) -> {};
    vm.start().run("5S");
    assertThat(vm.posted).as("nobody knows whether the event still stands").containsExactly("A");
    vm.poll();
    vm.run("5S");
    assertThat(vm.posted).containsExactly("A", "A");
  }

  @Test
  @DisplayName("I7 after a restart nothing starts before a document tells that the event stands")
  void startsNothingBeforeItIsKnownThatTheEventStands() {
    vm.node.evictionsTake = Optional.empty();
    platform(Events.reboot("A"));
    vm.start().run("10S");
    for (String how : List.of("kill", "reboot")) {
      vm = how.equals("kill") ? vm.kill() : vm.reboot("boot-2");
      vm.answers = VirtualVm.Answers.ERROR;
      int before = vm.deeds().size();
      vm.run("5S").start().run("30S");
      vm.kill().run("5S").start().run("30S");
      assertThat(vm.deeds().subList(before, vm.deeds().size())).as(how).containsOnly("killed");
      vm.answers = VirtualVm.Answers.DOCUMENT;
      vm.run("5S");
      assertThat(vm.deeds().getLast()).as(how).startsWith("evict");
    }
  }

  @Test
  void ignoresRecordOfRecreatedNode() {
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("30S");
    platform();
    vm.become(new Machine("vm1", Optional.of("id-2"), "boot-9", true)).start().run("30S");
    assertThat(vm.deeds()).endsWith("killed", "set aside A/vm1");
    assertThat(vm.episode()).isEmpty();
    assertThat(vm.durable()).isEmpty();
    assertThat(vm.said(Reason.FOREIGN_RECORD)).isTrue();
  }

  @Test
  void beginsAnewOnAnotherMachineWithTheSameEvent() {
    platform(Events.reboot("A"));
    vm.start().run("30S");
    vm.posted.clear();
    vm.become(new Machine("vm1", Optional.of("id-2"), "boot-9", true)).start().run("30S");
    assertThat(vm.posted).containsExactly("A");
    assertThat(episode().machine().vmId()).contains("id-2");
  }

  @Test
  void knowsItsRecordByTheBootIdWhenTheVmIdIsNotTold() {
    platform(Events.reboot("A"));
    vm.start().run("30S");
    vm.become(new Machine("VM1", Optional.empty(), "boot-1", true)).start().run("1S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(episode().machine().vmId()).as("not forgotten").contains("id-1");
    vm.become(new Machine("vm1", Optional.of("ID-1"), "boot-2", true)).start().run("1S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
  }

  @Test
  void countsTheTimeOfTheReturnAnewAfterALongRestart() {
    vm.script(Hook.UNCORDON, "10-a", "30S", 0);
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform();
    vm.run("10S");
    assertThat(vm.runningScripts()).containsExactly("uncordon/10-a");
    vm.reboot("boot-2").run("1H").start().run("1M");
    assertThat(calls()).contains("uncordon/10-a #2");
    assertThat(summary().scriptsFailed()).isZero();
  }

  @Test
  void doesNothingBeforeItKnowsWhichMachineItIsOn() {
    vm.polls = false;
    platform(Events.reboot("A"));
    vm.poll();
    vm.run("1M");
    assertThat(vm.log).isEmpty();
    assertThat(vm.episode()).isEmpty();
  }

  private void diesOver(Class<? extends Action> action) {
    vm.onlooker =
        (before, observation, step, at) -> {
          if (vm.isAlive() && step.actions().stream().anyMatch(action::isInstance)) {
            vm.crash = Optional.of(new CrashPoint(vm.changes(), CrashPoint.Moment.BEFORE_ACTIONS));
          }
        };
  }

  private long done(Class<? extends Action> action) {
    return vm.actions.stream().filter(action::isInstance).count();
  }

  @ParameterizedTest
  @ValueSource(classes = {Action.Cordon.class, Action.Uncordon.class, Action.ListHook.class})
  @DisplayName("what it died over is done after the restart")
  void doesWhatItDiedOver(Class<? extends Action> action) {
    diesOver(action);
    platform(Events.reboot("A"));
    vm.start().run("30S");
    if (vm.isAlive()) {
      platform();
      vm.run("30S");
    }
    assertThat(vm.isAlive()).isFalse();
    long before = done(action);
    vm.onlooker = (ignored, observation, step, at) -> {};
    vm.crash = Optional.empty();
    vm.start();
    assertThat(done(action)).isEqualTo(before + 1);
    vm.run("1M");
    platform();
    vm.run("1M");
    assertThat(vm.summaries).hasSize(1);
    assertThat(vm.node.isCordoned()).isFalse();
  }

  @Test
  @DisplayName("a cordon that was under way is none of a dry run's: it says what it would do")
  void doesNotCordonInADryRunWhatItDiedOver() {
    diesOver(Action.Cordon.class);
    platform(Events.reboot("A"));
    vm.start().run("30S");
    vm.onlooker = (before, observation, step, at) -> {};
    vm.crash = Optional.empty();
    vm.settings = vm.settings.withDryRun(DryRun.REPORT);
    vm.start().run("30S");
    assertThat(done(Action.Cordon.class)).isZero();
    assertThat(vm.log).contains("! DRY_RUN would stop new work");
  }

  @Test
  @DisplayName("told again who we are nothing is begun anew: the metadata service was asked late")
  void isNoRestartToBeToldAgain() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("10S");
    int calls = vm.deeds().size();
    vm.observe(new Observation.DaemonStarted(vm.machine));
    assertThat(vm.deeds()).hasSize(calls);
    assertThat(vm.runningScripts()).containsExactly("drain/10-a");
  }
}
