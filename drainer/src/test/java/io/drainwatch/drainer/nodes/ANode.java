package io.drainwatch.drainer.nodes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Node as the API server keeps it: built aloud, and changed by our patches. */
final class ANode {
  static final String UID = "6f4f0f5e-node";
  static final String VM = "vm-1";
  static final String BOOT = "boot-1";
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  String uid = UID;
  int version = 7;
  boolean unschedulable;
  Map<String, String> labels = new HashMap<>();
  Map<String, String> annotations = new HashMap<>();
  List<NodeTaint> taints = new ArrayList<>();
  List<NodeCondition> conditions = new ArrayList<>();
  NodeReadiness readiness = new NodeReadiness(true, Optional.of(NOON), Optional.of(NOON));
  String bootId = BOOT;

  static ANode aNode() {
    return new ANode();
  }

  ANode cordoned() {
    unschedulable = true;
    return this;
  }

  ANode withAnnotation(String key, String value) {
    annotations.put(key, value);
    return this;
  }

  ANode withLabel(String key, String value) {
    labels.put(key, value);
    return this;
  }

  ANode withTaint(String key, String value, String effect) {
    taints.add(new NodeTaint(key, value, effect, Optional.of("2026-11-20T01:02:03Z")));
    return this;
  }

  ANode ready(boolean ready, Instant heartbeat) {
    readiness = new NodeReadiness(ready, readiness.changedAt(), Optional.of(heartbeat));
    return this;
  }

  NodeFacts facts() {
    return new NodeFacts(
        "aks-1",
        uid,
        String.valueOf(version),
        unschedulable,
        labels,
        annotations,
        taints,
        conditions,
        readiness,
        bootId);
  }

  /** As the server does it: all of the patch, if its version is the newest; else 409. */
  ANode patched(NodePatch patch) {
    if (!patch.resourceVersion().equals(String.valueOf(version))) {
      throw new AssertionError("409");
    }
    version++;
    patch.annotations().forEach((key, value) -> put(annotations, key, value));
    patch.labels().forEach((key, value) -> put(labels, key, value));
    patch.unschedulable().ifPresent(value -> unschedulable = value);
    patch.taints().ifPresent(all -> taints = new ArrayList<>(all));
    return this;
  }

  private static void put(Map<String, String> map, String key, Optional<String> value) {
    value.ifPresentOrElse(text -> map.put(key, text), () -> map.remove(key));
  }

  static NodeMachine machine() {
    return new NodeMachine(UID, Optional.of(VM), BOOT);
  }
}
