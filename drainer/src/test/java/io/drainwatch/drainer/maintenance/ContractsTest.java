package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the core makes of scripts that follow BOSH's or SlipStream's rules (drain-scripts.md 3, 4).
 */
class ContractsTest extends Scenario {

  private void answers(Hook hook, String name, Map<Integer, ScriptOutcome> byCall) {
    vm.script(
        hook,
        name,
        call ->
            new VirtualVm.Behaviour(
                Optional.of(Duration.ofSeconds(1)),
                Optional.ofNullable(byCall.get(call)).orElse(new ScriptOutcome.Exited(0)),
                false));
  }

  private static ScriptOutcome.StaticDrain settles(long seconds) {
    return new ScriptOutcome.StaticDrain(Duration.ofSeconds(seconds));
  }

  private static ScriptOutcome.DynamicDrain again(long seconds) {
    return new ScriptOutcome.DynamicDrain(Duration.ofSeconds(seconds));
  }

  private void row(Hook hook, PlannedScript... scripts) {
    vm.listing(hook, List.of(scripts).stream().map(List::of).toList());
  }

  private ScriptRun script(Hook hook, String name) {
    return episode().hooks().get(hook).script(name).orElseThrow();
  }

  private void bosh(ScriptOutcome... answers) {
    Map<Integer, ScriptOutcome> byCall = new HashMap<>();
    for (int i = 0; i < answers.length; i++) {
      byCall.put(i + 1, answers[i]);
    }
    answers(Hook.DRAIN, "bosh/db", byCall);
    row(Hook.DRAIN, PlannedScript.runs("bosh/db", Contract.BOSH));
  }

  @Test
  @DisplayName("B03 a static drain is done only when its time has passed")
  void waitsAsLongAsAStaticDrainAsks() {
    bosh(settles(12));
    platform(Events.reboot("A"));
    vm.start().run("12S");
    assertThat(script(Hook.DRAIN, "bosh/db").phase()).isEqualTo(ScriptRun.Phase.SETTLING);
    assertThat(vm.posted).isEmpty();
    vm.run("2S");
    assertThat(calls()).startsWith("cordon", "drain/bosh/db #1").doesNotContain("drain/bosh/db #2");
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  @DisplayName("B04 a dynamic drain is called again as a recall after each wait")
  void callsADynamicDrainAgain() {
    bosh(again(5), again(5), settles(0));
    platform(Events.reboot("A"));
    vm.start().run("20S");
    assertThat(calls())
        .containsExactly(
            "cordon",
            "drain/bosh/db #1",
            "drain/bosh/db #2 check",
            "drain/bosh/db #3 check",
            "acknowledge A #1");
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  @DisplayName("a wait goes on where it was after a restart of the daemon")
  void keepsWaitingOverARestart() {
    bosh(settles(60));
    platform(Events.reboot("A"));
    vm.start().run("10S").kill();
    vm.start().run("48S");
    assertThat(vm.posted).isEmpty();
    vm.run("6S");
    assertThat(calls()).containsOnlyOnce("drain/bosh/db #1").doesNotContain("drain/bosh/db #2");
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  @DisplayName("E12 -1 for ever: called again until the deadline, then it has failed")
  void endsADynamicDrainAtTheDeadline() {
    vm.script(
        Hook.DRAIN,
        "bosh/db",
        call -> new VirtualVm.Behaviour(Optional.of(Duration.ofSeconds(1)), again(1), false));
    row(Hook.DRAIN, PlannedScript.runs("bosh/db", Contract.BOSH));
    platform(Events.reboot("A"));
    vm.start().run("14M5S");
    assertThat(script(Hook.DRAIN, "bosh/db").phase()).isEqualTo(ScriptRun.Phase.FAILED);
    assertThat(script(Hook.DRAIN, "bosh/db").attempts()).isGreaterThan(300);
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.DEADLINE_REACHED);
    assertThat(vm.posted).isEmpty();
  }

  @Test
  @DisplayName("a wait that the deadline or a cancellation cuts short has failed, and says so")
  void failsAWaitThatIsCutShort() {
    bosh(settles(86_400));
    platform(Events.reboot("A"));
    vm.start().run("14M5S");
    assertThat(script(Hook.DRAIN, "bosh/db").phase()).isEqualTo(ScriptRun.Phase.FAILED);
    assertThat(script(Hook.DRAIN, "bosh/db").reason()).contains("the deadline was reached");
  }

  @Test
  @DisplayName("a cancelled event's record names the drain that was still waiting")
  void namesWhatWasLeftAtACancellation() {
    bosh(settles(600));
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform();
    vm.run("10S");
    assertThat(summary().left()).containsExactly("drain/bosh/db");
  }

  @Test
  @DisplayName("scripts that could not be listed at first are run once they can be")
  void runsWhatAStandInStoodFor() {
    vm.script(Hook.PRE_START, "bosh/db", "1S", 0);
    vm.listing(
        Hook.PRE_START,
        List.of(
            List.of(new PlannedScript("bosh/*", Contract.BOSH, Optional.of("cannot be read")))));
    platform(Events.reboot("A"));
    vm.start().run("30S");
    platform(Events.reboot("A").started());
    vm.run("5S");
    platform();
    vm.run("4S");
    assertThat(script(Hook.PRE_START, "bosh/*").phase()).isEqualTo(ScriptRun.Phase.WAITING);
    row(Hook.PRE_START, PlannedScript.runs("bosh/db", Contract.BOSH));
    vm.run("1M");
    assertThat(calls()).contains("pre-start/bosh/db #1");
    assertThat(vm.episode()).isEmpty();
  }

  @Test
  @DisplayName("a dynamic wait goes on after a restart, and the next call is a recall")
  void recallsAfterARestart() {
    bosh(again(60), settles(0));
    platform(Events.reboot("A"));
    vm.start().run("10S").kill();
    vm.start().run("65S");
    assertThat(calls())
        .containsSubsequence("drain/bosh/db #1", "drain/bosh/db #2 check", "acknowledge A #1");
  }

  @Test
  @DisplayName("a command that fails ends its list, and all of them have five minutes together")
  void commandsFollowEachOther() {
    vm.script(Hook.DRAIN, "bosh.stop/1", "4M", 0)
        .endlessScript(Hook.DRAIN, "bosh.stop/2")
        .script(Hook.DRAIN, "bosh.stop/3", "1S", 0);
    row(
        Hook.DRAIN,
        PlannedScript.runs("bosh.stop/1", Contract.BOSH_COMMAND),
        PlannedScript.runs("bosh.stop/2", Contract.BOSH_COMMAND),
        PlannedScript.runs("bosh.stop/3", Contract.BOSH_COMMAND));
    platform(Events.reboot("A"));
    vm.start().run("5M30S");
    assertThat(calls())
        .containsSubsequence("drain/bosh.stop/1 #1", "drain/bosh.stop/2 #1")
        .doesNotContain("drain/bosh.stop/3 #1");
    assertThat(script(Hook.DRAIN, "bosh.stop/2").phase()).isEqualTo(ScriptRun.Phase.FAILED);
  }

  @Test
  @DisplayName("an answer that is no integer fails the drain")
  void failsOnAnUnacceptableAnswer() {
    bosh(new ScriptOutcome.Unacceptable("Script did not return a signed integer"));
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(script(Hook.DRAIN, "bosh/db").reason())
        .contains("Script did not return a signed integer");
    assertThat(vm.posted).isEmpty();
  }

  @Test
  @DisplayName("exit code 75 is a failure for all but native scripts")
  void recallsNativeScriptsOnly() {
    answers(Hook.DRAIN, "bosh/db", Map.of(1, new ScriptOutcome.Exited(75)));
    row(Hook.DRAIN, PlannedScript.runs("bosh/db", Contract.BOSH));
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(calls()).containsExactly("cordon", "drain/bosh/db #1");
    assertThat(vm.posted).isEmpty();
  }

  @Test
  @DisplayName("SS08 a tolerated failure is done, and said")
  void takesAToleratedFailureAsDone() {
    answers(Hook.DRAIN, "slipstream/prescale", Map.of(1, new ScriptOutcome.Tolerated(1)));
    row(Hook.DRAIN, PlannedScript.runs("slipstream/prescale", Contract.SLIPSTREAM));
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(vm.posted).containsExactly("A");
    assertThat(vm.actions)
        .contains(
            new Action.Notify(
                Reason.HOOK_FAILED, "drain/slipstream/prescale: exit code 1, which is ignored"));
  }

  @Test
  @DisplayName("native, then BOSH, then SlipStream; a failure that blocks ends the row")
  void endsTheRowAtAFailureThatBlocks() {
    mixedRow();
    vm.script(Hook.DRAIN, "10-a", "1S", 1);
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(calls()).containsExactly("cordon", "drain/10-a #1", "drain/20-b #1");
    assertThat(script(Hook.DRAIN, "bosh/db").reason()).contains("not run, as one before it failed");
  }

  @Test
  @DisplayName("the same with on-failure: continue runs them all")
  void runsTheWholeRowWhereToldToContinue() {
    with(
        LifecycleSettings.defaults()
            .withHooks(
                new HookSettings(
                    Map.of(),
                    Map.of(Hook.DRAIN, OnFailure.CONTINUE),
                    HookSettings.DEFAULT_RECALL)));
    mixedRow();
    vm.script(Hook.DRAIN, "10-a", "1S", 1);
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(calls())
        .containsExactly(
            "cordon",
            "drain/10-a #1",
            "drain/20-b #1",
            "drain/bosh/db #1",
            "drain/slipstream/prescale #1");
    assertThat(vm.posted).isEmpty();
  }

  private void mixedRow() {
    vm.script(Hook.DRAIN, "10-a", "1S", 0)
        .script(Hook.DRAIN, "20-b", "1S", 0)
        .script(Hook.DRAIN, "bosh/db", "1S", 0)
        .script(Hook.DRAIN, "slipstream/prescale", "1S", 0);
    row(
        Hook.DRAIN,
        PlannedScript.runs("10-a"),
        PlannedScript.runs("20-b"),
        PlannedScript.runs("bosh/db", Contract.BOSH),
        PlannedScript.runs("slipstream/prescale", Contract.SLIPSTREAM));
  }

  @Test
  @DisplayName("bosh.stop has five minutes")
  void givesACommandFiveMinutes() {
    vm.endlessScript(Hook.DRAIN, "bosh.stop 1");
    row(Hook.DRAIN, PlannedScript.runs("bosh.stop 1", Contract.BOSH_COMMAND));
    platform(Events.reboot("A"));
    vm.start().run("5M5S");
    assertThat(vm.actions)
        .filteredOn(Action.EndScript.class::isInstance)
        .extracting(action -> ((Action.EndScript) action).why())
        .containsExactly("its time was up");
  }

  @Test
  @DisplayName("a bosh.start that fails for more than five minutes succeeds in the end")
  void triesACommandOfTheReturnAgainWithItsTimeAnew() {
    vm.script(Hook.PRE_START, "bosh.start/1", "1S", 0)
        .script(Hook.PRE_START, "bosh.start/2", call -> VirtualVm.exits("1S", call < 12 ? 1 : 0));
    row(
        Hook.PRE_START,
        PlannedScript.runs("bosh.start/1", Contract.BOSH_COMMAND),
        PlannedScript.runs("bosh.start/2", Contract.BOSH_COMMAND));
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform();
    vm.run("20M");
    assertThat(calls()).contains("pre-start/bosh.start/2 #12");
    assertThat(vm.episode()).as("back in service").isEmpty();
  }

  @Test
  @DisplayName("hooks.dry-run: call calls native scripts and no others: they cannot know")
  void callsOnlyNativeScriptsInADryRun() {
    with(LifecycleSettings.defaults().withDryRun(DryRun.CALL));
    mixedRow();
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(calls()).contains("drain/10-a #1", "drain/20-b #1").doesNotContain("cordon");
    assertThat(vm.actions)
        .contains(
            new Action.WouldRun(Hook.DRAIN, "bosh/db"),
            new Action.WouldRun(Hook.DRAIN, "slipstream/prescale"));
  }
}
