package io.drainwatch.drainer.nodes;

import static io.drainwatch.drainer.nodes.ANode.aNode;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RestoringTest {
  private static NodeRecord marked(ANode node) {
    return Records.marked(
        node, Records.in(MaintenanceState.CORDONED, Phase.SETTLING), Records.EVERYTHING);
  }

  @Test
  void undoesAllOfOursInOnePatch() {
    ANode node = aNode().withTaint("dedicated", "db", "NoSchedule").withLabel("zone", "1");
    ANode before = aNode().withTaint("dedicated", "db", "NoSchedule").withLabel("zone", "1");
    NodeRecord record = marked(node);

    Restoring.Send send = Records.restored(node, record);

    assertThat(send.cordon()).isEqualTo(Restoring.CordonAfter.UNDONE);
    assertThat(node.unschedulable).isFalse();
    assertThat(node.taints).isEqualTo(before.taints);
    assertThat(node.labels).isEqualTo(before.labels);
    assertThat(node.annotations).containsOnlyKeys(NodeKeys.LAST);
    assertThat(NodePatchJson.write(send.patch()))
        .contains("\"drainwatch.io/maintenance\":null", "\"drainwatch.io/maintenance-state\":null")
        .contains("\"labels\":{\"node.kubernetes.io/exclude-from-external-load-balancers\":null}")
        .contains("\"unschedulable\":false");
  }

  @Test
  void removesTheLoadBalancerLabelItSetAndNoOther() {
    ANode ours = aNode();
    NodeRecord setByUs = marked(ours);
    ours.withLabel("zone", "1");
    Records.restored(ours, setByUs);
    assertThat(ours.labels).doesNotContainKey(NodeKeys.LB_LABEL).containsEntry("zone", "1");

    ANode theirs = aNode().withLabel(NodeKeys.LB_LABEL, "true");
    NodeRecord wasThere = marked(theirs);
    Records.restored(theirs, wasThere);
    assertThat(theirs.labels).containsEntry(NodeKeys.LB_LABEL, "true");
  }

  @Test
  @DisplayName("K51 keep-cordoned keeps the Node out of service, the episode ends all the same")
  void obeysKeepCordoned() {
    ANode node = aNode();
    NodeRecord record = marked(node);
    node.withAnnotation(NodeKeys.KEEP_CORDONED, "true");

    Restoring.Send send = Records.restored(node, record);

    assertThat(send.cordon()).isEqualTo(Restoring.CordonAfter.KEPT_AS_WISHED);
    assertThat(node.unschedulable).isTrue();
    assertThat(node.annotations)
        .containsOnlyKeys(NodeKeys.LAST, NodeKeys.KEEP_CORDONED)
        .containsEntry(NodeKeys.KEEP_CORDONED, "true");
  }

  @Test
  @DisplayName("K51 only the value true keeps the Node cordoned")
  void heedsOnlyTheValueTrue() {
    ANode node = aNode();
    NodeRecord record = marked(node);
    node.withAnnotation(NodeKeys.KEEP_CORDONED, "false");

    assertThat(Records.restored(node, record).cordon()).isEqualTo(Restoring.CordonAfter.UNDONE);
  }

  @Test
  @DisplayName("K52 a deleted Node ends the episode as node-gone, nothing is written")
  void writesNothingToADeletedNode() {
    NodeRecord record = marked(aNode());
    LastMaintenance last = LastMaintenance.of(record, LastMaintenance.Ending.NODE_GONE, ANode.NOON);

    assertThat(Restoring.plan(Optional.empty(), record, last)).isEqualTo(new Restoring.NodeGone());
    assertThat(LastMaintenanceJson.write(last)).contains("\"ending\":\"node-gone\"");
  }

  @Test
  @DisplayName("K53 a Node recreated under the same name is left alone")
  void writesNothingToARecreatedNode() {
    NodeRecord record = marked(aNode());
    ANode recreated = aNode().cordoned();
    recreated.uid = "another";

    assertThat(
            Restoring.plan(
                Optional.of(recreated.facts()),
                record,
                LastMaintenance.of(record, LastMaintenance.Ending.RETURNED, ANode.NOON)))
        .isEqualTo(new Restoring.NodeGone());
  }

  @Test
  @DisplayName("K55 labels, holds and taints that others changed meanwhile stay as they are")
  void leavesWhatOthersChanged() {
    ANode node = aNode();
    NodeRecord record = marked(node);
    node.taints.clear();
    node.withTaint(NodeKeys.TAINT, "theirs", "NoSchedule").withTaint("other", "", "NoExecute");
    node.withLabel(NodeKeys.LB_LABEL, "theirs").withLabel("more", "x");
    node.withAnnotation(NodeKeys.KARPENTER_HOLD, "theirs");
    ANode now = aNode();
    now.taints.addAll(node.taints);
    now.labels.putAll(node.labels);

    Restoring.Send send = Records.restored(node, record);

    assertThat(send.patch().taints()).isEmpty();
    assertThat(node.taints).isEqualTo(now.taints);
    assertThat(node.labels).isEqualTo(now.labels);
    assertThat(node.annotations)
        .containsOnlyKeys(NodeKeys.LAST, NodeKeys.KARPENTER_HOLD)
        .containsEntry(NodeKeys.KARPENTER_HOLD, "theirs");
  }

  @Test
  @DisplayName("K55 our taint goes and those that came meanwhile stay")
  void removesOursAmongOthers() {
    ANode node = aNode();
    NodeRecord record = marked(node);
    node.withTaint("remediator.kubernetes.azure.com/unschedulable", "", "NoSchedule");
    NodeTaint theirs = node.taints.getLast();

    Records.restored(node, record);

    assertThat(node.taints).containsExactly(theirs);
  }

  @Test
  @DisplayName("K66 the same id after completion begins no second episode")
  void knowsTheEventsOfTheLastMaintenance() {
    ANode node = aNode();
    Records.restored(node, marked(node));

    Optional<LastMaintenance> last = LastMaintenance.on(node.facts(), ANode.machine());

    assertThat(last).get().matches(summary -> summary.served("e-1"));
    assertThat(last).get().matches(summary -> !summary.served("E-2"));
  }

  @Test
  @DisplayName("K66 another machine's summary says nothing about this one's events")
  void ignoresAnotherMachinesSummary() {
    ANode node = aNode();
    Records.restored(node, marked(node));

    assertThat(
            LastMaintenance.on(
                node.facts(), new NodeMachine(ANode.UID, Optional.of("vm-2"), ANode.BOOT)))
        .isEmpty();
  }
}
