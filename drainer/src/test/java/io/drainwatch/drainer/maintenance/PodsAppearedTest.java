package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pods that come after the end of the evictions (kubernetes-drain.md 12, item 4). */
class PodsAppearedTest extends Scenario {
  private static final Observation APPEARED = new Observation.PodsAppeared(List.of("shop/web-1"));

  @Test
  @DisplayName("K04 a pod that appears after Drained and before the POST leads back to Draining")
  void drainsAgainBeforeTheAcknowledgement() {
    vm.diskFull = true;
    platform(Events.reboot("A"));
    vm.start().run("10S");
    assertThat(episode().state()).isEqualTo(MaintenanceState.DRAINED);
    vm.node.evictionsTake = Optional.of(Duration.ofSeconds(5));
    vm.observe(APPEARED);
    vm.run("2S");
    assertThat(episode().state()).isEqualTo(MaintenanceState.DRAINING);
    assertThat(episode().events()).noneMatch(TrackedEvent::drained);
    vm.diskFull = false;
    vm.run("2S");
    assertThat(calls()).noneMatch(call -> call.startsWith("acknowledge"));
    vm.run("10S");
    assertThat(episode().state()).isEqualTo(MaintenanceState.DRAINED);
    assertThat(calls()).filteredOn(call -> call.startsWith("acknowledge")).hasSize(1);
  }

  @Test
  @DisplayName("what the platform was told is not taken back")
  void changesNothingAfterTheAcknowledgement() {
    platform(Events.reboot("A"));
    vm.start().run("10S");
    assertThat(calls()).anyMatch(call -> call.startsWith("acknowledge"));
    vm.observe(APPEARED);
    vm.run("2S");
    assertThat(episode().state()).isEqualTo(MaintenanceState.DRAINED);
  }
}
