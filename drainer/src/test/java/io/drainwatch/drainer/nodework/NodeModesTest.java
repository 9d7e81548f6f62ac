package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.ConditionType;
import io.drainwatch.drainer.nodes.NodeCondition;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Another tool does the acting (kubernetes-drain.md 16). */
class NodeModesTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));

  private static NodeRig rig(NodeMode mode, Policy policy) {
    NodeRig rig =
        new NodeRig(
            NodeSettings.defaults("watcher-1").withMode(mode),
            LifecycleSettings.defaults().withPolicy(policy));
    rig.cluster.replicaSet("shop", "web", 3, pod -> {}, NodeRig.NODE);
    return rig;
  }

  private static NodeRig maintained(NodeMode mode, Policy policy) {
    NodeRig rig = rig(mode, policy);
    rig.platform(REBOOT);
    rig.start().run("30S");
    return rig;
  }

  private static void goesAndComesBack(NodeRig rig) {
    rig.platform(NodeRig.started(REBOOT));
    rig.run("15S");
    rig.cluster.notReady(NodeRig.NODE);
    rig.run("20S");
    rig.machine = new Machine(NodeRig.VM, Optional.of("id-1"), "boot-2", false);
    rig.cluster.rebooted(NodeRig.NODE, "boot-2");
    rig.cluster.ready(NodeRig.NODE);
    rig.core(new Observation.DaemonStarted(rig.machine));
    rig.platform();
    rig.run("60S");
  }

  private static void touchesNothing(NodeRig rig) {
    assertThat(rig.api.requests(Verb.EVICT)).isEmpty();
    assertThat(rig.api.requests(Verb.DELETE_POD)).isEmpty();
    assertThat(rig.api.requests(Verb.LIST_PODS)).as("the role allows none").isEmpty();
    assertThat(rig.api.requests(Verb.PATCH_NODE))
        .extracting(ModelRequest::toString)
        .noneMatch(text -> text.contains("unschedulable\":true"));
    assertThat(rig.node().facts().unschedulable()).isFalse();
    assertThat(rig.cluster.podsOn(NodeRig.NODE)).hasSize(3);
    assertThat(rig.acknowledged).isEmpty();
  }

  @ParameterizedTest(name = "mode {0}: the record is kept to the end, nothing else is touched")
  @EnumSource(names = {"OBSERVE", "CONDITION"})
  void looksOn(NodeMode mode) {
    NodeRig rig = maintained(mode, Policy.defaults().lookingOn());
    assertThat(rig.stateWord()).isEqualTo("MaintenanceScheduled");
    touchesNothing(rig);
    goesAndComesBack(rig);
    touchesNothing(rig);
    assertThat(rig.stateWord()).isEqualTo("none");
    assertThat(rig.annotation(NodeKeys.LAST)).isPresent();
    assertThat(rig.node().facts().conditions()).isEmpty();
    assertThat(rig.summaries).hasSize(1);
  }

  @ParameterizedTest(name = "mode {0}: even what the core should ask for is not done")
  @EnumSource(names = {"OBSERVE", "CONDITION"})
  void actsForNobody(NodeMode mode) {
    touchesNothing(maintained(mode, Policy.defaults()));
  }

  @ParameterizedTest(name = "mode {0}: the cordon of the tool that acts stays")
  @EnumSource(names = {"OBSERVE", "CONDITION"})
  void leavesTheOthersCordon(NodeMode mode) {
    NodeRig rig = rig(mode, Policy.defaults().lookingOn());
    rig.cluster.cordon(NodeRig.NODE, true);
    rig.platform(REBOOT);
    rig.start().run("30S");
    goesAndComesBack(rig);
    assertThat(rig.node().facts().unschedulable()).isTrue();
  }

  @ParameterizedTest(name = "mode {0} says it by Events or by conditions, not by both")
  @DisplayName("how it is said")
  @EnumSource(names = {"OBSERVE", "CONDITION"})
  void saysItOneWay(NodeMode mode) {
    NodeRig rig = maintained(mode, Policy.defaults().lookingOn());
    boolean byConditions = mode == NodeMode.CONDITION;

    assertThat(rig.api.requests(Verb.POST_EVENT).isEmpty()).isEqualTo(byConditions);
    assertThat(rig.api.requests(Verb.PATCH_STATUS).isEmpty()).isEqualTo(!byConditions);
    if (byConditions) {
      assertThat(rig.node().facts().conditions())
          .filteredOn(NodeCondition::status)
          .extracting(NodeCondition::type)
          .containsExactly(ConditionType.MAINTENANCE_PLANNED);
    }
  }

  @ParameterizedTest(name = "from drain to {0}, with a journal: {1}")
  @DisplayName(
      "I3 a change of mode in mid-maintenance: our cordon stands until it is over, no longer")
  @CsvSource({"OBSERVE, false", "OBSERVE, true", "CONDITION, false", "CONDITION, true"})
  void undoesItsCordonThoughTheModeWasChanged(NodeMode mode, boolean journal) {
    NodeRig before = maintained(NodeMode.DRAIN, Policy.defaults());
    assertThat(before.node().facts().unschedulable()).isTrue();
    before.kill();

    NodeRig after = changed(before, mode);
    after.platform(REBOOT);
    after.start(journal ? before.durable() : Optional.empty()).run("30S");
    assertThat(after.node().facts().unschedulable()).as("the VM is about to go").isTrue();
    assertThat(after.acknowledged).as("by another tool, if at all").isEmpty();
    goesAndComesBack(after);
    assertThat(after.node().facts().unschedulable()).isFalse();
    assertThat(after.episode()).isEmpty();
    assertThat(after.summaries).hasSize(1);
  }

  @ParameterizedTest(name = "from drain to {0}, and the event is cancelled")
  @DisplayName("I3 a change of mode, then a cancellation")
  @EnumSource(names = {"OBSERVE", "CONDITION"})
  void undoesItsCordonAfterACancellation(NodeMode mode) {
    NodeRig before = maintained(NodeMode.DRAIN, Policy.defaults());
    before.kill();
    before.acknowledged.clear();
    NodeRig after = changed(before, mode);
    after.start().run("7M");
    assertThat(after.node().facts().unschedulable()).isFalse();
    assertThat(after.episode()).isEmpty();
  }

  private static NodeRig changed(NodeRig before, NodeMode mode) {
    return new NodeRig(
        NodeSettings.defaults("watcher-2").withMode(mode),
        LifecycleSettings.defaults().withPolicy(Policy.defaults().lookingOn()),
        before.cluster,
        Optional.empty());
  }
}
