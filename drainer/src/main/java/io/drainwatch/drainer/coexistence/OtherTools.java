package io.drainwatch.drainer.coexistence;

import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeTaint;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which other tools act on a Node now, by what stands on it.
 *
 * <p>Not seen here: kured without {@code --annotate-nodes}, and any tool that only cordons. Those
 * cordons are somebody else's and stay (rule 3 of the record).
 *
 * @param active by the signs on the Node
 */
public record OtherTools(Set<OtherTool> active) {
  public static final OtherTools NONE = new OtherTools(Set.of());

  private static final String AKS = "remediator.kubernetes.azure.com/unschedulable";
  private static final Set<String> KARPENTER =
      Set.of("karpenter.sh/disrupted", "karpenter.sh/disruption");
  private static final String AUTOSCALER = "ToBeDeletedByClusterAutoscaler";
  private static final String KURED = "weave.works/kured-reboot-in-progress";
  private static final String DRAINSAFE = "drainsafe.azure.com/";
  private static final String HANDLER = "aks-node-termination-handler/";
  private static final String WEBDEVOPS = "webdevops.io/azure-scheduledevents-manager";

  public OtherTools {
    active = Set.copyOf(active);
  }

  /**
   * @param weWriteDrainSafe its annotations are ours ({@code compat.drainsafe: write}), so they are
   *     no sign of it
   */
  public static OtherTools on(NodeFacts node, boolean weWriteDrainSafe) {
    Set<OtherTool> found = EnumSet.noneOf(OtherTool.class);
    if (hasTaint(node, AKS::equals)) {
      found.add(OtherTool.AKS_AUTO_DRAIN);
    }
    if (hasTaint(node, KARPENTER::contains)) {
      found.add(OtherTool.KARPENTER);
    }
    if (hasTaint(node, AUTOSCALER::equals)) {
      found.add(OtherTool.CLUSTER_AUTOSCALER);
    }
    if (node.annotations().containsKey(KURED)) {
      found.add(OtherTool.KURED);
    }
    if (!weWriteDrainSafe && hasKey(node.annotations().keySet(), DRAINSAFE)) {
      found.add(OtherTool.DRAINSAFE);
    }
    if (hasTaint(node, key -> key.startsWith(HANDLER))) {
      found.add(OtherTool.TERMINATION_HANDLER);
    }
    if (hasKey(node.labels().keySet(), WEBDEVOPS)
        || hasKey(node.annotations().keySet(), WEBDEVOPS)) {
      found.add(OtherTool.WEBDEVOPS);
    }
    return found.isEmpty() ? NONE : new OtherTools(found);
  }

  /** Whether one of them asks for this. */
  public boolean askFor(Conduct conduct) {
    return active.stream().anyMatch(tool -> tool.conduct() == conduct);
  }

  private static boolean hasTaint(NodeFacts node, Predicate<String> key) {
    return node.taints().stream().map(NodeTaint::key).anyMatch(key);
  }

  private static boolean hasKey(Set<String> keys, String start) {
    return keys.stream().anyMatch(key -> key.startsWith(start));
  }
}
