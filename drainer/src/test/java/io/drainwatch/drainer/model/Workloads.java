package io.drainwatch.drainer.model;

import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.pods.Toleration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The controllers: replacements for pods that are going or gone. */
final class Workloads {
  private final Store store;
  private final Timeline time;
  private final Stamps stamps;
  private final Map<String, Workload> byUid = new LinkedHashMap<>();
  private final Set<String> due = new HashSet<>();
  private final Map<String, Integer> names = new HashMap<>();
  private final Set<String> closedNamespaces;

  Workloads(Store store, Timeline time, Stamps stamps, Set<String> closedNamespaces) {
    this.store = store;
    this.time = time;
    this.stamps = stamps;
    this.closedNamespaces = closedNamespaces;
    store.listen(this::heard);
  }

  void add(Workload workload) {
    byUid.put(workload.uid(), workload);
    later(workload);
  }

  void remove(Workload workload) {
    byUid.remove(workload.uid());
  }

  Optional<Integer> replicas(String uid) {
    return Optional.ofNullable(byUid.get(uid)).map(Workload::replicas);
  }

  private void heard(Change change) {
    switch (change.latest()) {
      case ModelPod pod ->
          pod.facts().controller().map(owner -> byUid.get(owner.uid())).ifPresent(this::later);
      case ModelNode ignored ->
          byUid.values().stream().filter(it -> it.is("DaemonSet")).forEach(this::later);
      case ModelBudget ignored -> {}
    }
  }

  private void later(Workload workload) {
    if (due.add(workload.uid())) {
      time.in(workload.delay(), () -> reconcile(workload.uid()));
    }
  }

  private void reconcile(String uid) {
    due.remove(uid);
    Workload workload = byUid.get(uid);
    if (workload == null || closedNamespaces.contains(workload.namespace())) {
      return;
    }
    switch (workload.kind()) {
      case "StatefulSet" -> byName(workload);
      case "DaemonSet" -> byNode(workload);
      default -> byNumber(workload);
    }
  }

  private void byNumber(Workload workload) {
    long there =
        pods(workload).stream()
            .filter(
                pod ->
                    pod.isActive()
                        || (workload.is("Job") && pod.facts().phase() == PodPhase.SUCCEEDED))
            .count();
    for (long i = there; i < workload.replicas(); i++) {
      create(workload.newPod(freeName(workload)));
    }
  }

  private void byName(Workload workload) {
    for (int i = 0; i < workload.replicas(); i++) {
      String name = workload.name() + "-" + i;
      if (store.pod(workload.namespace() + "/" + name).isEmpty()) {
        create(workload.newPod(name));
      }
    }
  }

  private void byNode(Workload workload) {
    Set<String> covered = new HashSet<>();
    pods(workload).forEach(pod -> covered.add(pod.node()));
    for (ModelNode node : store.nodes().values()) {
      if (!covered.contains(node.name())) {
        create(daemon(workload, node.name()).on(node.name()));
      }
    }
  }

  PodFields daemon(Workload workload, String node) {
    return workload
        .newPod(freeName(workload))
        .tolerating(new Toleration("node.kubernetes.io/unschedulable", "Exists", "", "NoSchedule"))
        .pinnedTo(node);
  }

  String freeName(Workload workload) {
    String name;
    do {
      name = workload.name() + "-" + names.merge(workload.uid(), 1, Integer::sum);
    } while (store.pod(workload.namespace() + "/" + name).isPresent());
    return name;
  }

  private void create(PodFields fields) {
    fields.uid = store.newUid();
    fields.created = Optional.of(stamps.server());
    fields.phase = PodPhase.PENDING;
    fields.ready = false;
    store.put(fields.pod());
  }

  private List<ModelPod> pods(Workload workload) {
    return store.pods().values().stream()
        .filter(pod -> pod.isControlledBy(workload.uid()))
        .toList();
  }
}
