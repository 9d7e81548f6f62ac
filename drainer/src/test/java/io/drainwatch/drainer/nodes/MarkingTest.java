package io.drainwatch.drainer.nodes;

import static io.drainwatch.drainer.nodes.ANode.aNode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MarkingTest {
  private static final NodeRecord CORDONING = Records.in(MaintenanceState.CORDONED, Phase.SETTLING);

  private static MarkStep next(ANode node, NodeRecord record) {
    return Marking.next(Optional.of(node.facts()), record, Records.EVERYTHING);
  }

  @Test
  void writesRecordAndCordonInOnePatchWithTheVersionInside() {
    MarkStep.Send send = (MarkStep.Send) next(aNode(), CORDONING);

    assertThat(NodePatchJson.write(send.patch()))
        .startsWith("{\"metadata\":{\"resourceVersion\":\"7\",\"annotations\":{")
        .contains("\"drainwatch.io/maintenance-state\":\"Cordoned\"")
        .contains("\\\"did\\\":{\\\"cordon\\\":true,")
        .contains("\\\"prior\\\":{\\\"unschedulable\\\":false}")
        .endsWith("\"spec\":{\"unschedulable\":true}}");
  }

  @Test
  void setsOneMarkAtATimeInTheOrderOfTheSpecification() {
    ANode node = aNode();
    List<String> order = new ArrayList<>();
    NodeRecord record = CORDONING;
    while (next(node, record)
        instanceof MarkStep.Send(NodePatch patch, NodeRecord after, boolean foreign)) {
      String changed =
          (patch.unschedulable().isPresent() ? "cordon " : "")
              + (patch.taints().isPresent() ? "taint " : "")
              + (patch.labels().isEmpty() ? "" : "label ")
              + (patch.annotations().size() > 2 ? "hold " : "");
      order.add(changed.strip());
      node.patched(patch);
      record = after;
    }

    assertThat(order).containsExactly("cordon", "taint", "label", "hold", "hold");
    assertThat(node.taints).containsExactly(NodeTaint.ours("Reboot"));
    assertThat(node.labels).containsEntry(NodeKeys.LB_LABEL, "true");
    assertThat(node.annotations).containsKeys(NodeKeys.AUTOSCALER_HOLD, NodeKeys.KARPENTER_HOLD);
  }

  @Test
  void namesEachMarkInTheRequestThatSetsIt() {
    ANode node = aNode();
    NodeRecord record = CORDONING;
    while (next(node, record)
        instanceof MarkStep.Send(NodePatch patch, NodeRecord after, boolean foreign)) {
      node.patched(patch);
      assertThat(RecordReading.of(node.facts(), ANode.machine()))
          .isEqualTo(new RecordReading.Resume(after, false));
      assertThat(after.did().cordon()).isEqualTo(node.unschedulable);
      assertThat(after.did().taint().isPresent()).isEqualTo(!node.taints.isEmpty());
      assertThat(after.did().lbLabel()).isEqualTo(node.labels.containsKey(NodeKeys.LB_LABEL));
      record = after;
    }
  }

  @Test
  @DisplayName("K49 a Node that was cordoned before is drained and never uncordoned")
  void keepsForeignCordon() {
    ANode node = aNode().cordoned();

    MarkStep.Send send = (MarkStep.Send) next(node, CORDONING);

    assertThat(send.foreignCordon()).isTrue();
    assertThat(send.record().did().cordon()).isFalse();
    assertThat(send.record().prior()).contains(new Prior(true, Optional.empty()));
    node.patched(send.patch());
    assertThat(Records.restored(node, send.record()).cordon())
        .isEqualTo(Restoring.CordonAfter.FOREIGN_KEPT);
    assertThat(node.unschedulable).isTrue();
  }

  @Test
  void setsNothingThatIsThereAlready() {
    ANode node =
        aNode()
            .withTaint(NodeKeys.TAINT, "somebody", "NoSchedule")
            .withLabel(NodeKeys.LB_LABEL, "")
            .withAnnotation(NodeKeys.KARPENTER_HOLD, "true");

    NodeRecord record = Records.marked(node, CORDONING, Records.EVERYTHING);

    assertThat(record.did().taint()).isEmpty();
    assertThat(record.did().lbLabel()).isFalse();
    assertThat(record.did().holds()).containsExactly(NodeKeys.AUTOSCALER_HOLD);
    assertThat(record.prior()).contains(new Prior(false, Optional.of("")));
  }

  @Test
  void keepsOtherTaintsWithTheirTimes() {
    ANode node = aNode().withTaint("node.kubernetes.io/unreachable", "", "NoExecute");
    NodeTaint theirs = node.taints.getFirst();

    Records.marked(node, CORDONING, Records.EVERYTHING);

    assertThat(node.taints).containsExactly(theirs, NodeTaint.ours("Reboot"));
  }

  @Test
  @DisplayName("K50 an uncordon by somebody else is noticed and respected")
  void respectsForeignUncordon() {
    ANode node = aNode();
    NodeRecord record = Records.cordoned(node);
    node.unschedulable = false;

    assertThat(next(node, record)).isEqualTo(new MarkStep.Uncordoned());
    NodeRecord held = ForeignUncordon.RESPECT.answer(record, ANode.NOON);

    assertThat(held.progress().held()).isEqualTo(HeldBy.FOREIGN_UNCORDON);
    assertThat(held.progress().state()).isEqualTo(MaintenanceState.MAINTENANCE_SCHEDULED);
    assertThat(held.drain().ackable()).isEmpty();
    assertThat(next(node, held)).isEqualTo(new MarkStep.Done());
  }

  @Test
  @DisplayName("K50 nothing that was ackable stays so after somebody uncordoned")
  void takesBackWhatWasAckable() {
    NodeRecord record = Records.cordoned(aNode());
    NodeRecord ackable =
        record.with(
            new DrainNote(List.of("E-1"), List.of("E-1"), record.drain().counts(), List.of(), 0));

    NodeRecord held = ForeignUncordon.RESPECT.answer(ackable, ANode.NOON);

    assertThat(held.drain().drained()).isEmpty();
    assertThat(held.drain().ackable()).isEmpty();
  }

  @Test
  @DisplayName("K50 after a foreign uncordon any cordon is foreign")
  void leavesACordonMadeAfterAForeignUncordon() {
    ANode node = aNode();
    NodeRecord held = ForeignUncordon.RESPECT.answer(Records.cordoned(node), ANode.NOON);

    assertThat(Records.restored(node.cordoned(), held).cordon())
        .isEqualTo(Restoring.CordonAfter.FOREIGN_KEPT);
  }

  @Test
  @DisplayName("K50 recordon cordons again three times, then respects")
  void recordonsThreeTimes() {
    ANode node = aNode();
    NodeRecord record = Records.cordoned(node);
    for (int i = 0; i < 3; i++) {
      node.unschedulable = false;
      record = ForeignUncordon.RECORDON.answer(record, ANode.NOON);
      record = Records.marked(node, record, MarkSettings.CORDON_ONLY);
      assertThat(node.unschedulable).isTrue();
      assertThat(record.did().cordon()).isTrue();
    }

    node.unschedulable = false;
    assertThat(ForeignUncordon.RECORDON.answer(record, ANode.NOON).progress().held())
        .isEqualTo(HeldBy.FOREIGN_UNCORDON);
  }

  @Test
  void cordonsAnewWhenTheDrainIsAskedForAgain() {
    ANode node = aNode();
    NodeRecord held = ForeignUncordon.RESPECT.answer(Records.cordoned(node), ANode.NOON);
    node.unschedulable = false;

    NodeRecord again = Records.marked(node, held.drainedAgain(), MarkSettings.CORDON_ONLY);

    assertThat(node.unschedulable).isTrue();
    assertThat(again.did().cordon()).isTrue();
    assertThat(again.attempt()).isEqualTo(2);
  }

  @Test
  @DisplayName("K52 a Node that is deleted ends the episode as node-gone")
  void endsWithTheNode() {
    assertThat(Marking.next(Optional.empty(), CORDONING, Records.EVERYTHING))
        .isEqualTo(new MarkStep.NodeGone());
  }

  @Test
  @DisplayName("K53 a Node recreated under the same name is not marked")
  void leavesARecreatedNode() {
    ANode node = aNode();
    node.uid = "another";

    assertThat(next(node, CORDONING)).isEqualTo(new MarkStep.NodeGone());
  }

  @Test
  void refusesAPatchOfTwoWriters() {
    Map<String, Optional<String>> both =
        Map.of(NodeKeys.OBSERVATION, Optional.of("{}"), NodeKeys.STATE, Optional.of("Cordoned"));

    assertThatThrownBy(() -> NodePatch.of(aNode().facts(), both))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                NodePatch.of(aNode().facts(), Map.of(NodeKeys.OBSERVATION, Optional.of("{}")))
                    .withUnschedulable(true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new NodePatch(
                    "7",
                    new TreeMap<>(Map.of(NodeKeys.KEEP_CORDONED, Optional.empty())),
                    new TreeMap<>(),
                    Optional.empty(),
                    Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
