package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For people: why an event is not acknowledged ({@code drainwatch status}; lifecycle.md, I1). */
class WhyNotAcknowledgedTest extends Scenario {

  private Optional<String> why() {
    return new Lifecycle(vm.settings).whyNotAcknowledged(episode(), episode().events().getFirst());
  }

  private void drain(Events event) {
    platform(event);
    vm.start().run("10S");
  }

  @ParameterizedTest
  @CsvSource({
    "NODE_CONDITION, condition of the Node",
    "RESOURCE_GRAPH, known from Resource Graph",
  })
  void whatNoDocumentTells(EventSource source, String word) {
    drain(Events.reboot("A").from(source));
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(why()).get().asString().contains(word);
    assertThat(vm.posted).isEmpty();
  }

  @Test
  void aDrainByHand() {
    vm.start().observe(new Observation.OperatorDrain("1", "Reboot", Optional.empty()));
    vm.run("10S");
    assertThat(why()).contains("a drain by hand is nobody's to approve");
  }

  @Test
  void aDryRun() {
    with(LifecycleSettings.defaults().withDryRun(DryRun.REPORT));
    drain(Events.reboot("A"));
    assertThat(why()).contains("dry-run");
  }

  @Test
  void whatIsNotDrainedYetAndWhatWasAcknowledged() {
    vm.script(Hook.DRAIN, "10-a", "20S", 0);
    drain(Events.reboot("A"));
    assertThat(why()).contains("it is not drained");
    vm.run("20S");
    assertThat(vm.posted).containsExactly("A");
    assertThat(why()).as("it was").isEmpty();
    platform();
    vm.run("1S");
    assertThat(episode().events().getFirst().isInNewestDocument()).isFalse();
    assertThat(why()).as("though it is not in the document any more").isEmpty();
  }

  @Test
  void whatMayBeTriedAgain() {
    vm.acknowledgementFails = true;
    drain(Events.reboot("A"));
    assertThat(why()).as("nothing is in its way").isEmpty();
    platform(Events.reboot("A").started());
    vm.run("5S");
    assertThat(why()).contains("its status is not Scheduled");
  }

  @Test
  void whatIsHeldOrGone() {
    vm.acknowledgementFails = true;
    drain(Events.reboot("A"));
    vm.polls = false;
    platform();
    vm.kill().start().poll();
    assertThat(why()).contains("it is not in the newest document");
    platform(Events.reboot("A"));
    vm.poll();
    vm.node.uncordonByOthers();
    vm.observe(vm.foreignUncordon());
    assertThat(why()).contains("the maintenance is held");
  }

  @Test
  void whatAnotherVmDecides() {
    with(LifecycleSettings.defaults().withShared(SharedAcknowledgement.FIRST_RESOURCE));
    drain(Events.reboot("A").naming("vm2", "vm1"));
    assertThat(why()).contains("the first VM named decides: vm2");
  }

  @Test
  void nothingOfOthersWhereTheyAreJudgedElsewhere() {
    with(LifecycleSettings.defaults().withOthersJudgedElsewhere());
    drain(Events.reboot("A").naming("vm2", "vm1"));
    assertThat(vm.posted).as("the drainer judges for all that it names").containsExactly("A");
  }

  @ParameterizedTest
  @CsvSource({"OBSERVE, IMMEDIATELY", "DRAIN, IMMEDIATELY", "OBSERVE, AFTER_DRAIN"})
  void ofOthersWhatNoDrainAllowsThoughTheRestIsJudgedElsewhere(
      PolicyAction action, AcknowledgeWhen when) {
    with(
        Rules.settings(Rules.forType("Reboot").doing(action).acknowledging(when))
            .withOthersJudgedElsewhere());
    drain(Events.reboot("A").naming("vm2", "vm1"));
    assertThat(vm.posted).isEmpty();
    assertThat(why()).isPresent();
  }
}
