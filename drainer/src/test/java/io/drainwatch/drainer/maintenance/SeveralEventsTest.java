package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One maintenance, several events; documents as in the fixtures of the protocol. */
class SeveralEventsTest extends Scenario {

  private static final Events[] SEVERAL = {
    Events.of("Redeploy", "..01").naming("web-vmss_2").in("144H"),
    Events.of("Reboot", "..02").naming("WEB-VMSS_2").from(EventSource.USER).in("14M50S"),
    Events.of("Freeze", "..03").naming("web-vmss_0", "web-vmss_1").lasting(7).started(),
    Events.of("Freeze", "..04").naming("web-vmss_0", "web-vmss_2").lasting(5).in("15M30S"),
    Events.of("Reboot", "..05").naming().in("20M"),
  };

  private void asWebVmss2() {
    vm.machine = new Machine("web-vmss_2", Optional.of("id-2"), "boot-1", true);
  }

  @Test
  void joinsTheEventsThatNameItIntoOneMaintenance() {
    asWebVmss2();
    platform(SEVERAL);
    vm.start().run("1M");
    assertThat(episode().events())
        .extracting(each -> each.event().id())
        .containsExactlyInAnyOrder("..01", "..02", "..04");
    assertThat(episode().id()).isEqualTo("..02/web-vmss_2");
  }

  @Test
  void takesTheDeadlineFromTheEarliestOfThem() {
    asWebVmss2();
    platform(SEVERAL);
    vm.start().run("1S");
    assertThat(episode().deadline()).contains(at("13M50S"));
    assertThat(episode().leading().event().id()).isEqualTo("..02");
  }

  @Test
  void leavesTheSharedFreezeToTheOthersUnlessTheyAreDrainedToo() {
    asWebVmss2();
    platform(SEVERAL);
    vm.start().run("1M");
    assertThat(vm.posted).containsExactlyInAnyOrder("..01", "..02");
  }

  @Test
  void handlesWhatItCanReadOfAnOddEvent() {
    ScheduledEvent odd =
        new ScheduledEvent(
            "c4d5e6f7",
            true,
            "HostUpdate",
            EventStatus.SCHEDULED,
            EventSource.UNKNOWN,
            "VirtualMachine",
            java.util.List.of("vm1"),
            Optional.empty(),
            Optional.of(Duration.ofSeconds(30)),
            "",
            Optional.empty());
    vm.platform.add(odd);
    vm.start().run("30S");
    assertThat(episode().deadline()).contains(at("9M"));
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(vm.posted).isEmpty();
  }

  @Test
  void preemptOvertakesARunningRebootDrain() {
    vm.endlessScript(Hook.DRAIN, "10-a").script(Hook.PRE_STOP, "10-a", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("60S");
    platform(Events.reboot("A"), Events.preempt("B").in("91S"));
    vm.run("1S");
    assertThat(episode().deadline()).contains(at("85S"));
    assertThat(vm.runningScripts()).containsExactly("drain/10-a");
    vm.run("30S");
    assertThat(calls())
        .containsExactly(
            "cordon", "pre-stop/10-a #1", "drain/10-a #1", "end drain/10-a within 5 s");
  }

  @Test
  void handlesAPreemptThatComesFirstAndARebootThatJoins() {
    platform(Events.preempt("B"));
    vm.start().run("1S");
    platform(Events.preempt("B"), Events.reboot("A"));
    vm.run("5S");
    assertThat(episode().deadline()).contains(at("24S"));
    assertThat(vm.posted).containsExactlyInAnyOrder("A", "B");
  }

  @Test
  void staysOutOfServiceUntilTheLastStartedEventIsOver() {
    scriptInEveryHook();
    platform(Events.reboot("A"), Events.redeploy("B"));
    vm.start().run("30S");
    platform(Events.reboot("A").started(), Events.redeploy("B").started());
    vm.run("10S");
    platform(Events.redeploy("B").started());
    vm.run("1M");
    assertThat(vm.state()).contains(MaintenanceState.MAINTENANCE_STARTED);
    platform();
    vm.run("1M");
    assertThat(vm.summaries).hasSize(1);
  }

  @Test
  void knowsAnEventThatCameWhileAnotherWasUnderWay() {
    platform(Events.reboot("A"));
    vm.start().run("30S");
    platform(Events.reboot("A").started());
    vm.run("30S");
    platform(Events.reboot("A").started(), Events.reboot("B").in("10M"));
    vm.run("30S");
    platform(Events.reboot("A").started(), Events.reboot("B").started());
    vm.run("30S");
    platform(Events.reboot("B").started());
    vm.run("30S");
    assertThat(vm.state()).contains(MaintenanceState.MAINTENANCE_STARTED);
    TrackedEvent second = episode().events().getLast();
    assertThat(second.firstSeenAsStarted()).as("it is no host failure").isFalse();
    assertThat(vm.said(Reason.HOST_FAILURE)).isFalse();
    platform();
    vm.run("1M");
    assertThat(summary().events()).hasSize(2);
  }

  @Test
  void endsForGoodWhenATerminateStartsDuringARedeploy() {
    platform(Events.redeploy("A"));
    vm.start().run("30S");
    platform(Events.redeploy("A").started());
    vm.run("30S");
    platform(Events.redeploy("A").started(), Events.terminate("B").started());
    vm.run("5S");
    assertThat(summary().ending()).isEqualTo(Summary.Ending.GONE);
  }

  @Test
  void drainsAnewForAnEventThatStandsAfterAnotherRan() {
    scriptInEveryHook();
    platform(Events.reboot("A"), Events.redeploy("B").in("60M"));
    vm.start().run("30S");
    assertThat(vm.posted).containsExactlyInAnyOrder("A", "B");
    platform(Events.reboot("A").started(), Events.redeploy("B").in("60M"));
    vm.run("1M");
    platform(Events.redeploy("B").in("60M"));
    vm.run("1M");
    assertThat(vm.summaries).extracting(Summary::ending).containsExactly(Summary.Ending.OVERTAKEN);
    assertThat(episode().id()).isEqualTo("B/vm1");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(vm.posted).as("it was approved before").hasSize(2);
    assertThat(calls().stream().filter("drain/10-a #1"::equals)).hasSize(2);
  }

  @Test
  void remembersOverAnotherEpisodeThatAnEventWasApproved() {
    platform(Events.reboot("A"), Events.redeploy("B").in("60M"));
    vm.start().run("30S");
    platform(Events.reboot("A").started(), Events.redeploy("B").in("60M"));
    vm.run("1M");
    platform(Events.redeploy("B").in("60M"));
    vm.run("1M");
    platform();
    vm.run("1M");
    assertThat(vm.summaries.getLast().ending()).isEqualTo(Summary.Ending.RETURNED);
    assertThat(vm.said(Reason.RAN_UNSEEN)).isTrue();
  }

  @Test
  void doesNotAcknowledgeByADrainFromBeforeAnotherEventsReboot() {
    vm.acknowledgementFails = true;
    platform(Events.reboot("A"), Events.redeploy("B").in("60M"));
    vm.start().run("10S");
    vm.reboot("boot-2");
    vm.posted.clear();
    platform(Events.reboot("A").started(), Events.redeploy("B").in("60M"));
    vm.run("30S").start().run("2M");
    assertThat(vm.state()).contains(MaintenanceState.MAINTENANCE_STARTED);
    // the try under way at the reboot is repeated only once B has its own drain
    assertThat(vm.posted).isEmpty();
  }

  @Test
  void looksAtAFreezeWhileARedeployOfNextWeekWaits() {
    with(Rules.forType("Redeploy").startBefore("1H"));
    scriptInEveryHook();
    platform(Events.redeploy("R").in("144H"), Events.freeze("F", 5));
    vm.start().run("10S");
    platform(Events.redeploy("R").in("144H"), Events.freeze("F", 5).started());
    vm.run("10S");
    platform(Events.redeploy("R").in("144H"));
    vm.run("10S");
    assertThat(calls())
        .containsSubsequence(
            "acknowledge F #1", "scheduled/10-a #1", "started/10-a #1", "running/10-a #1")
        .doesNotContain("cordon", "pre-start/10-a #1");
    vm.run("1M");
    assertThat(episode().id()).isEqualTo("R/vm1");
    assertThat(vm.state()).contains(MaintenanceState.MAINTENANCE_SCHEDULED);
  }

  @Test
  void stopsADrainWhoseEventIsCancelledThoughAnotherAsksForACordon() {
    with(Rules.forType("Redeploy").doing(PolicyAction.CORDON)).endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"), Events.redeploy("B").in("60M"));
    vm.start().run("10S");
    platform(Events.redeploy("B").in("60M"));
    vm.run("10S");
    assertThat(calls()).contains("end drain/10-a within 10 s");
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.STOPPED);
    assertThat(vm.node.isCordonedByUs()).isTrue();
  }

  @Test
  void takesEventsForTheSameWhateverTheCaseOfTheirId() {
    platform(Events.reboot("ab-1"));
    vm.start().run("1S");
    platform(Events.reboot("AB-1"));
    vm.run("5S");
    assertThat(episode().events()).hasSize(1);
    assertThat(episode().id()).isEqualTo("ab-1/vm1");
  }

  @Test
  void keepsOneIdHoweverManyEventsJoin() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("1S");
    Instant begun = episode().begunAt();
    platform(Events.reboot("A"), Events.preempt("B"), Events.freeze("F", 3));
    vm.run("5S");
    platform(Events.preempt("B"));
    vm.run("5S");
    assertThat(episode().id()).isEqualTo("A/vm1");
    assertThat(episode().begunAt()).isEqualTo(begun);
  }

  @Test
  void refreshesTheContextWhenAnEventChangesAndNotOtherwise() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("5S");
    long before = refreshed();
    vm.run("5S");
    assertThat(refreshed()).as("the same document again and again").isEqualTo(before);
    platform(Events.reboot("A").in("10M"));
    vm.run("5S");
    assertThat(refreshed()).isEqualTo(before + 1);
  }

  private long refreshed() {
    return vm.actions.stream().filter(Action.RefreshContext.class::isInstance).count();
  }
}
