package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The record is found on the Node after the first document has begun the same episode. */
class RecordFoundTest extends Scenario {
  private Episode draining;

  /** The record is of before the start of A, and knows no B. */
  private void isFoundAfterTheDocument() {
    vm.node.evictionsTake = Optional.of(Duration.ofMinutes(30));
    platform(Events.reboot("A"));
    vm.start().run("10S");
    draining = episode();
    assertThat(draining.state()).isEqualTo(MaintenanceState.DRAINING);
    vm = new VirtualVm();
    platform(Events.reboot("A").started(), Events.reboot("B"));
    vm.start().run("1S");
    assertThat(vm.state()).contains(MaintenanceState.MAINTENANCE_STARTED);
  }

  @Test
  @DisplayName("I8 the deadline of an event that the record does not know stays")
  void keepsTheDeadlineOfWhoJoined() {
    isFoundAfterTheDocument();
    Instant deadline = episode().deadline().orElseThrow();
    vm.observe(new Observation.RecordFound(draining));
    assertThat(episode().events()).extracting(each -> each.event().id()).containsExactly("A", "B");
    assertThat(episode().deadline().orElseThrow()).isBeforeOrEqualTo(deadline);
  }

  @Test
  @DisplayName("I7 an event that the document calls Started is not drained for by the record")
  void evictsNothingForWhatHasStarted() {
    isFoundAfterTheDocument();
    vm.observe(new Observation.RecordFound(draining));
    assertThat(episode().state()).isEqualTo(MaintenanceState.MAINTENANCE_STARTED);
    assertThat(episode().cordonOurs()).as("the record's cordon is to be undone").isTrue();
    vm.run("5S");
    assertThat(vm.deeds()).noneMatch(each -> each.startsWith("evict"));
  }

  @Test
  @DisplayName("I8 so does that of one that joined and is gone again (history 724)")
  void keepsTheDeadlineOfWhoIsGoneAgain() {
    platform(Events.reboot("A").started());
    vm.start().run("5S");
    Episode found = episode();
    assertThat(found.deadline()).isEmpty();
    vm = new VirtualVm();
    platform(Events.reboot("A").started(), Events.reboot("B"));
    vm.start().run("2S");
    platform(Events.reboot("A").started());
    vm.run("5S");
    Instant deadline = episode().deadline().orElseThrow();
    vm.observe(new Observation.RecordFound(found));
    assertThat(vm.said(Reason.RESUMED)).as("it is taken over").isTrue();
    assertThat(episode().deadline()).contains(deadline);
  }
}
