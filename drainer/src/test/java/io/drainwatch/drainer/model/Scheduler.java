package io.drainwatch.drainer.model;

import io.drainwatch.drainer.nodes.NodeTaint;
import io.drainwatch.drainer.pods.Pinning;
import io.drainwatch.drainer.pods.Toleration;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Binds pods: to a Node that they want and tolerate, with the fewest pods; by name where several
 * are equal. A cordoned one only if the pod tolerates that.
 */
final class Scheduler {
  private static final NodeTaint CORDON =
      new NodeTaint(ModelNode.UNSCHEDULABLE_TAINT, "", "NoSchedule", Optional.empty());

  private final Store store;
  private final Timeline time;
  private final Set<String> waiting = new TreeSet<>();
  private Duration lag = Duration.ofMillis(20);
  private boolean due;

  Scheduler(Store store, Timeline time) {
    this.store = store;
    this.time = time;
    store.listen(this::heard);
  }

  void lag(Duration other) {
    lag = other;
  }

  private void heard(Change change) {
    switch (change.latest()) {
      case ModelPod pod when isWaiting(pod) && change.after().isPresent() -> {
        waiting.add(pod.key());
        later();
      }
      case ModelPod pod -> waiting.remove(pod.key());
      case ModelNode ignored when !waiting.isEmpty() -> later();
      default -> {}
    }
  }

  private static boolean isWaiting(ModelPod pod) {
    return pod.node().isEmpty() && pod.isActive();
  }

  private void later() {
    if (!due) {
      due = true;
      time.in(lag, this::schedule);
    }
  }

  private void schedule() {
    due = false;
    for (String key : new TreeSet<>(waiting)) {
      store
          .pod(key)
          .filter(Scheduler::isWaiting)
          .ifPresent(pod -> nodeFor(pod).ifPresent(node -> store.put(pod.with(it -> it.on(node)))));
    }
  }

  Optional<String> nodeFor(ModelPod pod) {
    return store.nodes().values().stream()
        .filter(node -> node.isReady() && takes(node, pod) && isWanted(node, pod.facts().pinning()))
        .map(ModelNode::name)
        .min(
            Comparator.comparing((String name) -> store.podsOn(name).size())
                .thenComparing(Comparator.naturalOrder()));
  }

  private static boolean takes(ModelNode node, ModelPod pod) {
    return (!node.unschedulable() || tolerates(pod, CORDON))
        && node.taints().stream()
            .filter(taint -> !taint.effect().equals("PreferNoSchedule"))
            .allMatch(taint -> tolerates(pod, taint));
  }

  private static boolean tolerates(ModelPod pod, NodeTaint taint) {
    return pod.facts().tolerations().stream().anyMatch(each -> tolerates(each, taint));
  }

  private static boolean tolerates(Toleration toleration, NodeTaint taint) {
    boolean isOfEffect =
        toleration.effect().isEmpty() || toleration.effect().equals(taint.effect());
    boolean isOfKey = toleration.key().equals(taint.key());
    return isOfEffect
        && (toleration.operator().equals("Exists")
            ? isOfKey || toleration.key().isEmpty()
            : isOfKey && toleration.value().equals(taint.value()));
  }

  private static boolean isWanted(ModelNode node, Pinning pinning) {
    return node.labels().entrySet().containsAll(pinning.nodeSelector().entrySet())
        && (pinning.terms().isEmpty()
            || pinning.terms().stream()
                .anyMatch(
                    term ->
                        term.fields().stream().allMatch(each -> each.values().contains(node.name()))
                            && term.expressions().stream()
                                .allMatch(
                                    each ->
                                        each.values()
                                            .contains(
                                                node.labels().getOrDefault(each.key(), "")))));
  }
}
