package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.nodes.NodeTaint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * PATCH of a Node and of its status, as strategic merge (conditions by type, taints as a whole) or
 * as JSON merge (lists as a whole). Refused as a whole or done as a whole; a patch that changes
 * nothing makes no new version.
 */
final class NodePatching {
  private static final int MOST_ANNOTATION_BYTES = 256 * 1024;
  private static final Set<String> EFFECTS = Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  private final Store store;

  NodePatching(Store store) {
    this.store = store;
  }

  enum Part {
    NODE,
    STATUS
  }

  ModelAnswer patch(String name, JsonNode patch, Part part, boolean strategic) {
    Optional<ModelNode> found = store.node(name);
    if (found.isEmpty()) {
      return Refusals.notFound("nodes", name);
    }
    ModelNode node = found.get();
    JsonNode metadata = patch.path("metadata");
    JsonNode version = metadata.path("resourceVersion");
    if (version.isTextual() && !version.textValue().equals(node.resourceVersion())) {
      return Refusals.stale("nodes", name);
    }
    JsonNode uid = metadata.path("uid");
    if (uid.isTextual() && !uid.textValue().equals(node.uid())) {
      return Refusals.immutable("Node", name, "metadata.uid", uid.textValue());
    }
    ModelNode wanted =
        node.withMetadata(
            merged(node.labels(), metadata.path("labels")),
            merged(node.annotations(), metadata.path("annotations")));
    wanted =
        switch (part) {
          case NODE -> withSpec(wanted, patch.path("spec"));
          case STATUS -> withStatus(wanted, patch.path("status"), strategic);
        };
    Optional<String> wrong = wrong(wanted);
    if (wrong.isPresent()) {
      return Refusals.invalid("Node", name, wrong.get());
    }
    return new ModelAnswer.Of(200, wanted.equals(node) ? node : store.put(wanted));
  }

  private static Map<String, String> merged(Map<String, String> before, JsonNode patch) {
    Map<String, String> after = new TreeMap<>(before);
    patch
        .properties()
        .forEach(
            each -> {
              if (each.getValue().isNull()) {
                after.remove(each.getKey());
              } else {
                after.put(each.getKey(), each.getValue().asText());
              }
            });
    return after;
  }

  private static ModelNode withSpec(ModelNode node, JsonNode spec) {
    boolean cordoned =
        spec.has("unschedulable")
            ? spec.get("unschedulable").asBoolean(false)
            : node.unschedulable();
    List<NodeTaint> taints = spec.has("taints") ? taints(spec.get("taints")) : node.taints();
    return node.withSpec(cordoned, taints);
  }

  private static List<NodeTaint> taints(JsonNode array) {
    List<NodeTaint> out = new ArrayList<>();
    for (JsonNode each : array) {
      out.add(
          new NodeTaint(
              each.path("key").asText(""),
              each.path("value").asText(""),
              each.path("effect").asText(""),
              Optional.ofNullable(each.path("timeAdded").textValue())));
    }
    return out;
  }

  private static ModelNode withStatus(ModelNode node, JsonNode status, boolean strategic) {
    ModelNode out = node;
    if (status.path("nodeInfo").path("bootID").isTextual()) {
      out = out.withBootId(status.path("nodeInfo").path("bootID").textValue());
    }
    if (!strategic && status.has("conditions")) {
      out = out.withConditions(List.of());
    }
    for (JsonNode each : status.path("conditions")) {
      String type = each.path("type").asText("");
      if (each.path("$patch").asText("").equals("delete")) {
        out =
            out.withConditions(
                out.conditions().stream().filter(it -> !it.type().equals(type)).toList());
      } else {
        out = out.with(condition(type, out.condition(type), each));
      }
    }
    return out;
  }

  private static ModelNode.Condition condition(
      String type, Optional<ModelNode.Condition> before, JsonNode patch) {
    return new ModelNode.Condition(
        type,
        patch.path("status").asText(before.map(ModelNode.Condition::status).orElse("")),
        patch.path("reason").asText(before.map(ModelNode.Condition::reason).orElse("")),
        patch.path("message").asText(before.map(ModelNode.Condition::message).orElse("")),
        moment(patch.path("lastHeartbeatTime"))
            .or(() -> before.flatMap(ModelNode.Condition::heartbeat)),
        moment(patch.path("lastTransitionTime"))
            .or(() -> before.flatMap(ModelNode.Condition::changed)));
  }

  private static Optional<Instant> moment(JsonNode text) {
    return text.isTextual()
        ? Optional.of(Stamps.seconds(Instant.parse(text.textValue())))
        : Optional.empty();
  }

  private static Optional<String> wrong(ModelNode node) {
    int bytes =
        node.annotations().entrySet().stream()
            .mapToInt(each -> each.getKey().length() + each.getValue().length())
            .sum();
    if (bytes > MOST_ANNOTATION_BYTES) {
      return Optional.of(
          "metadata.annotations: Too long: may not be more than "
              + MOST_ANNOTATION_BYTES
              + " bytes");
    }
    Set<String> known = new HashSet<>();
    for (int i = 0; i < node.taints().size(); i++) {
      NodeTaint taint = node.taints().get(i);
      if (!EFFECTS.contains(taint.effect())) {
        return Optional.of(
            "spec.taints[" + i + "].effect: Unsupported value: \"" + taint.effect() + "\"");
      }
      if (!known.add(taint.key() + ":" + taint.effect())) {
        return Optional.of(
            "metadata.taints["
                + i
                + "]: Duplicate value: \""
                + taint.key()
                + "\": taints must be"
                + " unique by key and effect pair");
      }
    }
    return Optional.empty();
  }
}
