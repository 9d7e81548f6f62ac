package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** lifecycle.md, "States": one state after another, each when its row says so. */
class StatesTest extends Scenario {

  @Test
  void doesNothingForAnEventThatNamesOthersOnly() {
    scriptInEveryHook();
    platform(Events.reboot("A").naming("vm2"), Events.reboot("B").naming());
    vm.start().run("10S");
    assertThat(vm.log).isEmpty();
    assertThat(vm.episode()).isEmpty();
  }

  @Test
  void findsItsNameWithoutCase() {
    platform(Events.reboot("A").naming("VM1"));
    vm.start().run("10S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
  }

  @Test
  void doesNothingForAnEventThatThePolicyIgnores() {
    with(Rules.forType("Reboot").doing(PolicyAction.IGNORE));
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("10S");
    assertThat(vm.log).isEmpty();
  }

  @Test
  void cordonsAndDoesNotDrainWhenThePolicyAsksForACordon() {
    with(Rules.forType("Reboot").doing(PolicyAction.CORDON));
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("30S");
    assertThat(vm.state()).contains(MaintenanceState.CORDONED);
    platform(Events.reboot("A").started());
    vm.run("10S");
    platform();
    vm.run("20S");
    assertThat(calls())
        .containsExactly(
            "cordon",
            "scheduled/10-a #1",
            "cordon/10-a #1",
            "started/10-a #1",
            "running/10-a #1",
            "uncordon",
            "uncordon/10-a #1",
            "summary RETURNED");
    assertThat(vm.posted).isEmpty();
  }

  @Test
  void runsTheCordonHookOnlyAfterTheCordonIsDone() {
    vm.script(Hook.CORDON, "10-a", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("10S");
    assertThat(calls().subList(0, 2)).containsExactly("cordon", "cordon/10-a #1");
  }

  @Test
  void doesNotLetAHangingNotificationHoldUpTheDrain() {
    vm.endlessScript(Hook.SCHEDULED, "10-mail").script(Hook.DRAIN, "10-a", "1S", 0);
    platform(Events.preempt("A"));
    vm.start().run("10S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(vm.posted).containsExactly("A");
    assertThat(vm.runningScripts()).containsExactly("scheduled/10-mail");
  }

  @Test
  void drainsBesideTheEvictionsAndStopsOnlyAfterBoth() {
    vm.node.evictionsTake = java.util.Optional.of(java.time.Duration.ofSeconds(10));
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("10S");
    assertThat(calls()).contains("evict until " + at("14M"), "drain/10-a #1");
    assertThat(calls()).doesNotContain("post-stop/10-a #1");
    vm.run("20S");
    assertThat(calls()).contains("post-stop/10-a #1");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
  }

  @Test
  void staysCordonedWhileTheEventIsStarted() {
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("30S");
    platform(Events.reboot("A").started());
    vm.run("5H");
    assertThat(vm.state()).contains(MaintenanceState.MAINTENANCE_STARTED);
    assertThat(vm.node.isCordonedByUs()).isTrue();
  }

  @Test
  void returnsOnlyAfterTwoValidDocumentsWithoutTheEvent() {
    platform(Events.reboot("A").started());
    vm.start().run("0.5S");
    platform();
    vm.run("1S");
    assertThat(vm.state()).contains(MaintenanceState.MAINTENANCE_STARTED);
    vm.answers = VirtualVm.Answers.ERROR;
    vm.run("1H");
    assertThat(vm.state()).contains(MaintenanceState.MAINTENANCE_STARTED);
    vm.answers = VirtualVm.Answers.DOCUMENT;
    vm.run("1.5S");
    assertThat(vm.deeds()).contains("Running");
  }

  @Test
  void entersEachStateOnceAndInOrder() {
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform(Events.reboot("A").started());
    vm.run("10S");
    platform();
    vm.run("10S");
    List<String> words =
        java.util.Arrays.stream(MaintenanceState.values()).map(MaintenanceState::word).toList();
    assertThat(vm.deeds().stream().filter(words::contains)).containsExactlyElementsOf(words);
  }
}
