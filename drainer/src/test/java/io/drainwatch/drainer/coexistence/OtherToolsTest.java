package io.drainwatch.drainer.coexistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeReadiness;
import io.drainwatch.drainer.nodes.NodeTaint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 16: by which signs other tools are known. */
class OtherToolsTest {
  private static NodeFacts node(
      Map<String, String> labels, Map<String, String> annotations, List<NodeTaint> taints) {
    return new NodeFacts(
        "n1",
        "uid",
        "1",
        false,
        labels,
        annotations,
        taints,
        List.of(),
        NodeReadiness.UNKNOWN,
        "b");
  }

  private static NodeFacts tainted(String key) {
    return node(
        Map.of(), Map.of(), List.of(new NodeTaint(key, "", "NoSchedule", Optional.empty())));
  }

  @DisplayName("K89 a taint tells which tool is at work")
  @ParameterizedTest
  @CsvSource({
    "remediator.kubernetes.azure.com/unschedulable, AKS_AUTO_DRAIN, GO_ON",
    "karpenter.sh/disrupted, KARPENTER, WATCH",
    "ToBeDeletedByClusterAutoscaler, CLUSTER_AUTOSCALER, WATCH",
    "aks-node-termination-handler/reboot, TERMINATION_HANDLER, WARN"
  })
  void isKnownByItsTaint(String key, OtherTool tool, Conduct conduct) {
    OtherTools tools = OtherTools.on(tainted(key), false);
    assertThat(tools.active()).containsExactly(tool);
    assertThat(tools.askFor(conduct)).isTrue();
  }

  @Test
  void isKnownByItsAnnotation() {
    NodeFacts node =
        node(
            Map.of(),
            Map.of(
                "weave.works/kured-reboot-in-progress", "2026-11-21T12:00:00Z",
                "drainsafe.azure.com/maintenancestate", "NodeDraining"),
            List.of());
    assertThat(OtherTools.on(node, false).active())
        .containsExactlyInAnyOrder(OtherTool.KURED, OtherTool.DRAINSAFE);
    assertThat(OtherTools.on(node, true).active()).containsExactly(OtherTool.KURED);
  }

  @Test
  void anOrdinaryNodeShowsNothing() {
    assertThat(OtherTools.on(tainted("node.kubernetes.io/unschedulable"), false))
        .isEqualTo(OtherTools.NONE);
    assertThat(OtherTools.NONE.askFor(Conduct.WATCH)).isFalse();
  }
}
