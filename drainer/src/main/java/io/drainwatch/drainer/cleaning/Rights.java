package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.cluster.StatefulCluster;
import io.drainwatch.drainer.cluster.StatefulCluster.Right;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether we may do all that the clean-up needs (scale-down.md, section 5; D03).
 *
 * @param missing those that the server denies
 * @param isKnown false: the server could not be asked about one at least
 */
public record Rights(List<Right> missing, boolean isKnown) {
  private static final String CORE = "";

  public Rights {
    missing = List.copyOf(missing);
  }

  public boolean areAll() {
    return isKnown && missing.isEmpty();
  }

  /** Blocks; one request for each right. */
  public static Rights ask(
      StatefulCluster cluster, Scope scope, String ownNamespace, String lease) {
    List<Right> missing = new ArrayList<>();
    boolean isKnown = true;
    for (Right right : needed(scope, ownNamespace, lease)) {
      switch (cluster.mayWe(right)) {
        case GRANTED -> {}
        case MISSING -> missing.add(right);
        case UNKNOWN -> isKnown = false;
      }
    }
    return new Rights(missing, isKnown);
  }

  static List<Right> needed(Scope scope, String ownNamespace, String lease) {
    List<Right> needed = new ArrayList<>();
    for (String namespace : scope.namespaces()) {
      add(needed, namespace, "apps", "statefulsets", "get", "list", "watch", "patch");
      add(needed, namespace, CORE, "pods", "get", "list", "watch", "create", "delete");
      add(needed, namespace, CORE, "persistentvolumeclaims", "list", "watch", "delete");
      add(needed, namespace, "events.k8s.io", "events", "create");
    }
    String group = "coordination.k8s.io";
    // what is created has no name yet when the server asks its roles
    needed.add(new Right("create", group, "leases", "", ownNamespace));
    needed.add(new Right("get", group, "leases", lease, ownNamespace));
    needed.add(new Right("update", group, "leases", lease, ownNamespace));
    return needed;
  }

  private static void add(
      List<Right> needed, String namespace, String group, String resource, String... verbs) {
    for (String verb : verbs) {
      needed.add(new Right(verb, group, resource, "", namespace));
    }
  }
}
