package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the core makes of a machine that was found to be off or deleted. */
class MachineLossTest extends Scenario {

  private void found(MachineFate fate) {
    vm.observe(new Observation.MachineFound(fate));
  }

  @ParameterizedTest
  @EnumSource(names = {"RUNNING", "STOPPED", "FAILED", "UNKNOWN"})
  void whatIsNoEndChangesNothing(MachineFate fate) {
    platform(Events.reboot("A"));
    vm.start().run("10S");
    Episode before = episode();
    found(fate);
    assertThat(episode()).isEqualTo(before);
    assertThat(vm.summaries).isEmpty();
  }

  @Test
  void whatIsOffHasStartedAndEndsWithOneSummary() {
    platform(Events.reboot("A"));
    vm.start().run("10S");
    found(MachineFate.DEALLOCATED);
    found(MachineFate.DEALLOCATED);
    found(MachineFate.DELETED);
    assertThat(episode().state()).isEqualTo(MaintenanceState.MAINTENANCE_STARTED);
    assertThat(vm.summaries)
        .extracting(Summary::ending)
        .containsExactly(Summary.Ending.DEALLOCATED);
    assertThat(summary().events()).allMatch(Summary.EventSummary::started);
  }

  @Test
  void anEventThatMayStillBeToComeIsNotCalledStarted() {
    platform(Events.reboot("A"), Events.reboot("B"));
    vm.start().run("10S");
    found(MachineFate.DEALLOCATED);
    assertThat(episode().events().stream().filter(TrackedEvent::hasStarted)).hasSize(1);
    platform();
    vm.run("1M");
    assertThat(vm.watch().episode()).isEmpty();
    assertThat(vm.summaries).hasSize(1);
  }

  @Test
  void whatIsDeletedIsGoneAndReturnsAllTheSame() {
    platform(Events.reboot("A"));
    vm.start().run("10S");
    found(MachineFate.DELETED);
    assertThat(summary().ending()).isEqualTo(Summary.Ending.GONE);
    platform();
    vm.run("1M");
    assertThat(vm.watch().episode()).isEmpty();
    assertThat(vm.summaries).hasSize(1);
  }

  @Test
  void aMachineThatIsInServiceOrOnItsWayBackIsNotEnded() {
    found(MachineFate.DELETED);
    assertThat(vm.watch().episode()).isEmpty();
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform(Events.reboot("A").started());
    vm.run("5S");
    platform();
    vm.run("2S");
    found(MachineFate.DELETED);
    vm.run("1M");
    assertThat(vm.summaries).extracting(Summary::ending).containsExactly(Summary.Ending.RETURNED);
  }
}
