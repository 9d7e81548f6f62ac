package io.drainwatch.drainer.model;

import java.util.List;

/** What a list or a watch is about. */
record Selection(Kind kind, String namespace, String node, String name) {
  enum Kind {
    NODES("NodeList", "v1"),
    PODS("PodList", "v1"),
    BUDGETS("PodDisruptionBudgetList", "policy/v1");

    final String list;
    final String apiVersion;

    Kind(String list, String apiVersion) {
      this.list = list;
      this.apiVersion = apiVersion;
    }
  }

  static Selection of(Kind kind, String namespace, Wanted wanted) {
    return new Selection(
        kind, namespace, wanted.field("spec.nodeName"), wanted.field("metadata.name"));
  }

  boolean holds(ModelObject object) {
    return switch (object) {
      case ModelNode it -> kind == Kind.NODES && isOrAny(name, it.name());
      case ModelPod pod ->
          kind == Kind.PODS
              && isOrAny(node, pod.node())
              && isOrAny(namespace, pod.facts().namespace())
              && isOrAny(name, pod.facts().name());
      case ModelBudget budget ->
          kind == Kind.BUDGETS
              && isOrAny(namespace, budget.namespace())
              && isOrAny(name, budget.name());
    };
  }

  private static boolean isOrAny(String wanted, String given) {
    return wanted.isEmpty() || wanted.equals(given);
  }

  List<? extends ModelObject> in(Store store) {
    return switch (kind) {
      case NODES -> store.nodes().values().stream().filter(this::holds).toList();
      case PODS ->
          (node.isEmpty() ? List.copyOf(store.pods().values()) : store.podsOn(node))
              .stream().filter(this::holds).toList();
      case BUDGETS -> store.budgets().values().stream().filter(this::holds).toList();
    };
  }

  /** In the log of requests. */
  String target() {
    return switch (kind) {
      case NODES -> name;
      case PODS -> node.isEmpty() ? namespace : node;
      case BUDGETS -> namespace;
    };
  }

  String watched() {
    String what =
        switch (kind) {
          case NODES -> name.isEmpty() ? "nodes" : "node";
          case PODS -> "pods";
          case BUDGETS -> "budgets";
        };
    return (what + " " + target()).strip();
  }
}
