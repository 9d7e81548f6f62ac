package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole maintenances, told by what was done. */
class MaintenanceTest {
  private final VirtualVm vm = new VirtualVm();

  @AfterEach
  void noInvariantIsBroken() {
    assertThat(vm.violations).isEmpty();
  }

  private void platform(Events... events) {
    vm.platform.clear();
    for (Events event : events) {
      vm.platform.add(event.event());
    }
  }

  private void scriptInEveryHook() {
    for (Hook hook : Hook.values()) {
      vm.script(hook, "10-a", "2S", 0);
    }
  }

  @Test
  void goesFromTheFirstNoticeToBackInService() {
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("30S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    platform(Events.reboot("A").started());
    vm.run("10S");
    platform();
    vm.run("20S");
    assertThat(vm.deeds())
        .containsExactly(
            "MaintenanceScheduled",
            "Cordoned",
            "cordon",
            "scheduled/10-a #1",
            "cordon/10-a #1",
            "Draining",
            "pre-stop/10-a #1",
            "drain/10-a #1",
            "post-stop/10-a #1",
            "Drained",
            "acknowledge A #1",
            "MaintenanceStarted",
            "started/10-a #1",
            "Running",
            "pre-start/10-a #1",
            "running/10-a #1",
            "post-start/10-a #1",
            "Uncordoned",
            "uncordon",
            "uncordon/10-a #1",
            "summary RETURNED");
    assertThat(vm.episode()).isEmpty();
    assertThat(vm.durable()).isEmpty();
  }

  @Test
  void observesAFreezeByDefaultAndApprovesAShortOneAtOnce() {
    scriptInEveryHook();
    platform(Events.freeze("F", 5));
    vm.start().run("10S");
    platform(Events.freeze("F", 5).started());
    vm.run("10S");
    platform();
    vm.run("10S");
    assertThat(vm.deeds())
        .containsExactly(
            "MaintenanceScheduled",
            "acknowledge F #1",
            "scheduled/10-a #1",
            "MaintenanceStarted",
            "started/10-a #1",
            "Running",
            "running/10-a #1",
            "Uncordoned",
            "summary RETURNED");
  }

  @Test
  void endsScriptsOfACancelledEventAndReturns() {
    vm.endlessScript(Hook.DRAIN, "10-a").script(Hook.CANCELLED, "10-c", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("10.5S");
    platform();
    vm.run("20S");
    assertThat(vm.deeds())
        .containsExactly(
            "MaintenanceScheduled",
            "Cordoned",
            "cordon",
            "Draining",
            "drain/10-a #1",
            "end drain/10-a within 10 s",
            "cancelled/10-c #1",
            "Running",
            "Uncordoned",
            "uncordon",
            "summary CANCELLED");
  }
}
