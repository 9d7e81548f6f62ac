package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Another Node object under the same name (kubernetes-drain.md 2): cordoned and emptied anew. */
class NodeReplacedTest extends Scenario {
  private static final Observation REPLACED = new Observation.NodeReplaced(true);

  /** What was drained was said to nobody: the word of it had not reached the core yet. */
  private static final Observation REPLACED_BEFORE = new Observation.NodeReplaced(false);

  /** And nothing is heard of its acknowledgement. */
  private void rebootsAndIsAcknowledged() {
    vm.acknowledgeAnswers = id -> new Observation.Tick();
    platform(Events.reboot("A"));
    vm.start().run("10S");
    assertThat(acknowledgement().isFirstUnderWay()).isTrue();
  }

  private void isReplaced() {
    isReplaced(REPLACED);
  }

  private void isReplaced(Observation word) {
    vm.node.uncordonByOthers(); // nothing of ours stands on the new one
    vm.observe(word);
  }

  private long count(String call) {
    return calls().stream().filter(each -> each.startsWith(call)).count();
  }

  @Test
  @DisplayName("in mid-drain: cordoned again, evicted again, hooks that are through stay through")
  void beginsAnewInMidDrain() {
    scriptInEveryHook();
    vm.node.evictionsTake = Optional.of(Duration.ofSeconds(20));
    platform(Events.reboot("A"));
    vm.start().run("10S");
    isReplaced();
    vm.run("1M");
    assertThat(vm.said(Reason.NODE_REPLACED)).isTrue();
    assertThat(count("cordon/10-a")).isEqualTo(1);
    assertThat(calls().stream().filter("cordon"::equals)).hasSize(2);
    assertThat(count("evict")).isEqualTo(2);
    assertThat(count("drain/10-a")).isEqualTo(1);
    assertThat(vm.node.isCordonedByUs()).isTrue();
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  @DisplayName("after Drained and before anybody was told: drained no more until it is again")
  void isNotDrainedAnyMore() {
    vm.diskFull = true;
    platform(Events.reboot("A"));
    vm.start().run("10S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    vm.node.evictionsTake = Optional.of(Duration.ofSeconds(20));
    isReplaced();
    vm.diskFull = false;
    vm.run("10S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINING);
    assertThat(vm.posted).isEmpty();
    vm.run("15S");
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  @DisplayName("once the platform was told nothing is taken back")
  void staysAsItIsOnceTold() {
    platform(Events.reboot("A"));
    vm.start().run("10S");
    vm.observe(REPLACED);
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertQuiet();
  }

  @Test
  @DisplayName("what the core alone has asked for nobody was told: drained again")
  void isDrainedAgainWhereTheAcknowledgementWasOnlyAskedFor() {
    rebootsAndIsAcknowledged();
    vm.node.evictionsTake = Optional.of(Duration.ofSeconds(20));
    isReplaced(REPLACED_BEFORE);
    vm.run("5S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINING);
    assertThat(acknowledgement()).isEqualTo(Acknowledgement.NONE);
    vm.run("25S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(vm.node.isCordonedByUs()).isTrue();
  }

  @Test
  @DisplayName("where the old one was called drained, what was asked for may have been heard")
  void staysAsItIsWhereTheDrainWasTold() {
    rebootsAndIsAcknowledged();
    vm.observe(REPLACED);
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(vm.said(Reason.NODE_REPLACED)).isFalse();
  }

  @Test
  @DisplayName("an answer came, and it may have counted: it was told")
  void staysAsItIsWhereSomebodyWasToldAllTheSame() {
    vm.acknowledgementFails = true;
    platform(Events.reboot("A"));
    vm.start().run("10S");
    assertThat(acknowledgement().inFlight()).isFalse();
    vm.observe(REPLACED_BEFORE);
    assertThat(vm.said(Reason.NODE_REPLACED)).isFalse();
  }

  @Test
  @DisplayName("a rule that acknowledges at once asks for no drain: it was told")
  void staysAsItIsWhereTheRuleWaitsForNoDrain() {
    with(Rules.forType("Reboot").acknowledging(AcknowledgeWhen.IMMEDIATELY));
    vm.node.evictionsTake = Optional.empty();
    rebootsAndIsAcknowledged();
    vm.observe(REPLACED_BEFORE);
    assertThat(vm.said(Reason.NODE_REPLACED)).isFalse();
  }

  private Acknowledgement acknowledgement() {
    return episode().events().getFirst().acknowledgement();
  }

  @Test
  @DisplayName("before the cordon is done, or without one, there is nothing to do anew")
  void isNothingBeforeTheCordon() {
    with(Rules.forType("Reboot").startBefore("5M"));
    platform(Events.reboot("A"));
    vm.start().run("10S");
    vm.observe(REPLACED);
    assertThat(vm.said(Reason.NODE_REPLACED)).isFalse();
    assertQuiet();
  }

  @Test
  @DisplayName("under MaintenanceStarted it stays as it is")
  void isNothingOnceStarted() {
    vm.node.evictionsTake = Optional.empty();
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform(Events.reboot("A").started());
    vm.run("5S");
    vm.observe(REPLACED);
    assertThat(vm.said(Reason.NODE_REPLACED)).isFalse();
    assertQuiet();
  }

  @Test
  @DisplayName("a drain that has failed is not begun again")
  void isNothingAfterAFailedDrain() {
    vm.script(Hook.DRAIN, "10-a", "1S", 1);
    platform(Events.reboot("A"));
    vm.start().run("10S");
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.FAILED);
    vm.observe(REPLACED);
    assertThat(vm.said(Reason.NODE_REPLACED)).isFalse();
    assertQuiet();
  }

  @Test
  @DisplayName("a person has uncordoned: respected, also where the Node is another")
  void isNothingOnceHeld() {
    platform(Events.reboot("A"));
    vm.acknowledgementFails = true;
    vm.node.evictionsTake = Optional.empty();
    vm.start().run("10S");
    vm.node.uncordonByOthers();
    vm.observe(vm.foreignUncordon());
    vm.observe(REPLACED);
    assertThat(vm.said(Reason.NODE_REPLACED)).isFalse();
    assertQuiet();
  }

  @Test
  @DisplayName("a cancelled maintenance cordons nothing anew")
  void isNothingOnceCancelled() {
    vm.endlessScript(Hook.CANCELLED, "10-c");
    vm.node.evictionsTake = Optional.empty();
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform();
    vm.run("5S");
    vm.observe(REPLACED);
    assertThat(vm.said(Reason.NODE_REPLACED)).isFalse();
    assertQuiet();
  }

  @Test
  @DisplayName("a cordon is found on the new Node that is a person's: not ours to undo")
  void keepsAPersonsCordonOnTheNewOne() {
    vm.node.evictionsTake = Optional.of(Duration.ofSeconds(20));
    platform(Events.reboot("A"));
    vm.start().run("10S");
    vm.node.uncordonByOthers();
    vm.node.cordonByOthers();
    vm.observe(REPLACED);
    vm.run("1M");
    assertThat(episode().cordonOurs()).isFalse();
    platform();
    vm.run("1M");
    assertThat(vm.episode()).isEmpty();
    assertThat(vm.node.isCordonedByOthers()).isTrue();
  }
}
