package io.drainwatch.drainer.drainsafe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The annotations and Events that follow a maintenance; names in capitals are DrainSafe's. */
class DrainSafeAnnotationsTest {
  private final AnnotatedNode node = new AnnotatedNode();

  @AfterEach
  void noInvariantIsBroken() {
    assertThat(node.vm.violations).isEmpty();
  }

  private void scripts() {
    for (Hook hook : Hook.values()) {
      node.vm.script(hook, "10-a", "2S", 0);
    }
  }

  @Test
  @DisplayName("Reconcile: a whole maintenance goes through DrainSafe's states in its order")
  void goesThroughTheStates() {
    scripts();
    node.platform(Events.reboot("A")).vm.start().run("30S");
    node.platform(Events.reboot("A").started()).vm.run("10S");
    node.platform().vm.run("20S");
    assertThat(node.written)
        .containsExactly(
            "NodeRunning - -",
            "NodeCordoning Reboot -",
            "NodeCordoned Reboot Drainsafe",
            "NodeDraining Reboot Drainsafe",
            "NodeDrained Reboot Drainsafe",
            "MaintenanceStarted Reboot Drainsafe",
            "NodeRunning - Drainsafe",
            "NodeRunning - -");
    assertThat(node.said)
        .containsExactly(
            "MaintenanceScheduled",
            "NodeCordoning",
            "NodeCordoned",
            "NodeDraining",
            "NodeDrained",
            "MaintenanceStarted",
            "NodeRunning",
            "NodeUncordoned");
  }

  @Test
  @DisplayName("Reconcile: a Freeze that is observed cordons nothing and says so")
  void followsAFreezeThatIsObserved() {
    node.platform(Events.freeze("F", 5)).vm.start().run("10S");
    node.platform(Events.freeze("F", 5).started()).vm.run("10S");
    node.platform().vm.run("10S");
    assertThat(node.written)
        .containsExactly(
            "NodeRunning - -",
            "MaintenanceScheduled Freeze -",
            "MaintenanceStarted Freeze -",
            "NodeRunning - -");
    assertThat(node.said)
        .containsExactly("MaintenanceScheduled", "MaintenanceStarted", "NodeRunning");
  }

  @Test
  @DisplayName("Reconcile: a restart of the daemon says nothing twice")
  void saysNothingTwice() {
    node.platform(Events.reboot("A")).vm.start().run("30S").kill().start().run("10S");
    assertThat(node.said).doesNotHaveDuplicates().contains("NodeDrained");
    assertThat(node.annotations().state()).isEqualTo(DrainSafeState.NODE_DRAINED);
  }

  @Test
  @DisplayName("ReconcileWithRepairMan: once the gate is passed it is MaintenanceApproved")
  void isApprovedOnceTheGateIsPassed() {
    node.platform(Events.freeze("F", 5)).vm.start().run("5S");
    assertThat(node.annotations().state()).isEqualTo(DrainSafeState.MAINTENANCE_SCHEDULED);
    node.approved = true;
    node.vm.run("5S");
    assertThat(node.annotations().state()).isEqualTo(DrainSafeState.MAINTENANCE_APPROVED);
    assertThat(node.said).containsExactly("MaintenanceScheduled", "MaintenanceApproved");
  }

  @Test
  @DisplayName("ReconcileWithRepairMan: an approved drain goes on as any other, said in its order")
  void goesOnAfterTheApproval() {
    node.approved = true;
    node.platform(Events.reboot("A")).vm.start().run("30S");
    assertThat(node.annotations().state()).isEqualTo(DrainSafeState.NODE_DRAINED);
    assertThat(node.said)
        .startsWith("MaintenanceScheduled", "MaintenanceApproved", "NodeCordoning", "NodeCordoned");
  }

  @Test
  @DisplayName("ProcessScheduledEvent: the type as received, of the event that scripts are told of")
  void namesTheTypeOfTheMostUrgentEvent() {
    node.vm.endlessScript(Hook.DRAIN, "10-a");
    node.platform(Events.of("rEBOOT", "A").in("15M")).vm.start().run("5S");
    assertThat(node.annotations().type()).isEqualTo("rEBOOT");
    node.platform(Events.of("rEBOOT", "A").in("15M"), Events.preempt("B")).vm.run("5S");
    assertThat(node.annotations().type()).isEqualTo("Preempt");
  }

  @Test
  @DisplayName("ProcessScheduledEvent: an event of other machines changes nothing here")
  void leavesOtherMachinesAlone() {
    node.platform(Events.reboot("A").naming("vm2")).vm.start().run("10S");
    assertThat(node.written).containsExactly("NodeRunning - -");
    assertThat(node.said).isEmpty();
  }

  @Test
  @DisplayName("NoAnnotations: a node at rest has a state, and no type and no owner")
  void isAtRest() {
    assertThat(DrainSafeAnnotations.AT_REST.values())
        .isEqualTo(
            Map.of(
                "drainsafe.azure.com/maintenancestate", "NodeRunning",
                "drainsafe.azure.com/maintenancetype", "",
                "drainsafe.azure.com/maintenanceowner", ""));
  }

  @Test
  void neverWritesPending() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new DrainSafeAnnotations(DrainSafeState.MAINTENANCE_PENDING, "Reboot", false));
  }
}
