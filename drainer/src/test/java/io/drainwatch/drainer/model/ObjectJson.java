package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.nodes.NodeTaint;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What is stored, as the server writes it. */
final class ObjectJson {
  private ObjectJson() {}

  static ObjectNode write(ModelObject object) {
    return switch (object) {
      case ModelNode node -> node(node);
      case ModelPod pod -> PodJson.write(pod);
      case ModelBudget budget -> budget(budget);
    };
  }

  private static ObjectNode node(ModelNode node) {
    ObjectNode out = begun("Node", "v1");
    ObjectNode metadata = out.putObject("metadata");
    metadata
        .put("name", node.name())
        .put("uid", node.uid())
        .put("resourceVersion", node.resourceVersion())
        .put("creationTimestamp", node.createdAt().toString());
    put(metadata, "labels", node.labels());
    put(metadata, "annotations", node.annotations());
    ObjectNode spec = out.putObject("spec");
    spec.put("providerID", node.providerId());
    if (node.unschedulable()) {
      spec.put("unschedulable", true);
    }
    if (!node.taints().isEmpty()) {
      ArrayNode taints = spec.putArray("taints");
      node.taints().forEach(taint -> put(taints.addObject(), taint));
    }
    ObjectNode status = out.putObject("status");
    ArrayNode conditions = status.putArray("conditions");
    for (ModelNode.Condition each : node.conditions()) {
      ObjectNode condition = conditions.addObject();
      condition.put("type", each.type()).put("status", each.status());
      put(condition, "lastHeartbeatTime", each.heartbeat());
      put(condition, "lastTransitionTime", each.changed());
      condition.put("reason", each.reason()).put("message", each.message());
    }
    status.putObject("nodeInfo").put("bootID", node.bootId()).put("kubeletVersion", "v1.35.0");
    return out;
  }

  private static void put(ObjectNode out, NodeTaint taint) {
    out.put("key", taint.key());
    if (!taint.value().isEmpty()) {
      out.put("value", taint.value());
    }
    out.put("effect", taint.effect());
    taint.timeAdded().ifPresent(at -> out.put("timeAdded", at));
  }

  private static ObjectNode budget(ModelBudget budget) {
    ObjectNode out = begun("PodDisruptionBudget", "policy/v1");
    out.putObject("metadata")
        .put("name", budget.name())
        .put("namespace", budget.namespace())
        .put("uid", budget.uid())
        .put("resourceVersion", budget.resourceVersion())
        .put("generation", budget.generation());
    ObjectNode spec = out.putObject("spec");
    budget.spec().minAvailable().ifPresent(amount -> amount(spec, "minAvailable", amount));
    budget.spec().maxUnavailable().ifPresent(amount -> amount(spec, "maxUnavailable", amount));
    put(spec.putObject("selector"), "matchLabels", budget.spec().selector());
    if (budget.spec().alwaysAllow()) {
      spec.put("unhealthyPodEvictionPolicy", "AlwaysAllow");
    }
    ModelBudget.State state = budget.state();
    ObjectNode status =
        out.putObject("status")
            .put("observedGeneration", state.observedGeneration())
            .put("disruptionsAllowed", state.disruptionsAllowed())
            .put("currentHealthy", state.currentHealthy())
            .put("desiredHealthy", state.desiredHealthy())
            .put("expectedPods", state.expectedPods());
    if (!state.disruptedPods().isEmpty()) {
      ObjectNode disrupted = status.putObject("disruptedPods");
      state.disruptedPods().forEach((name, at) -> disrupted.put(name, at.toString()));
    }
    return out;
  }

  private static void amount(ObjectNode spec, String key, String amount) {
    if (amount.endsWith("%")) {
      spec.put(key, amount);
    } else {
      spec.put(key, Integer.parseInt(amount));
    }
  }

  static ObjectNode begun(String kind, String apiVersion) {
    return RequestJson.MAPPER.createObjectNode().put("kind", kind).put("apiVersion", apiVersion);
  }

  static void put(ObjectNode out, String key, Map<String, String> values) {
    if (!values.isEmpty()) {
      ObjectNode object = out.putObject(key);
      values.forEach(object::put);
    }
  }

  static void put(ObjectNode out, String key, Optional<Instant> moment) {
    moment.ifPresent(at -> out.put(key, Stamps.seconds(at).toString()));
  }
}
