package io.drainwatch.drainer.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What is stored, one version for all, and the changes for those who watch. Who listens to changes
 * must not write at once but ask the {@link Timeline} for a turn.
 */
final class Store {
  private static final int MOST_CHANGES = 200_000;

  private final NavigableMap<String, ModelNode> nodes = new TreeMap<>();
  private final NavigableMap<String, ModelPod> pods = new TreeMap<>();
  private final Map<String, TreeSet<String>> podsByNode = new HashMap<>();
  private final NavigableMap<String, ModelBudget> budgets = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private long version = 1_000;
  private long compactedTo = version;
  private long uids;

  String newUid() {
    return String.format(Locale.ROOT, "00000000-0000-4000-8000-%012x", ++uids);
  }

  long version() {
    return version;
  }

  long nextVersion() {
    return ++version;
  }

  /** Watches from before this version get 410. */
  long compactedTo() {
    return compactedTo;
  }

  void compact() {
    compactedTo = version;
    changes.clear();
  }

  void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  void deafen(Consumer<Change> listener) {
    listeners.remove(listener);
  }

  List<Change> changesAfter(long since) {
    int from = changes.size();
    while (from > 0 && changes.get(from - 1).version() > since) {
      from--;
    }
    return List.copyOf(changes.subList(from, changes.size()));
  }

  NavigableMap<String, ModelNode> nodes() {
    return nodes;
  }

  NavigableMap<String, ModelPod> pods() {
    return pods;
  }

  NavigableMap<String, ModelBudget> budgets() {
    return budgets;
  }

  List<ModelPod> podsOn(String node) {
    List<ModelPod> out = new ArrayList<>();
    for (String key : podsByNode.getOrDefault(node, new TreeSet<>())) {
      out.add(pods.get(key));
    }
    return out;
  }

  Optional<ModelNode> node(String name) {
    return Optional.ofNullable(nodes.get(name));
  }

  Optional<ModelPod> pod(String key) {
    return Optional.ofNullable(pods.get(key));
  }

  Optional<ModelBudget> budget(String key) {
    return Optional.ofNullable(budgets.get(key));
  }

  ModelNode put(ModelNode node) {
    ModelNode stored = node.at(nextVersion());
    tell(Optional.ofNullable(nodes.put(node.key(), stored)), Optional.of(stored));
    return stored;
  }

  ModelPod put(ModelPod pod) {
    ModelPod stored = pod.at(nextVersion());
    Optional<ModelPod> before = Optional.ofNullable(pods.put(pod.key(), stored));
    before.ifPresent(it -> forget(it.node(), it.key()));
    podsByNode.computeIfAbsent(pod.node(), any -> new TreeSet<>()).add(pod.key());
    tell(before, Optional.of(stored));
    return stored;
  }

  ModelBudget put(ModelBudget budget) {
    ModelBudget stored = budget.at(nextVersion());
    tell(Optional.ofNullable(budgets.put(budget.key(), stored)), Optional.of(stored));
    return stored;
  }

  void remove(ModelObject object) {
    long at = nextVersion();
    switch (object) {
      case ModelNode node -> {
        nodes.remove(node.key());
        tell(Optional.of(node.at(at)), Optional.empty());
      }
      case ModelPod pod -> {
        pods.remove(pod.key());
        forget(pod.node(), pod.key());
        tell(Optional.of(pod.at(at)), Optional.empty());
      }
      case ModelBudget budget -> {
        budgets.remove(budget.key());
        tell(Optional.of(budget.at(at)), Optional.empty());
      }
    }
  }

  private void forget(String node, String key) {
    TreeSet<String> there = podsByNode.get(node);
    if (there != null) {
      there.remove(key);
    }
  }

  private void tell(Optional<? extends ModelObject> before, Optional<? extends ModelObject> after) {
    Change change = new Change(version, before.map(it -> it), after.map(it -> it));
    if (changes.size() >= MOST_CHANGES) {
      compactedTo = changes.get(MOST_CHANGES / 2).version();
      changes.subList(0, MOST_CHANGES / 2 + 1).clear();
    }
    changes.add(change);
    listeners.forEach(listener -> listener.accept(change));
  }
}
