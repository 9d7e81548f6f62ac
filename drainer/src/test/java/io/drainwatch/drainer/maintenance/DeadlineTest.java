package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** lifecycle.md, "Deadline", and I8. */
class DeadlineTest extends Scenario {

  @ParameterizedTest(name = "a notice of {0} with a margin of 60 s leaves {1}")
  @CsvSource({"15M, 14M", "5M, 4M", "4M, 192S", "100S, 80S", "30S, 24S", "5S, 4S", "0S, 0S"})
  void keepsAFifthOfTheNoticeAtMost(String notice, String deadline) {
    platform(Events.reboot("A").in(notice));
    vm.start();
    vm.poll();
    assertThat(episode().deadline()).contains(at(deadline));
  }

  @Test
  void keepsSixSecondsForAPreempt() {
    platform(Events.preempt("A"));
    vm.start().run("1S");
    assertThat(episode().deadline()).contains(at("24S"));
  }

  @ParameterizedTest(name = "{0} without a readable NotBefore has a deadline after {1}")
  @CsvSource({
    "Freeze, 14M",
    "Reboot, 14M",
    "Redeploy, 9M",
    "Preempt, 24S",
    "Terminate, 4M",
    "HostUpdate, 9M"
  })
  void reckonsWithTheTypesNoticeWhereNotBeforeIsUnreadable(String type, String deadline) {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.of(type, "A"));
    vm.start().run("1S");
    assertThat(episode().deadline()).contains(at(deadline));
    assertThat(
            type.equals("Freeze")
                || vm.state().equals(java.util.Optional.of(MaintenanceState.DRAINING)))
        .as("begins at once")
        .isTrue();
  }

  @Test
  void hasNoDeadlineForARebalanceRecommendation() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.of("SpotRebalanceRecommendation", "A"));
    vm.start().run("9M");
    assertThat(episode().deadline()).isEmpty();
    assertThat(episode().drain().isOpen()).isTrue();
    vm.run("2M");
    assertThat(vm.deeds()).as("the default time-out").contains("end drain/10-a within 10 s");
  }

  @Test
  void takesTheDeadlineOfAPreemptThatJoinsARebalanceRecommendation() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.of("SpotRebalanceRecommendation", "A"));
    vm.start().run("60S");
    platform(Events.of("SpotRebalanceRecommendation", "A"), Events.preempt("B").in("91S"));
    vm.run("1S");
    assertThat(episode().deadline()).contains(at("85S"));
  }

  @Test
  void isReachedAtOnceWhenNotBeforeIsInThePast() {
    scriptInEveryHook();
    platform(Events.reboot("A").at(VirtualVm.START.minusSeconds(60)));
    vm.start().run("10S");
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.DEADLINE_REACHED);
    assertThat(vm.posted).isEmpty();
    assertThat(vm.deeds()).noneMatch(line -> line.startsWith("drain/"));
    assertThat(vm.state()).contains(MaintenanceState.MAINTENANCE_SCHEDULED);
  }

  @Test
  void deadlineOnlyTightens() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"), Events.redeploy("B"));
    vm.start().run("1S");
    assertThat(episode().deadline()).contains(at("9M"));
    platform(Events.reboot("A"), Events.redeploy("B").in("60M"));
    vm.run("1S");
    assertThat(episode().deadline()).as("one event moved later").contains(at("9M"));
    platform(Events.reboot("A"), Events.redeploy("B").in("5M"));
    vm.run("1S");
    assertThat(episode().deadline()).as("one event moved earlier").contains(at("4M"));
    platform(Events.reboot("A"));
    vm.run("5S");
    assertThat(episode().deadline()).as("the earlier event is gone").contains(at("4M"));
  }

  @Test
  void movesDeadlineLaterOnlyWhenEveryEventMoved() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"), Events.redeploy("B"));
    vm.start().run("1S");
    platform(Events.reboot("A").in("30M"), Events.redeploy("B").in("40M"));
    vm.run("1S");
    assertThat(episode().deadline()).contains(at("29M"));
    vm.run("20M");
    assertThat(vm.runningScripts()).containsExactly("drain/10-a");
  }

  @Test
  void keepsTheMarginOfTheNoticeAsFirstSeen() {
    platform(Events.reboot("A").in("100S"));
    vm.start().run("1S");
    platform(Events.reboot("A").in("200M"));
    vm.run("1S");
    assertThat(episode().deadline()).contains(at("200M").minusSeconds(20));
  }

  @Test
  void keepsTheLastNotBeforeOnceTheEventIsStarted() {
    platform(Events.reboot("A"));
    vm.start().run("1S");
    platform(Events.reboot("A").started());
    vm.run("1S");
    assertThat(episode().leading().notBefore()).contains(at("15M"));
    assertThat(episode().deadline()).contains(at("14M"));
  }

  @Test
  void stopsEverythingAtTheDeadlineAndDoesNotAcknowledge() {
    vm.node.evictionsTake = java.util.Optional.empty();
    vm.script(Hook.PRE_STOP, "10-a", "1S", 0)
        .endlessScript(Hook.DRAIN, "10-a")
        .script(Hook.POST_STOP, "10-a", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("13M59S");
    assertThat(vm.runningScripts()).containsExactly("drain/10-a");
    vm.run("1S");
    assertThat(vm.deeds())
        .endsWith("drain/10-a #1", "end drain/10-a within 10 s", "stop evictions");
    assertThat(episode().drain())
        .isEqualTo(
            new DrainResult(
                DrainResult.Outcome.DEADLINE_REACHED,
                "left: drain/10-a",
                java.util.List.of("drain/10-a")));
    assertThat(vm.said(Reason.DEADLINE_REACHED)).isTrue();
    assertQuiet();
    assertThat(vm.posted).isEmpty();
  }

  @Test
  void setsTheDrainsDeadlineByTheDrainedEventNotByTheFreezeBefore() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.freeze("F", 9));
    vm.start().run("1M");
    assertThat(episode().deadline()).contains(at("14M"));
    platform(Events.freeze("F", 9), Events.redeploy("B").in("144H"));
    vm.run("1S");
    assertThat(episode().deadline()).contains(at("144H").minusSeconds(60));
  }

  @Test
  void tellsRunningEvictionsANewDeadline() {
    vm.node.evictionsTake = java.util.Optional.of(Duration.ofMinutes(5));
    platform(Events.reboot("A"));
    vm.start().run("5S");
    platform(Events.reboot("A"), Events.preempt("B").in("40S"));
    vm.run("5S");
    assertThat(calls())
        .containsExactly("cordon", "evict until " + at("14M"), "evict until " + at("34S"));
  }

  private List<AtDeadline> told() {
    return vm.actions.stream()
        .filter(Action.StartEvictions.class::isInstance)
        .map(action -> ((Action.StartEvictions) action).atDeadline())
        .toList();
  }

  @Test
  void deletesPodsAtTheDeadlineUnlessTheRuleSaysToLeaveThem() {
    vm.node.evictionsTake = Optional.empty();
    platform(Events.reboot("A"));
    vm.start().run("5S");
    assertThat(told()).containsExactly(AtDeadline.DELETE_PODS);
    with(Rules.forType("Reboot").leavingPodsAtDeadline());
    vm.node.evictionsTake = Optional.empty();
    platform(Events.reboot("A"));
    vm.start().run("5S");
    assertThat(told()).containsExactly(AtDeadline.LEAVE);
  }

  @Test
  void deletesPodsAtTheDeadlineWhereOneOfTwoRulesSaysSo() {
    with(
        Rules.forType("Reboot").leavingPodsAtDeadline(),
        Rules.forType("Freeze").doing(PolicyAction.OBSERVE));
    vm.node.evictionsTake = Optional.empty();
    platform(Events.reboot("A"), Events.freeze("F", 5));
    vm.start().run("5S");
    assertThat(told()).as("the Freeze is only looked at").containsOnly(AtDeadline.LEAVE);
    platform(Events.reboot("A"), Events.redeploy("B"));
    vm.run("5S");
    assertThat(told()).last().isEqualTo(AtDeadline.DELETE_PODS);
  }
}
