package io.drainwatch.drainer.model;

import io.drainwatch.drainer.nodes.NodeTaint;
import io.drainwatch.drainer.pods.PodPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The part of {@link ModelCluster} that is about Nodes: what kubelets and other tools do. */
abstract sealed class ClusterNodes permits ModelCluster {
  final Timeline time;
  final Store store = new Store();
  final Stamps stamps;

  ClusterNodes(Instant start) {
    time = new Timeline(start);
    stamps = new Stamps(time);
  }

  Store store() {
    return store;
  }

  /** Ready, and ready to take pods. */
  public ModelNode addNode(String name) {
    return addNode(name, Map.of());
  }

  public ModelNode addNode(String name, Map<String, String> labels) {
    Map<String, String> all = new TreeMap<>(labels);
    all.putIfAbsent("kubernetes.io/hostname", name);
    Optional<Instant> now = Optional.of(stamps.node());
    ModelNode node =
        new ModelNode(
            name,
            store.newUid(),
            0,
            stamps.server(),
            false,
            all,
            Map.of(),
            List.of(),
            List.of(readiness("True", now, now)),
            "boot-" + name + "-1");
    return store.put(node);
  }

  private static ModelNode.Condition readiness(
      String status, Optional<Instant> heartbeat, Optional<Instant> changed) {
    boolean ready = status.equals("True");
    return new ModelNode.Condition(
        "Ready",
        status,
        ready ? "KubeletReady" : "NodeStatusUnknown",
        ready ? "kubelet is posting ready status" : "Kubelet stopped posting node status.",
        heartbeat,
        changed);
  }

  public Optional<ModelNode> findNode(String name) {
    return store.node(name);
  }

  public ModelNode node(String name) {
    return store.node(name).orElseThrow(() -> new AssertionError("no Node " + name));
  }

  public List<ModelNode> nodes() {
    return List.copyOf(store.nodes().values());
  }

  /** As the autoscaler does it; its pods go too, after a while. */
  public void deleteNode(String name) {
    store.remove(node(name));
    time.in(
        Duration.ofSeconds(20),
        () -> {
          if (store.node(name).isEmpty()) {
            store.podsOn(name).forEach(store::remove);
          }
        });
  }

  /** The kubelet is not heard of any more; its pods are not ready. */
  public void notReady(String name) {
    ModelNode node = node(name);
    Optional<Instant> last = node.condition("Ready").flatMap(ModelNode.Condition::heartbeat);
    store.put(node.with(readiness("Unknown", last, Optional.of(stamps.server()))));
    for (ModelPod pod : store.podsOn(name)) {
      if (pod.facts().ready()) {
        store.put(pod.with(it -> it.ready = false));
      }
    }
  }

  /** By AKS's node problem detector; empty: nothing is scheduled any more. */
  public void announce(String name, String message) {
    Optional<Instant> now = Optional.of(stamps.node());
    store.put(
        node(name)
            .with(
                new ModelNode.Condition(
                    "VMEventScheduled",
                    message.isEmpty() ? "False" : "True",
                    message.isEmpty() ? "NoVMEventScheduled" : "VMEventScheduled",
                    message.isEmpty() ? "VM has no scheduled event" : message,
                    now,
                    now)));
  }

  /** The kubelet is back. */
  public void ready(String name) {
    Optional<Instant> now = Optional.of(stamps.node());
    store.put(node(name).with(readiness("True", now, now)));
    for (ModelPod pod : store.podsOn(name)) {
      boolean works = pod.facts().phase() == PodPhase.RUNNING && pod.conduct().getsReady();
      if (works && !pod.isTerminating() && !pod.facts().ready()) {
        store.put(pod.with(it -> it.ready = true));
      }
    }
  }

  /** As the kubelet reports it after a reboot, together with being ready. */
  public void rebooted(String name, String bootId) {
    store.put(node(name).withBootId(bootId));
    ready(name);
  }

  /** By a person or another tool. */
  public void cordon(String name, boolean cordoned) {
    ModelNode node = node(name);
    store.put(node.withSpec(cordoned, node.taints()));
  }

  public void taint(String name, NodeTaint taint) {
    ModelNode node = node(name);
    List<NodeTaint> all = new ArrayList<>(node.taints());
    all.add(taint);
    store.put(node.withSpec(node.unschedulable(), all));
  }

  public void annotate(String name, String key, String value) {
    ModelNode node = node(name);
    Map<String, String> all = new TreeMap<>(node.annotations());
    all.put(key, value);
    store.put(node.withMetadata(node.labels(), all));
  }

  public void removeAnnotation(String name, String key) {
    ModelNode node = node(name);
    Map<String, String> all = new TreeMap<>(node.annotations());
    all.remove(key);
    store.put(node.withMetadata(node.labels(), all));
  }

  public void label(String name, String key, String value) {
    ModelNode node = node(name);
    Map<String, String> all = new TreeMap<>(node.labels());
    all.put(key, value);
    store.put(node.withMetadata(all, node.annotations()));
  }

  public void condition(String name, ModelNode.Condition condition) {
    store.put(node(name).with(condition));
  }
}
