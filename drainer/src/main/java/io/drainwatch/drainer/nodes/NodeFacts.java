package io.drainwatch.drainer.nodes;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was read of a Node in one version.
 *
 * @param uid identity; a Node recreated under the same name has another
 * @param resourceVersion goes into every patch made from these facts
 * @param taints all, in order
 * @param conditions those of our types only
 * @param providerId of the cloud: which VM the Node is; may be empty
 * @param announcements conditions by which others tell of events ({@link Announcement})
 * @param bootId as the kubelet reported last, so maybe of before a reboot
 */
public record NodeFacts(
    String name,
    String uid,
    String resourceVersion,
    boolean unschedulable,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<NodeTaint> taints,
    List<NodeCondition> conditions,
    NodeReadiness readiness,
    String bootId,
    String providerId,
    List<Announcement> announcements) {

  public NodeFacts {
    if (uid.isBlank() || resourceVersion.isBlank()) {
      throw new IllegalArgumentException("a Node as read has a uid and a version: " + name);
    }
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    taints = List.copyOf(taints);
    conditions = List.copyOf(conditions);
    announcements = List.copyOf(announcements);
  }

  /** Of a cluster whose cloud tells nothing. */
  public NodeFacts(
      String name,
      String uid,
      String resourceVersion,
      boolean unschedulable,
      Map<String, String> labels,
      Map<String, String> annotations,
      List<NodeTaint> taints,
      List<NodeCondition> conditions,
      NodeReadiness readiness,
      String bootId) {
    this(
        name,
        uid,
        resourceVersion,
        unschedulable,
        labels,
        annotations,
        taints,
        conditions,
        readiness,
        bootId,
        "",
        List.of());
  }

  public Optional<String> annotation(String key) {
    return Optional.ofNullable(annotations.get(key));
  }

  Optional<String> label(String key) {
    return Optional.ofNullable(labels.get(key));
  }

  /** Somebody asked that the Node stays cordoned, whoever did it. */
  boolean isToStayCordoned() {
    return annotation(NodeKeys.KEEP_CORDONED).filter(NodeKeys.TRUE::equals).isPresent();
  }
}
