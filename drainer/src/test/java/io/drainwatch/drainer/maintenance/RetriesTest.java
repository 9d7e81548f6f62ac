package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scripts of the way back that fail, and what is said of scripts that do (drain-scripts.md 1.4).
 */
class RetriesTest extends HookScenario {

  private List<String> said(Reason reason) {
    return vm.log.stream().filter(line -> line.startsWith("! " + reason + " ")).toList();
  }

  private List<Long> callsOfReturn() {
    List<Instant> begun = timesOf(Action.RunScript.class);
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform();
    vm.run("10M");
    List<Long> between = new ArrayList<>();
    for (int i = 1; i < begun.size(); i++) {
      between.add(Duration.between(begun.get(i - 1), begun.get(i)).toSeconds());
    }
    return between;
  }

  @Test
  @DisplayName("after 5, 10, 20, 40, 60, 60 s")
  void triesAgainWithGrowingPauses() {
    vm.script(Hook.RUNNING, "10-a", call -> VirtualVm.exits("0.5S", call < 8 ? 1 : 0));
    assertThat(callsOfReturn()).containsExactly(5L, 10L, 20L, 40L, 60L, 60L, 60L);
    assertThat(vm.episode()).as("back in service").isEmpty();
  }

  @Test
  @DisplayName("each failure is said, the fifth as one that keeps the machine out of service")
  void alertsOnceAfterTheFifth() {
    vm.script(Hook.RUNNING, "10-a", call -> VirtualVm.exits("0.5S", call < 8 ? 1 : 0));
    callsOfReturn();
    assertThat(said(Reason.HOOK_FAILED))
        .hasSize(7)
        .containsOnly("! HOOK_FAILED running/10-a: exit code 1");
    assertThat(said(Reason.RETURN_BLOCKED))
        .containsExactly("! RETURN_BLOCKED running/10-a failed 5 times: exit code 1");
  }

  @Test
  @DisplayName("four failures are no alert")
  void doesNotAlertBeforeTheFifth() {
    vm.script(Hook.RUNNING, "10-a", call -> VirtualVm.exits("0.5S", call < 5 ? 1 : 0));
    callsOfReturn();
    assertThat(said(Reason.RETURN_BLOCKED)).isEmpty();
  }

  @Test
  @DisplayName("the moment of the failure is known from that of the next call")
  void knowsWhenItFailed() {
    vm.script(Hook.RUNNING, "10-a", "1S", 1);
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform();
    vm.run("4S");
    ScriptRun failed = script(Hook.RUNNING, "10-a");
    assertThat(failed.failures()).isEqualTo(1);
    Instant first = failed.again().orElseThrow().minusSeconds(5);
    assertThat(HookSequence.failedAt(failed)).contains(first);
    vm.run("7S");
    ScriptRun again = script(Hook.RUNNING, "10-a");
    assertThat(again.failures()).isEqualTo(2);
    assertThat(HookSequence.failedAt(again)).contains(again.again().orElseThrow().minusSeconds(10));
  }

  @Test
  @DisplayName("what waits and has not failed has no moment of failure")
  void hasNotFailedThatIsOnlyCalledAgain() {
    vm.script(Hook.DRAIN, "10-a", "1S", 75);
    platform(Events.reboot("A"));
    vm.start().run("3S");
    ScriptRun waiting = script(Hook.DRAIN, "10-a");
    assertThat(waiting.phase()).isEqualTo(ScriptRun.Phase.WAITING);
    assertThat(HookSequence.failedAt(waiting)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("a script that could not be ended is called unkillable")
  void saysWhatCouldNotBeEnded(boolean gone) {
    vm.polls = false;
    platform(Events.reboot("A"));
    vm.script(
        Hook.DRAIN,
        "10-a",
        call ->
            new VirtualVm.Behaviour(
                Optional.of(Duration.ofSeconds(2)), new ScriptOutcome.Ended(gone), false));
    vm.start().poll();
    vm.run("5S");
    assertThat(script(Hook.DRAIN, "10-a").reason()).contains(gone ? "ended" : "ended, unkillable");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("so is one that we had to end because its time was up")
  void saysWhatCouldNotBeEndedInTime(boolean gone) {
    hooks(Map.of(Hook.DRAIN, Duration.ofSeconds(10)), Map.of());
    vm.script(
        Hook.DRAIN,
        "10-a",
        call ->
            new VirtualVm.Behaviour(
                Optional.of(Duration.ofSeconds(15)), new ScriptOutcome.Ended(gone), true));
    platform(Events.reboot("A"));
    vm.start().run("30S");
    assertThat(script(Hook.DRAIN, "10-a").reason())
        .contains("its time was up" + (gone ? "" : ", unkillable"));
  }

  @Test
  @DisplayName("a script that could not be started has failed, and its hook goes on")
  void failsWhatCouldNotBeStarted() {
    vm.script(
            Hook.DRAIN,
            "10-a",
            call ->
                new VirtualVm.Behaviour(
                    Optional.of(Duration.ZERO),
                    new ScriptOutcome.NotStarted("no such file"),
                    false))
        .script(Hook.DRAIN, "20-b", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("10S");
    assertThat(script(Hook.DRAIN, "10-a").reason()).contains("not started: no such file");
    assertThat(calls()).contains("drain/20-b #1");
    assertThat(vm.posted).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1000, true", "999, false"})
  @DisplayName("a script with a second left is run, one with less is not")
  void needsASecondToRun(long millisLeft, boolean isRun) {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("5S");
    Duration rest = Duration.between(script(Hook.DRAIN, "10-a").begunAt().orElseThrow(), at("14M"));
    with(LifecycleSettings.defaults());
    VirtualVm.Behaviour first =
        new VirtualVm.Behaviour(
            Optional.of(rest.minusMillis(millisLeft)), new ScriptOutcome.Exited(0), false);
    vm.script(Hook.DRAIN, "10-a", call -> first).script(Hook.DRAIN, "20-b", "0.1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("15M");
    assertThat(calls().contains("drain/20-b #1")).isEqualTo(isRun);
    if (!isRun) {
      assertThat(script(Hook.DRAIN, "20-b").reason()).contains("no time left");
    }
  }

  @Test
  @DisplayName("an answer to a call that is over is no answer to the next one")
  void takesNoAnswerOfAnotherCall() {
    vm.script(
        Hook.DRAIN, "10-a", call -> VirtualVm.exits(call == 1 ? "1S" : "20S", call == 1 ? 75 : 0));
    platform(Events.reboot("A"));
    vm.start().run("10S");
    assertThat(script(Hook.DRAIN, "10-a").attempts()).isEqualTo(2);
    vm.observe(new Observation.ScriptEnded(Hook.DRAIN, "10-a", 1, new ScriptOutcome.Exited(9)));
    assertThat(script(Hook.DRAIN, "10-a").isRunning()).isTrue();
    vm.run("20S");
    assertThat(vm.posted).containsExactly("A");
  }
}
