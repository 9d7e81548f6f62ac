package io.drainwatch.drainer.drainsafe;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.drainsafe.DrainSafeTakeover.HalfDone;
import io.drainwatch.drainer.drainsafe.DrainSafeTakeover.Nothing;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from a node that DrainSafe has left. */
class DrainSafeTakeoverTest {

  private static Map<String, String> node(String state, String type, String owner) {
    return Map.of(
        "drainsafe.azure.com/maintenancestate", state,
        "drainsafe.azure.com/maintenancetype", type,
        "drainsafe.azure.com/maintenanceowner", owner,
        "other", "annotation");
  }

  private static DrainSafeTakeover read(Map<String, String> annotations) {
    return DrainSafeTakeover.of(DrainSafeMode.READ, annotations, true, false);
  }

  @Test
  @DisplayName("NoAnnotations: nothing is taken over from a node that has none")
  void takesNothingFromABareNode() {
    assertThat(read(Map.of())).isInstanceOf(Nothing.class);
    assertThat(read(Map.of("drainsafe.azure.com/maintenanceowner", "Drainsafe")))
        .isInstanceOf(Nothing.class);
  }

  @ParameterizedTest(name = "ProcessNodeEvent: {0} is {1}, the cordon of owner Drainsafe ours: {2}")
  @CsvSource({
    "MaintenancePending, MAINTENANCE_SCHEDULED, false",
    "MaintenanceScheduled, MAINTENANCE_SCHEDULED, false",
    "MaintenanceApproved, MAINTENANCE_SCHEDULED, false",
    "NodeCordoning, CORDONED, false",
    "NodeCordoned, CORDONED, true",
    "NodeDraining, DRAINING, true",
    "NodeDrained, DRAINED, true",
    "MaintenanceStarted, MAINTENANCE_STARTED, true"
  })
  void takesOverAState(String word, MaintenanceState state, boolean ours) {
    assertThat(read(node(word, "Reboot", "Drainsafe")))
        .isInstanceOfSatisfying(
            HalfDone.class,
            taken -> {
              assertThat(taken.state().word()).isEqualTo(word);
              assertThat(taken.state().state()).contains(state);
              assertThat(taken.type()).isEqualTo("Reboot");
              assertThat(taken.cordonIsOurs()).isEqualTo(ours);
            });
    for (String owner : new String[] {"", "drainsafe-operator", "somebody"}) {
      assertThat(read(node(word, "Reboot", owner)))
          .isInstanceOfSatisfying(
              HalfDone.class, taken -> assertThat(taken.cordonIsOurs()).isFalse());
    }
  }

  @Test
  @DisplayName("DS02 with NodeRunning an owner is stale: a cordon on the node is a person's")
  void believesNoOwnerOfARunningNode() {
    assertThat(read(node("NodeRunning", "", "Drainsafe")))
        .isEqualTo(new Nothing("DrainSafe says NodeRunning"));
  }

  @Test
  @DisplayName("DS03 a cordon that is not there is not ours, whatever the owner says")
  void ownsNoCordonThatIsNotThere() {
    assertThat(
            DrainSafeTakeover.of(
                DrainSafeMode.READ, node("NodeDraining", "", "Drainsafe"), false, false))
        .isEqualTo(new HalfDone(DrainSafeState.NODE_DRAINING, "", false));
  }

  @Test
  void takesOverOnceAndOnlyWhenAskedTo() {
    Map<String, String> node = node("NodeDrained", "Reboot", "Drainsafe");
    assertThat(DrainSafeTakeover.of(DrainSafeMode.READ, node, true, true))
        .isEqualTo(new Nothing("the node has a record of ours"));
    assertThat(DrainSafeTakeover.of(DrainSafeMode.OFF, node, true, false))
        .isEqualTo(new Nothing("compat.drainsafe is off"));
    assertThat(DrainSafeTakeover.of(DrainSafeMode.WRITE, node, true, false))
        .isEqualTo(new Nothing("compat.drainsafe is write"));
  }

  @ParameterizedTest
  @CsvSource({"nodedrained", "Drained", "NodeUncordoned", "'NodeDrained '"})
  void takesNothingFromAWordThatIsNoState(String word) {
    assertThat(read(node(word, "", "Drainsafe"))).isInstanceOf(Nothing.class);
  }

  @Test
  void readsItsOwnModes() {
    for (DrainSafeMode mode : DrainSafeMode.values()) {
      assertThat(DrainSafeMode.of(mode.word())).contains(mode);
    }
    assertThat(DrainSafeMode.of("true")).isEqualTo(Optional.empty());
  }
}
