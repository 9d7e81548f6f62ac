package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.promises.PromisedFigure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** lifecycle.md, "Other ways through". */
class OtherWaysTest extends Scenario {

  @Test
  void startsNoScriptAfterCancel() {
    vm.script(Hook.PRE_STOP, "10-a", "5S", 0)
        .script(Hook.PRE_STOP, "20-b", "5S", 0)
        .script(Hook.DRAIN, "10-a", "5S", 0)
        .script(Hook.CANCELLED, "10-c", "1S", 0)
        .script(Hook.PRE_START, "10-a", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("2.5S");
    platform();
    vm.run("30S");
    assertThat(calls())
        .containsExactly(
            "cordon",
            "pre-stop/10-a #1",
            "end pre-stop/10-a within 10 s",
            "cancelled/10-c #1",
            "pre-start/10-a #1",
            "uncordon",
            "summary CANCELLED");
    assertThat(summary().drain()).isEqualTo(DrainResult.Outcome.STOPPED);
    assertQuiet();
  }

  @Test
  void stopsWithinOneSecondOfCancel() {
    vm.node.evictionsTake = Optional.of(Duration.ofMinutes(5));
    platform(Events.reboot("A"));
    vm.start().run("5.5S");
    platform();
    Instant cancelled = vm.now();
    while (!calls().contains("stop evictions") && vm.now().isBefore(cancelled.plusSeconds(5))) {
      vm.run("0.1S");
    }
    PromisedFigure.named("F04")
        .holds("stopped after", Duration.between(cancelled, vm.now()).toMillis() / 1_000.0);
    assertThat(calls()).containsExactly("cordon", "evict until " + at("14M"), "stop evictions");
    assertThat(vm.state()).contains(MaintenanceState.DRAINING);
  }

  @Test
  void goesOnWithTheEvictionsWhenTheEventIsBack() {
    vm.node.evictionsTake = Optional.of(Duration.ofMinutes(5));
    platform(Events.reboot("A"));
    vm.start().run("5.5S");
    platform();
    vm.run("1S");
    platform(Events.reboot("A"));
    vm.run("1S");
    assertThat(calls())
        .containsExactly(
            "cordon", "evict until " + at("14M"), "stop evictions", "evict until " + at("14M"));
    vm.run("5M10S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  void doesNotPostWhenCancelledAfterDrained() {
    vm.acknowledgementFails = true;
    with(Rules.forType("Reboot").acknowledging(AcknowledgeWhen.NEVER));
    platform(Events.reboot("A"));
    vm.start().run("30S");
    platform();
    vm.run("30S");
    assertThat(vm.posted).isEmpty();
    assertThat(summary().ending()).isEqualTo(Summary.Ending.CANCELLED);
  }

  @Test
  void touchesNothingWhenCancelledBeforeItWasDue() {
    with(Rules.forType("Reboot").startBefore("5M"));
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("1M");
    platform();
    vm.run("30S");
    assertThat(calls())
        .containsExactly(
            "scheduled/10-a #1", "cancelled/10-a #1", "running/10-a #1", "summary CANCELLED");
  }

  @Test
  void ranUnseenWhenItWasAcknowledgedBeforeItWentAway() {
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("30S");
    assertThat(vm.posted).containsExactly("A");
    platform();
    vm.run("30S");
    assertThat(calls()).doesNotContain("cancelled/10-a #1").contains("pre-start/10-a #1");
    assertThat(vm.said(Reason.RAN_UNSEEN)).isTrue();
    assertThat(summary().ending()).isEqualTo(Summary.Ending.RETURNED);
  }

  @Test
  void ranUnseenWhenTheMachineWasRestarted() {
    vm.endlessScript(Hook.DRAIN, "10-a").script(Hook.CANCELLED, "10-c", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("10S");
    vm.reboot("boot-2");
    platform();
    vm.run("1M").start().run("30S");
    assertThat(calls()).doesNotContain("cancelled/10-c #1");
    assertThat(summary().ending()).isEqualTo(Summary.Ending.RETURNED);
    assertThat(summary().rebooted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Reboot", "Redeploy"})
  void goesStraightToStartedOnAHostFailure(String type) {
    scriptInEveryHook();
    platform(Events.of(type, "A").started());
    vm.start().run("30S");
    assertThat(vm.deeds()).containsExactly("MaintenanceStarted", "started/10-a #1");
    assertThat(vm.said(Reason.HOST_FAILURE)).isTrue();
    platform();
    vm.run("30S");
    assertThat(calls()).containsExactly("started/10-a #1", "running/10-a #1", "summary RETURNED");
  }

  @Test
  void saysNothingOfAHostFailureWhenAUserStartedIt() {
    platform(Events.reboot("A").from(EventSource.USER).started());
    vm.start().run("5S");
    assertThat(vm.said(Reason.HOST_FAILURE)).isFalse();
  }

  @Test
  void drainsAfterTheStartOnlyIfThePolicySaysSo() {
    with(Rules.forType("Reboot").drainingAfterStart());
    scriptInEveryHook();
    platform(Events.reboot("A").started());
    vm.start().run("30S");
    assertThat(vm.state()).contains(MaintenanceState.MAINTENANCE_STARTED);
    assertThat(calls())
        .containsExactly(
            "cordon",
            "started/10-a #1",
            "cordon/10-a #1",
            "pre-stop/10-a #1",
            "drain/10-a #1",
            "post-stop/10-a #1");
    assertThat(vm.posted).isEmpty();
    platform();
    vm.run("30S");
    assertThat(calls()).endsWith("uncordon", "uncordon/10-a #1", "summary RETURNED");
    assertThat(summary().drain()).isEqualTo(DrainResult.Outcome.COMPLETE);
  }

  @Test
  void doesNotAcknowledgeAFailedDrain() {
    vm.script(Hook.DRAIN, "10-a", "1S", 3);
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(vm.posted).isEmpty();
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.FAILED);
    assertThat(episode().drain().reason()).contains("drain/10-a");
    assertThat(vm.said(Reason.DRAIN_FAILED)).isTrue();
    assertThat(vm.state()).contains(MaintenanceState.DRAINING);
  }

  @Test
  void failsTheDrainWhenPodsAreLeft() {
    vm.node.left = List.of("default/web-1: budget");
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(vm.posted).isEmpty();
    assertThat(episode().drain().left()).containsExactly("default/web-1: budget");
  }

  @Test
  void letsARunningScriptGoOnToTheDeadlineOnceTheEventIsStarted() {
    vm.endlessScript(Hook.DRAIN, "10-a").script(Hook.DRAIN, "20-b", "1S", 0);
    vm.node.evictionsTake = Optional.empty();
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform(Events.reboot("A").started());
    vm.run("10M");
    assertThat(vm.runningScripts()).containsExactly("drain/10-a");
    assertThat(calls()).contains("stop evictions");
    vm.run("4M");
    assertThat(calls()).contains("end drain/10-a within 10 s").doesNotContain("drain/20-b #1");
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.STARTED_FIRST);
    assertThat(vm.said(Reason.STARTED_UNDRAINED)).isTrue();
  }

  @Test
  void warnsWhenSomethingElseApprovesEvents() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform(Events.reboot("A").started());
    vm.run("2S");
    assertThat(vm.said(Reason.STARTED_EARLY)).isTrue();
  }

  @Test
  void doesNotWarnOfItsOwnApproval() {
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform(Events.reboot("A").started());
    vm.run("2S");
    assertThat(vm.said(Reason.STARTED_EARLY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Terminate", "Preempt"})
  void endsAtStartedWhereThereIsNoWayBack(String type) {
    platform(Events.of(type, "A"));
    vm.start().run("20S");
    platform(Events.of(type, "A").started());
    vm.run("5S");
    assertThat(summary().ending()).isEqualTo(Summary.Ending.GONE);
    assertThat(summary().drain()).isEqualTo(DrainResult.Outcome.COMPLETE);
  }

  @Test
  void staysInsteadOfEndingWhenAnEvictedMachineIsOnlyStopped() {
    vm.machine = new Machine("vm1", Optional.of("id-1"), "boot-1", false);
    platform(Events.preempt("A"));
    vm.start().run("20S");
    platform(Events.preempt("A").started());
    vm.run("5S");
    assertThat(vm.summaries).isEmpty();
  }

  @Test
  void returnsAsUsualShouldItComeUpAgainAfterAll() {
    scriptInEveryHook();
    platform(Events.preempt("A"));
    vm.start().run("20S");
    platform(Events.preempt("A").started());
    vm.run("5S").reboot("boot-2").run("1H");
    platform();
    vm.start().run("30S");
    assertThat(calls()).endsWith("uncordon", "uncordon/10-a #1");
    assertThat(summary().ending()).isEqualTo(Summary.Ending.GONE);
    assertThat(vm.episode()).isEmpty();
  }

  @Test
  void treatsAnUnknownTypeLikeARedeployAndNeverAcknowledgesIt() {
    with(Rules.forType("HostUpdate").acknowledging(AcknowledgeWhen.IMMEDIATELY));
    platform(Events.of("HostUpdate", "A").in("10M"));
    vm.start().run("30S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(vm.posted).isEmpty();
    assertThat(vm.said(Reason.NOT_ACKNOWLEDGED)).isTrue();
  }
}
