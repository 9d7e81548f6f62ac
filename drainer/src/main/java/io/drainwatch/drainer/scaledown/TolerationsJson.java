package io.drainwatch.drainer.scaledown;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tolerations without those that lead to a Node under maintenance. A pod that tolerates {@code
 * node.kubernetes.io/unschedulable} is put on a cordoned Node, and one that tolerates everything
 * does; no affinity can say "not cordoned", since the cordon is no label. So a toleration of a
 * cordon's taint is left out, and one of everything is narrowed to what is no NoSchedule, and to
 * the taints that the cluster's Nodes have.
 */
final class TolerationsJson {
  private static final List<String> OF_A_MAINTENANCE =
      List.of("node.kubernetes.io/unschedulable", "drainwatch.io/maintenance");
  private static final String NO_SCHEDULE = "NoSchedule";

  private TolerationsJson() {}

  /**
   * @param taints keys of those that keep pods off Nodes, without those of a maintenance
   */
  static ArrayNode narrowed(ArrayNode given, Collection<String> taints) {
    Set<JsonNode> kept = new LinkedHashSet<>();
    given.forEach(each -> narrow(each, taints, kept));
    return given.arrayNode().addAll(kept);
  }

  private static void narrow(JsonNode toleration, Collection<String> taints, Set<JsonNode> kept) {
    String key = toleration.path("key").asText("");
    String effect = toleration.path("effect").asText("");
    boolean keepsAway = effect.isEmpty() || effect.equals(NO_SCHEDULE);
    boolean isOfEverything =
        key.isEmpty() && toleration.path("operator").asText("").equals("Exists");
    if (!keepsAway || !(isOfEverything || OF_A_MAINTENANCE.contains(key))) {
      kept.add(toleration);
      return;
    }
    if (isOfEverything) {
      for (String taint : taints) {
        kept.add(
            ((ObjectNode) toleration)
                .objectNode()
                .put("key", taint)
                .put("operator", "Exists")
                .put("effect", NO_SCHEDULE));
      }
    }
    if (effect.isEmpty() && toleration.isObject()) {
      for (String other : List.of("PreferNoSchedule", "NoExecute")) {
        ObjectNode narrower = ((ObjectNode) toleration).deepCopy();
        // only NoExecute may be tolerated for a time
        if (!other.equals("NoExecute")) {
          narrower.remove("tolerationSeconds");
        }
        kept.add(narrower.put("effect", other));
      }
    }
  }
}
