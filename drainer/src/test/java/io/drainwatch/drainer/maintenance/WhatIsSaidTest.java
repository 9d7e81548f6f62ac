package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people are told of a maintenance, and how often: logs and notifications are made of it. */
class WhatIsSaidTest extends Scenario {

  private List<String> words(Reason reason) {
    String start = "! " + reason + " ";
    return vm.log.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  private void drain(Events... events) {
    platform(events);
    vm.start().run("10S");
  }

  @Test
  void anEventWithAllThatDecidesWhatIsDone() {
    with(Rules.forType("Reboot").named("reboots"));
    drain(Events.reboot("A"));
    assertThat(words(Reason.EVENT_SEEN))
        .containsExactly("Reboot A, Scheduled, NotBefore " + at("15M") + ", rule reboots");
  }

  @Test
  void anEventThatHasStartedAndOneKnownFromElsewhere() {
    platform(Events.reboot("A").started(), Events.redeploy("B").from(EventSource.RESOURCE_GRAPH));
    vm.start().run("1S");
    assertThat(words(Reason.EVENT_SEEN))
        .containsExactlyInAnyOrder(
            "Reboot A, Started, NotBefore not given, rule default Reboot",
            "Redeploy B, Scheduled, NotBefore "
                + at("10M")
                + ", rule default Redeploy, known from Resource Graph");
    assertThat(words(Reason.HOST_FAILURE)).containsExactly("A");
  }

  @Test
  void whoJoins() {
    drain(Events.reboot("A"));
    platform(Events.reboot("A"), Events.redeploy("B"));
    vm.run("10S");
    assertThat(words(Reason.EVENT_SEEN)).hasSize(1);
    assertThat(words(Reason.EVENT_JOINED))
        .containsExactly(
            "Redeploy B, Scheduled, NotBefore " + at("10M") + ", rule default Redeploy");
  }

  @Test
  void untilWhenItWaitsAndOfNothingElse() {
    with(
        Rules.forType("Redeploy").startBefore("1H"),
        Rules.forType("Freeze").startBefore("1H").doing(PolicyAction.OBSERVE));
    platform(Events.redeploy("A").in("144H"), Events.freeze("F", 5).in("144H"));
    vm.start().run("10S");
    platform(
        Events.redeploy("A").in("144H"),
        Events.freeze("F", 5).in("144H"),
        Events.redeploy("B").in("145H"),
        Events.freeze("G", 5).in("145H"),
        Events.reboot("C").in("145H"));
    vm.run("10S");
    assertThat(words(Reason.WAITING))
        .containsExactly("A until " + at("143H"), "B until " + at("144H"));
  }

  @Test
  void thatAnEventIsMissingAndBackOnceEach() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    vm.polls = false;
    platform(Events.reboot("A"));
    vm.start().poll();
    vm.run("5S");
    platform();
    vm.poll();
    assertThat(words(Reason.EVENT_MISSING)).containsExactly("A");
    assertThat(words(Reason.EVENT_BACK)).isEmpty();
    platform(Events.reboot("A"));
    vm.poll();
    vm.run("1S").poll();
    assertThat(words(Reason.EVENT_MISSING)).hasSize(1);
    assertThat(words(Reason.EVENT_BACK)).containsExactly("A");
  }

  @Test
  void thatItWasCancelledAndNotThatItIsMissingOnceMore() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    drain(Events.reboot("A"));
    platform();
    vm.run("1M");
    assertThat(words(Reason.EVENT_MISSING)).containsExactly("A");
    assertThat(words(Reason.EVENT_BACK)).isEmpty();
    assertThat(words(Reason.CANCELLED)).containsExactly("A/vm1");
  }

  @Test
  void whatCannotBeKeptOnceAndNotAtEachDocument() {
    drain(Events.reboot("A"));
    for (int i = 0; i < Roster.MOST_EVENTS + 3; i++) {
      vm.platform.add(Events.reboot("E" + i).in("60M").event());
    }
    vm.run("10S");
    assertThat(words(Reason.TOO_MANY_EVENTS)).hasSize(4);
  }

  @Test
  void thatSomethingElseApprovedIt() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    drain(Events.reboot("A"));
    platform(Events.reboot("A").started());
    vm.run("10S");
    assertThat(words(Reason.STARTED_EARLY)).containsExactly("A");
    assertThat(words(Reason.STARTED_UNDRAINED)).containsExactly("A/vm1");
  }

  @Test
  void nothingOfAnEarlyStartAtOrAfterItsNotBefore() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    vm.polls = false;
    platform(Events.reboot("A"));
    vm.start().poll();
    vm.run("15M");
    platform(Events.reboot("A").started());
    vm.poll();
    assertThat(words(Reason.STARTED_EARLY)).isEmpty();
  }

  @Test
  void whichScriptsFailedADrain() {
    vm.script(Hook.DRAIN, "10-a", "1S", 3).script(Hook.DRAIN, "20-b", "1S", 0);
    drain(Events.reboot("A"));
    assertThat(words(Reason.HOOK_FAILED)).containsExactly("drain/10-a: exit code 3");
    assertThat(words(Reason.DRAIN_FAILED)).containsExactly("failed: drain/10-a");
  }

  @Test
  void whichPodsFailedADrainAndWhichCameBack() {
    vm.acknowledgementFails = true;
    drain(Events.reboot("A"));
    vm.observe(new Observation.PodsAppeared(List.of("shop/web-1", "shop/web-2")));
    assertThat(words(Reason.PODS_APPEARED)).as("it was asked for already").isEmpty();
    with(LifecycleSettings.defaults());
    vm.diskFull = true;
    drain(Events.reboot("A"));
    vm.node.left = List.of("shop/web-1: held by a budget");
    vm.observe(new Observation.PodsAppeared(List.of("shop/web-1", "shop/web-2")));
    vm.run("1S");
    assertThat(words(Reason.PODS_APPEARED)).containsExactly("shop/web-1, shop/web-2");
    assertThat(words(Reason.DRAIN_FAILED))
        .containsExactly("not evicted: shop/web-1: held by a budget");
  }

  @Test
  void whatWasLeftAtTheDeadline() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("14M1S");
    assertThat(words(Reason.DEADLINE_REACHED)).containsExactly("left: drain/10-a");
  }

  @Test
  void whenAnAcknowledgementIsTriedAgain() {
    vm.acknowledgementFails = true;
    platform(Events.reboot("A"));
    vm.start().run("4S");
    assertThat(words(Reason.ACKNOWLEDGE_FAILED))
        .startsWith("A, try 1, again in 1 s", "A, try 2, again in 2 s");
    vm.acknowledgementFails = false;
    vm.run("10S");
    assertThat(words(Reason.ACKNOWLEDGED)).containsExactly("A");
  }

  @Test
  void thatAPersonUncordoned() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    drain(Events.reboot("A"));
    vm.node.uncordonByOthers();
    vm.observe(vm.foreignUncordon());
    assertThat(words(Reason.HELD)).containsExactly("A/vm1");
  }

  @Test
  void thatItRanUnseen() {
    drain(Events.reboot("A"));
    platform();
    vm.run("10S");
    assertThat(words(Reason.RAN_UNSEEN)).containsExactly("A/vm1");
    assertThat(words(Reason.CANCELLED)).isEmpty();
  }

  @Test
  void whatOvertakesTheReturn() {
    vm.endlessScript(Hook.RUNNING, "10-a");
    drain(Events.reboot("A"));
    platform();
    vm.run("10S");
    platform(Events.redeploy("B"));
    vm.run("10S");
    assertThat(words(Reason.OVERTAKEN))
        .containsExactly(
            "Redeploy B, Scheduled, NotBefore " + at("10M") + ", rule default Redeploy");
  }

  @Test
  void whereItGoesOnAfterARestartAndWhetherTheMachineWasRestarted() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    drain(Events.reboot("A"));
    vm.kill().start().run("1S");
    assertThat(words(Reason.RESUMED)).containsExactly("A/vm1 at Draining");
    assertThat(words(Reason.REBOOTED)).isEmpty();
    vm.reboot("boot-2").start().run("1S");
    assertThat(words(Reason.REBOOTED)).containsExactly("A/vm1");
    vm.observe(new Observation.DaemonStarted(vm.machine));
    assertThat(words(Reason.RESUMED)).as("told again who we are, which is no restart").hasSize(2);
  }

  @Test
  void whatADryRunWouldDo() {
    with(LifecycleSettings.defaults().withDryRun(DryRun.REPORT));
    drain(Events.reboot("A"));
    assertThat(words(Reason.DRY_RUN)).containsExactly("would stop new work", "would evict");
  }

  @Test
  void aDrainByHandThatJoins() {
    drain(Events.reboot("A"));
    vm.observe(new Observation.OperatorDrain("1", "Redeploy", Optional.of(Duration.ofMinutes(5))));
    assertThat(words(Reason.EVENT_JOINED))
        .containsExactly(
            "Redeploy operator-1, Scheduled, NotBefore " + at("5M10S") + ", rule by hand");
    assertThat(episode().deadline()).as("it is the earlier one").contains(at("5M10S"));
    vm.observe(new Observation.OperatorResume());
    vm.observe(new Observation.OperatorResume());
    assertThat(words(Reason.NOTHING_TO_RESUME)).containsExactly("A/vm1");
  }

  @Test
  void thatTheNodeIsGone() {
    drain(Events.reboot("A"));
    vm.observe(new Observation.NodeGone());
    assertThat(words(Reason.NODE_GONE)).containsExactly("A/vm1");
  }
}
