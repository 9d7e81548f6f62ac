package io.drainwatch.drainer.nodes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * Patches as the text of a strategic merge patch ({@code application/strategic-merge-patch+json});
 * the version stands inside, so a stale one gets 409.
 */
public final class NodePatchJson {
  private NodePatchJson() {}

  /** For the Node itself. */
  public static String write(NodePatch patch) {
    ObjectNode node = BoundedJson.MAPPER.createObjectNode();
    ObjectNode metadata = node.putObject("metadata");
    metadata.put("resourceVersion", patch.resourceVersion());
    put(metadata, "annotations", patch.annotations());
    put(metadata, "labels", patch.labels());
    if (patch.unschedulable().isPresent() || patch.taints().isPresent()) {
      ObjectNode spec = node.putObject("spec");
      patch.unschedulable().ifPresent(value -> spec.put("unschedulable", value));
      patch
          .taints()
          .ifPresent(
              taints -> {
                ArrayNode all = spec.putArray("taints");
                taints.forEach(taint -> put(all.addObject(), taint));
              });
    }
    return BoundedJson.text(node);
  }

  /** For the subresource {@code status}: conditions are merged by type. */
  public static String write(ConditionPatch patch) {
    ObjectNode node = BoundedJson.MAPPER.createObjectNode();
    node.putObject("metadata").put("resourceVersion", patch.resourceVersion());
    ArrayNode conditions = node.putObject("status").putArray("conditions");
    for (NodeCondition condition : patch.set()) {
      conditions
          .addObject()
          .put("type", condition.type().word())
          .put("status", condition.status() ? "True" : "False")
          .put("reason", condition.reason())
          .put("message", condition.message())
          .put("lastTransitionTime", condition.changedAt().toString())
          .put("lastHeartbeatTime", patch.at().toString());
    }
    for (ConditionType type : patch.remove()) {
      conditions.addObject().put("$patch", "delete").put("type", type.word());
    }
    return BoundedJson.text(node);
  }

  private static void put(ObjectNode parent, String key, Map<String, Optional<String>> values) {
    if (!values.isEmpty()) {
      ObjectNode node = parent.putObject(key);
      values.forEach(
          (name, value) ->
              value.ifPresentOrElse(text -> node.put(name, text), () -> node.putNull(name)));
    }
  }

  private static void put(ObjectNode node, NodeTaint taint) {
    node.put("key", taint.key());
    if (!taint.value().isEmpty()) {
      node.put("value", taint.value());
    }
    node.put("effect", taint.effect());
    BoundedJson.put(node, "timeAdded", taint.timeAdded());
  }
}
