package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of drain-scripts.md 1.8 that the core decides, under virtual time. */
class HookRowsTest extends HookScenario {

  @Test
  @DisplayName("H09 calls again after exit code 75 until 0")
  void callsAgainAfterExitCode75() {
    vm.script(Hook.DRAIN, "10-a", call -> VirtualVm.exits("1S", call < 3 ? 75 : 0));
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(runs(Hook.DRAIN)).extracting(Action.RunScript::attempt).containsExactly(1, 2, 3);
    assertThat(runs(Hook.DRAIN))
        .extracting(Action.RunScript::checkStatus)
        .containsExactly(false, true, true);
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  @DisplayName("H09 calls again five seconds after the end of the call")
  void recallsAfterFiveSeconds() {
    vm.script(Hook.DRAIN, "10-a", call -> VirtualVm.exits("1S", call < 3 ? 75 : 0));
    List<Instant> begun = timesOf(Action.RunScript.class);
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(Duration.between(begun.get(0), begun.get(1))).isEqualTo(Duration.ofSeconds(6));
    assertThat(Duration.between(begun.get(1), begun.get(2))).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  @DisplayName("H09 75 for ever fails at the time-out, counted over all calls")
  void failsAtTheTimeOutOfAllCalls() {
    hooks(Map.of(Hook.DRAIN, Duration.ofMinutes(2)), Map.of());
    vm.script(Hook.DRAIN, "10-a", "1S", 75);
    platform(Events.reboot("A"));
    vm.start().run("2M5S");
    assertThat(script(Hook.DRAIN, "10-a").phase()).isEqualTo(ScriptRun.Phase.FAILED);
    assertThat(runs(Hook.DRAIN)).hasSize(20);
    assertThat(vm.posted).isEmpty();
  }

  @Test
  @DisplayName("H11 one of three fails: all run, the record names it, no acknowledgement")
  void runsAllScriptsThoughOneFails() {
    vm.script(Hook.DRAIN, "10-lb", "1S", 0)
        .script(Hook.DRAIN, "20-etcd", "1S", 9)
        .script(Hook.DRAIN, "30-log", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(calls())
        .containsExactly("cordon", "drain/10-lb #1", "drain/20-etcd #1", "drain/30-log #1");
    HookRun drain = episode().hooks().get(Hook.DRAIN);
    assertThat(drain.namesOf(ScriptRun.Phase.FAILED)).containsExactly("20-etcd");
    assertThat(drain.namesOf(ScriptRun.Phase.SUCCEEDED)).containsExactly("10-lb", "30-log");
    assertThat(episode().drain().reason()).isEqualTo("failed: drain/20-etcd");
    assertThat(vm.posted).isEmpty();
  }

  @Test
  @DisplayName("H13 Preempt: TERM at the deadline, gone before NotBefore")
  void endsAPreemptsScriptBeforeNotBefore() {
    vm.script(
        Hook.DRAIN,
        "10-a",
        call -> new VirtualVm.Behaviour(Optional.empty(), new ScriptOutcome.Exited(0), false));
    platform(Events.preempt("A"));
    vm.start().run("23.9S");
    assertThat(vm.runningScripts()).containsExactly("drain/10-a");
    vm.run("0.1S");
    assertThat(calls()).endsWith("end drain/10-a within 5 s");
    vm.run("5S");
    assertThat(vm.runningScripts()).isEmpty();
    assertThat(vm.now()).isBefore(at("30S"));
  }

  @Test
  @DisplayName("H14 event gone for one document and back: nothing new starts, the run goes on")
  void goesOnWhenTheEventIsBackAfterOneDocument() {
    vm.script(Hook.DRAIN, "10-a", "3S", 0).script(Hook.DRAIN, "20-b", "3S", 0);
    platform(Events.reboot("A"));
    vm.polls = false;
    vm.start().poll();
    vm.run("1S");
    platform();
    vm.poll();
    vm.run("1M");
    assertThat(calls()).containsExactly("cordon", "drain/10-a #1");
    platform(Events.reboot("A"));
    vm.poll();
    vm.run("1M");
    assertThat(calls())
        .containsExactly("cordon", "drain/10-a #1", "drain/20-b #1", "acknowledge A #1");
  }

  @Test
  @DisplayName("H14 event gone for two documents: TERM, cancelled, no further script of that hook")
  void endsScriptsWhenTheEventIsGoneForTwoDocuments() {
    vm.endlessScript(Hook.DRAIN, "10-a")
        .script(Hook.DRAIN, "20-b", "1S", 0)
        .script(Hook.CANCELLED, "10-c", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("5.5S");
    platform();
    vm.run("30S");
    assertThat(calls())
        .containsExactly(
            "cordon",
            "drain/10-a #1",
            "end drain/10-a within 10 s",
            "cancelled/10-c #1",
            "uncordon",
            "summary CANCELLED");
  }

  @Test
  @DisplayName("H15 daemon killed in the second of three scripts: first not repeated, second again")
  void repeatsOnlyTheScriptThatHadNoResult() {
    vm.script(Hook.DRAIN, "10-a", "2S", 0)
        .script(Hook.DRAIN, "20-b", "2S", 0)
        .script(Hook.DRAIN, "30-c", "2S", 0);
    platform(Events.reboot("A"));
    vm.start().run("3S");
    String id = episode().id();
    vm.kill().run("2S").start().run("30S");
    assertThat(calls())
        .containsExactly(
            "cordon",
            "drain/10-a #1",
            "drain/20-b #1",
            "drain/20-b #2",
            "drain/30-c #1",
            "acknowledge A #1");
    assertThat(episode().id()).isEqualTo(id);
    assertThat(runs(Hook.DRAIN)).noneMatch(Action.RunScript::checkStatus);
  }

  @Test
  @DisplayName(
      "H16 VM reboots between pre-stop and drain: pre-stop not repeated, recorded deadline")
  void doesNotRepeatPreStopAfterAReboot() {
    vm.script(Hook.PRE_STOP, "10-a", "1S", 0).endlessScript(Hook.DRAIN, "10-a");
    vm.onlooker =
        (before, observation, step, at) -> {
          if (step.actions().contains(new Action.ListHook(Hook.DRAIN))) {
            vm.crash = Optional.of(new CrashPoint(vm.changes(), CrashPoint.Moment.AFTER_ACTIONS));
          }
        };
    platform(Events.reboot("A"));
    vm.start().run("5S");
    assertThat(vm.isAlive()).isFalse();
    vm.onlooker = (before, observation, step, at) -> {};
    vm.reboot("boot-2").run("1M").start().run("1M");
    assertThat(calls()).containsExactly("cordon", "pre-stop/10-a #1", "drain/10-a #1");
    assertThat(runs(Hook.DRAIN).getFirst().endBy()).isEqualTo(at("14M"));
  }

  @Test
  @DisplayName("H17 Preempt joins a Reboot drain: same id, context replaced, to the new deadline")
  void tellsARunningScriptOfThePreempt() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("60S");
    vm.actions.clear();
    platform(Events.reboot("A"), Events.preempt("B").in("91S"));
    vm.run("1S");
    assertThat(vm.actions).contains(new Action.RefreshContext());
    assertThat(vm.actions).noneMatch(Action.EndScript.class::isInstance);
    assertThat(episode().id()).isEqualTo("A/vm1");
    assertThat(episode().leading().event().type()).isEqualTo("Preempt");
    vm.run("30S");
    assertThat(calls()).endsWith("end drain/10-a within 5 s");
  }

  @Test
  @DisplayName("H17 the next call of a recalled script ends by the new deadline")
  void callsAgainWithTheNewDeadline() {
    vm.script(Hook.DRAIN, "10-a", "1S", 75);
    platform(Events.reboot("A"));
    vm.start().run("60S");
    platform(Events.reboot("A"), Events.preempt("B").in("91S"));
    vm.run("10S");
    assertThat(runs(Hook.DRAIN).getLast().endBy()).isEqualTo(at("85S"));
  }

  @Test
  @DisplayName("H20 pre-stop fails: no eviction, drain, post-stop, acknowledgement")
  void stopsAfterAFailedPreStop() {
    scriptInEveryHook();
    vm.script(Hook.PRE_STOP, "10-a", "1S", 1);
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(calls())
        .containsExactly("cordon", "scheduled/10-a #1", "cordon/10-a #1", "pre-stop/10-a #1");
    assertThat(vm.actions).noneMatch(Action.StartEvictions.class::isInstance);
    assertThat(vm.posted).isEmpty();
  }

  @ParameterizedTest(name = "H20 {0} fails with continue: all run, no acknowledgement either way")
  @EnumSource(
      value = Hook.class,
      names = {"CORDON", "PRE_STOP", "DRAIN"})
  void runsAllWithContinueAndDoesNotAcknowledge(Hook failing) {
    hooks(Map.of(), Map.of(failing, OnFailure.CONTINUE));
    scriptInEveryHook();
    vm.script(failing, "10-a", "1S", 1);
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(calls())
        .containsExactly(
            "cordon",
            "scheduled/10-a #1",
            "cordon/10-a #1",
            "pre-stop/10-a #1",
            "drain/10-a #1",
            "post-stop/10-a #1");
    assertThat(vm.actions).anyMatch(Action.StartEvictions.class::isInstance);
    assertThat(vm.posted).isEmpty();
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.FAILED);
  }

  @Test
  @DisplayName("H21 running fails twice, then 0; uncordon fails: uncordon after the third, warning")
  void returnsAfterTheThirdCall() {
    vm.script(Hook.RUNNING, "10-a", call -> VirtualVm.exits("1S", call < 3 ? 1 : 0))
        .script(Hook.UNCORDON, "10-a", "1S", 1);
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform(Events.reboot("A").started());
    vm.run("10S");
    platform();
    vm.run("1M");
    assertThat(calls())
        .endsWith(
            "running/10-a #1",
            "running/10-a #2",
            "running/10-a #3",
            "uncordon",
            "uncordon/10-a #1",
            "summary RETURNED");
    assertThat(vm.log).contains("! HOOK_FAILED uncordon/10-a: exit code 1");
  }

  @Test
  @DisplayName("H22 action observe: scheduled, started, running, nothing else")
  void onlyLooksOnWhenItObserves() {
    scriptInEveryHook();
    platform(Events.freeze("F", 30));
    vm.start().run("10S");
    platform(Events.freeze("F", 30).started());
    vm.run("10S");
    platform();
    vm.run("1M");
    assertThat(calls())
        .containsExactly(
            "scheduled/10-a #1", "started/10-a #1", "running/10-a #1", "summary RETURNED");
    assertThat(summary().drain()).isEqualTo(DrainResult.Outcome.OPEN);
  }

  @Test
  @DisplayName("H24 dry-run: nothing runs")
  void runsNothingInDryRun() {
    with(LifecycleSettings.defaults().withDryRun(DryRun.REPORT));
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(vm.actions).noneMatch(Action.RunScript.class::isInstance);
    assertThat(vm.actions).contains(new Action.WouldRun(Hook.DRAIN, "10-a"));
  }

  @Test
  @DisplayName("H24 hooks.dry-run: call runs the native scripts and tells them")
  void tellsScriptsOfTheDryRun() {
    with(LifecycleSettings.defaults().withDryRun(DryRun.CALL));
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(runs(Hook.DRAIN)).isNotEmpty().allMatch(Action.RunScript::dryRun);
    assertThat(vm.posted).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CORDON", "PRE_STOP"})
  @DisplayName("a failure of cordon or pre-stop that stops is said when it happens")
  void saysAtOnceThatTheDrainFailed(Hook failing) {
    vm.script(failing, "10-a", "1S", 1);
    platform(Events.reboot("A"));
    vm.start().run("10S");
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.FAILED);
    assertThat(episode().drain().reason()).isEqualTo("failed: " + failing.word() + "/10-a");
    assertThat(vm.said(Reason.DRAIN_FAILED)).isTrue();
    assertQuiet();
  }

  @Test
  @DisplayName("pods are left: hooks that run go on, none of them starts another script")
  void startsNoFurtherScriptOnceThePodsWereLeft() {
    vm.script(Hook.DRAIN, "10-a", "20S", 0).script(Hook.DRAIN, "20-b", "1S", 0);
    vm.node.evictionsTake = Optional.of(Duration.ofSeconds(5));
    vm.node.left = List.of("shop/web-1: held by a budget");
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(calls()).contains("drain/10-a #1").noneMatch(call -> call.contains("20-b"));
    assertThat(episode().hooks().get(Hook.DRAIN).aborted()).isTrue();
  }

  @Test
  @DisplayName("a script is waited for on the way to the next row, though it waits for its turn")
  void waitsForARecalledScriptOfTheRowBefore() {
    vm.listing(
            Hook.DRAIN,
            List.of(List.of(PlannedScript.runs("10-a")), List.of(PlannedScript.runs("20-b"))))
        .script(Hook.DRAIN, "10-a", call -> VirtualVm.exits("1S", call < 3 ? 75 : 0))
        .script(Hook.DRAIN, "20-b", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(calls())
        .containsSubsequence(
            "drain/10-a #1", "drain/10-a #2 check", "drain/10-a #3 check", "drain/20-b #1");
  }

  @Test
  @DisplayName("a static drain that asks for more than its time has failed when the time is up")
  void failsAStaticDrainThatOutlastsItsTime() {
    hooks(Map.of(Hook.DRAIN, Duration.ofSeconds(30)), Map.of());
    vm.listing(Hook.DRAIN, List.of(List.of(PlannedScript.runs("bosh/db", Contract.BOSH))));
    vm.script(
        Hook.DRAIN,
        "bosh/db",
        call ->
            new VirtualVm.Behaviour(
                Optional.of(Duration.ofSeconds(1)),
                new ScriptOutcome.StaticDrain(Duration.ofMinutes(5)),
                false));
    platform(Events.reboot("A"));
    vm.start().run("25S");
    assertThat(script(Hook.DRAIN, "bosh/db").phase()).isEqualTo(ScriptRun.Phase.SETTLING);
    vm.run("10S");
    assertThat(script(Hook.DRAIN, "bosh/db").phase()).isEqualTo(ScriptRun.Phase.FAILED);
    assertThat(script(Hook.DRAIN, "bosh/db").reason())
        .contains("not finished when its time was up");
    assertThat(vm.posted).isEmpty();
  }
}
