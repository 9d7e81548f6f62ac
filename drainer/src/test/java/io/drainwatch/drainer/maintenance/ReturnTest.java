package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The way back: retries, refusals, and new events that overtake it. */
class ReturnTest extends Scenario {

  private void drainAndRun() {
    platform(Events.reboot("A"));
    vm.start().run("20S");
    platform(Events.reboot("A").started());
    vm.run("10S");
    platform();
  }

  @Test
  void triesAFailedScriptAgainAfterFiveSecondsRisingToSixty() {
    List<Duration> pauses = new ArrayList<>();
    java.time.Instant[] last = {VirtualVm.START};
    vm.script(Hook.RUNNING, "10-a", call -> VirtualVm.exits("0S", 1));
    vm.onlooker =
        (before, observation, step, at) ->
            step.actions().stream()
                .filter(Action.RunScript.class::isInstance)
                .forEach(
                    action -> {
                      pauses.add(Duration.between(last[0], at));
                      last[0] = at;
                    });
    drainAndRun();
    vm.run("5M");
    assertThat(pauses.subList(1, 7))
        .extracting(Duration::toSeconds)
        .containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    assertThat(vm.node.isCordonedByUs()).as("the uncordon waits").isTrue();
  }

  @Test
  void alertsAfterTheFifthFailureOnce() {
    vm.script(Hook.RUNNING, "10-a", call -> VirtualVm.exits("0S", 1));
    drainAndRun();
    vm.run("70S");
    assertThat(vm.said(Reason.RETURN_BLOCKED)).isFalse();
    vm.run("1H");
    assertThat(vm.log.stream().filter(line -> line.startsWith("! RETURN_BLOCKED"))).hasSize(1);
  }

  @Test
  void goesOnInSpiteOfAFailureWhereConfigured() {
    with(
        LifecycleSettings.defaults()
            .withHooks(
                new HookSettings(
                    Map.of(),
                    Map.of(Hook.RUNNING, OnFailure.CONTINUE),
                    HookSettings.DEFAULT_RECALL)));
    vm.script(Hook.RUNNING, "10-a", call -> VirtualVm.exits("0S", 1));
    drainAndRun();
    vm.run("10S");
    assertThat(vm.node.isCordoned()).isFalse();
    assertThat(summary().scriptsFailed()).isEqualTo(1);
  }

  @Test
  void triesARefusedScriptAgainToo() {
    vm.listing(
        Hook.RUNNING,
        List.of(
            List.of(
                new PlannedScript("10-a", Contract.NATIVE, Optional.of("writable by others")))));
    boolean[] repaired = {false};
    vm.script(
        Hook.RUNNING,
        "10-a",
        call ->
            repaired[0]
                ? VirtualVm.exits("1S", 0)
                : new VirtualVm.Behaviour(
                    Optional.of(Duration.ZERO),
                    new ScriptOutcome.NotStarted("writable by others"),
                    false));
    drainAndRun();
    vm.run("5M");
    assertThat(vm.node.isCordonedByUs()).isTrue();
    repaired[0] = true;
    vm.run("70S");
    assertThat(vm.node.isCordoned()).isFalse();
  }

  @Test
  void goesOnWhenTheBrokenScriptIsTakenAway() {
    vm.script(Hook.RUNNING, "10-a", call -> VirtualVm.exits("0S", 1));
    drainAndRun();
    vm.run("1M");
    assertThat(vm.node.isCordonedByUs()).isTrue();
    vm.listing(Hook.RUNNING, List.of());
    vm.run("2M");
    assertThat(vm.node.isCordoned()).isFalse();
  }

  @Test
  void waitsForScriptsOfTheDrainThatAreBeingEnded() {
    vm.script(
            Hook.DRAIN,
            "10-a",
            call -> new VirtualVm.Behaviour(Optional.empty(), new ScriptOutcome.Exited(0), true))
        .script(Hook.PRE_START, "10-a", "1S", 0);
    drainAndRun();
    vm.run("6S");
    assertThat(calls()).contains("end drain/10-a within 10 s").doesNotContain("pre-start/10-a #1");
    vm.run("10S");
    assertThat(calls()).contains("pre-start/10-a #1");
  }

  @Test
  void drainsAnewForAnEventThatComesOnTheWayBack() {
    scriptInEveryHook();
    vm.endlessScript(Hook.RUNNING, "10-a");
    drainAndRun();
    vm.run("10S");
    platform(Events.preempt("B").at(vm.now().plusSeconds(30)));
    vm.run("20S");
    assertThat(calls())
        .containsSubsequence(
            "running/10-a #1",
            "end running/10-a within 10 s",
            "summary OVERTAKEN",
            "cordon",
            "pre-stop/10-a #1",
            "drain/10-a #1",
            "post-stop/10-a #1",
            "acknowledge B #1");
    assertThat(episode().id()).isEqualTo("B/vm1");
  }

  @Test
  void startsAgainWhatAnOvertakenEpisodeHadStopped() {
    scriptInEveryHook();
    vm.endlessScript(Hook.RUNNING, "10-a");
    drainAndRun();
    vm.run("10S");
    platform(Events.redeploy("B").started());
    vm.run("10S");
    assertThat(episode().id()).isEqualTo("B/vm1");
    vm.script(Hook.RUNNING, "10-a", "1S", 0);
    platform();
    vm.run("30S");
    assertThat(calls())
        .endsWith(
            "started/10-a #1",
            "pre-start/10-a #1",
            "running/10-a #1",
            "post-start/10-a #1",
            "uncordon",
            "uncordon/10-a #1",
            "summary RETURNED");
    assertThat(vm.node.isCordoned()).isFalse();
  }

  @Test
  void undoesTheCordonOfAnOvertakenEpisodeThoughItNeverCordonedItself() {
    vm.endlessScript(Hook.RUNNING, "10-a");
    drainAndRun();
    vm.run("10S");
    platform(Events.redeploy("B").at(vm.now().minusSeconds(10)));
    vm.run("20S");
    assertThat(episode().id()).isEqualTo("B/vm1");
    assertThat(episode().cordon()).isEqualTo(Episode.Step.NOT_BEGUN);
    vm.script(Hook.RUNNING, "10-a", "1S", 0);
    platform();
    vm.run("30S");
    assertThat(vm.node.isCordoned()).isFalse();
  }

  @Test
  void doesNotCallACordonOursThatWasUndoneBeforeItWasOvertaken() {
    vm.endlessScript(Hook.UNCORDON, "10-a");
    drainAndRun();
    vm.run("10S");
    assertThat(vm.node.isCordoned()).isFalse();
    vm.node.cordonByOthers();
    platform(Events.redeploy("B").at(vm.now().plusSeconds(600)));
    vm.run("20S");
    platform();
    vm.run("20S");
    assertThat(vm.node.isCordonedByOthers()).isTrue();
  }

  @Test
  void overtakesTheScriptsOfACancellation() {
    vm.endlessScript(Hook.CANCELLED, "10-c");
    platform(Events.redeploy("A"));
    vm.script(Hook.DRAIN, "10-a", "30S", 0);
    vm.start().run("5S");
    platform();
    vm.run("10S");
    assertThat(vm.runningScripts()).containsExactly("cancelled/10-c");
    platform(Events.preempt("B").at(vm.now().plusSeconds(30)));
    vm.run("5S");
    assertThat(episode().id()).isEqualTo("B/vm1");
    assertThat(vm.runningScripts()).containsExactly("drain/10-a");
  }

  @Test
  void goesOnWithTheReturnWhenTheNewEventVanishesAgain() {
    vm.script(
        Hook.RUNNING,
        "10-a",
        call ->
            new VirtualVm.Behaviour(
                Optional.of(Duration.ofSeconds(20)), new ScriptOutcome.Exited(0), true));
    drainAndRun();
    vm.run("5S");
    platform(Events.redeploy("B").at(vm.now().plusSeconds(600)));
    vm.run("2S");
    platform();
    vm.run("2M");
    assertThat(summary().ending()).isEqualTo(Summary.Ending.RETURNED);
  }

  @Test
  void tellsAnEventThatComesBackFromTheOneBefore() {
    vm.endlessScript(Hook.RUNNING, "10-a");
    drainAndRun();
    vm.run("5S");
    platform(Events.reboot("A"));
    vm.run("15S");
    assertThat(episode().id()).isEqualTo("A/vm1/2");
    platform();
    vm.run("5S");
    platform(Events.reboot("A"));
    vm.run("15S");
    assertThat(episode().id()).isEqualTo("A/vm1/3");
  }

  @Test
  void tellsAnEventThatStandsThroughAnotherMaintenanceFromTheOneBefore() {
    ScheduledEvent standing = Events.of("HostUpdate", "A").at(vm.now().plusSeconds(7_200)).event();
    vm.platform.add(standing);
    vm.start().run("15S");
    List<String> ids = new ArrayList<>(List.of(episode().id()));
    String runs = "B";
    for (String next : List.of("C", "D")) {
      platform(Events.preempt(runs).started());
      vm.platform.add(standing);
      vm.run("15S");
      platform(Events.preempt(next).at(vm.now().plusSeconds(60)));
      vm.platform.add(standing);
      vm.run("15S");
      ids.add(episode().id());
      platform(Events.preempt(next).started());
      vm.platform.add(standing);
      vm.run("15S");
      vm.platform.removeIf(each -> !each.equals(standing));
      vm.run("15S");
      ids.add(episode().id());
      runs = runs + next;
    }
    assertThat(ids).containsExactly("A/vm1", "C/vm1", "A/vm1/2", "D/vm1", "A/vm1/3");
  }

  @Test
  void everyEpisodeEndsWithExactlyOneSummary() {
    drainAndRun();
    vm.run("1M");
    assertThat(vm.summaries).hasSize(1);
    Summary summary = summary();
    assertThat(summary.ending()).isEqualTo(Summary.Ending.RETURNED);
    assertThat(summary.drain()).isEqualTo(DrainResult.Outcome.COMPLETE);
    assertThat(summary.entered()).containsOnlyKeys(MaintenanceState.values());
    assertThat(summary.drainTook()).isPresent();
    assertThat(summary.events())
        .containsExactly(
            new Summary.EventSummary(
                "A",
                "Reboot",
                Optional.of(EventSource.PLATFORM),
                VirtualVm.START,
                Optional.of(at("15M")),
                Optional.of(Duration.ofMinutes(15)),
                true,
                true,
                true));
    assertQuiet();
  }
}
