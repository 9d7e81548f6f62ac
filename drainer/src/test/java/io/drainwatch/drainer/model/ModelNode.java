package io.drainwatch.drainer.model;

import io.drainwatch.drainer.nodes.Announcement;
import io.drainwatch.drainer.nodes.ConditionType;
import io.drainwatch.drainer.nodes.NodeCondition;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeReadiness;
import io.drainwatch.drainer.nodes.NodeTaint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A Node as stored. */
public record ModelNode(
    String name,
    String uid,
    long version,
    Instant createdAt,
    boolean unschedulable,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<NodeTaint> taints,
    List<Condition> conditions,
    String bootId)
    implements ModelObject {
  /** The taint that the node controller keeps beside the cordon. */
  public static final String UNSCHEDULABLE_TAINT = "node.kubernetes.io/unschedulable";

  public ModelNode {
    labels = new TreeMap<>(labels);
    annotations = new TreeMap<>(annotations);
    taints = List.copyOf(taints);
    conditions = List.copyOf(conditions);
  }

  /**
   * Any condition.
   *
   * @param status True, False or Unknown
   */
  public record Condition(
      String type,
      String status,
      String reason,
      String message,
      Optional<Instant> heartbeat,
      Optional<Instant> changed) {}

  @Override
  public String key() {
    return name;
  }

  public Optional<Condition> condition(String type) {
    return conditions.stream().filter(each -> each.type().equals(type)).findFirst();
  }

  public boolean isReady() {
    return condition("Ready").filter(it -> it.status().equals("True")).isPresent();
  }

  public boolean hasTaint(String key) {
    return taints.stream().anyMatch(each -> each.key().equals(key));
  }

  /** In the drain's own values. */
  public NodeFacts facts() {
    List<NodeCondition> ours = new ArrayList<>();
    for (Condition each : conditions) {
      ConditionType.of(each.type())
          .ifPresent(
              type ->
                  ours.add(
                      new NodeCondition(
                          type,
                          each.status().equals("True"),
                          each.reason(),
                          each.message(),
                          each.changed().orElse(Instant.EPOCH))));
    }
    NodeReadiness readiness =
        condition("Ready")
            .map(it -> new NodeReadiness(isReady(), it.changed(), it.heartbeat()))
            .orElse(NodeReadiness.UNKNOWN);
    return new NodeFacts(
        name,
        uid,
        resourceVersion(),
        unschedulable,
        labels,
        annotations,
        taints,
        ours,
        readiness,
        bootId,
        providerId(),
        conditions.stream()
            .filter(each -> Announcement.TYPES.contains(each.type()))
            .map(
                each ->
                    new Announcement(
                        each.type(), each.status(), each.reason(), each.message(), each.changed()))
            .toList());
  }

  /** A VM of a name of its own. */
  String providerId() {
    return "azure:///subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/virtualMachines/vm-"
        + name;
  }

  ModelNode at(long newVersion) {
    return new ModelNode(
        name,
        uid,
        newVersion,
        createdAt,
        unschedulable,
        labels,
        annotations,
        taints,
        conditions,
        bootId);
  }

  ModelNode withMetadata(Map<String, String> newLabels, Map<String, String> newAnnotations) {
    return new ModelNode(
        name,
        uid,
        version,
        createdAt,
        unschedulable,
        newLabels,
        newAnnotations,
        taints,
        conditions,
        bootId);
  }

  ModelNode withSpec(boolean cordoned, List<NodeTaint> newTaints) {
    return new ModelNode(
        name,
        uid,
        version,
        createdAt,
        cordoned,
        labels,
        annotations,
        newTaints,
        conditions,
        bootId);
  }

  ModelNode withConditions(List<Condition> all) {
    return new ModelNode(
        name, uid, version, createdAt, unschedulable, labels, annotations, taints, all, bootId);
  }

  ModelNode withBootId(String other) {
    return new ModelNode(
        name,
        uid,
        version,
        createdAt,
        unschedulable,
        labels,
        annotations,
        taints,
        conditions,
        other);
  }

  /** In the place of the one of its type, or at the end. */
  ModelNode with(Condition condition) {
    List<Condition> all = new ArrayList<>();
    boolean isThere = false;
    for (Condition each : conditions) {
      boolean isSame = each.type().equals(condition.type());
      isThere |= isSame;
      all.add(isSame ? condition : each);
    }
    if (!isThere) {
      all.add(condition);
    }
    return withConditions(all);
  }
}
