package io.drainwatch.drainer.pods;

/** Pods leave in this order; see {@link Round} for when a tier opens. */
public enum Tier {
  ORDINARY,
  /** Daemons and others that are bound to this node, if they are evicted at all. */
  BOUND_TO_NODE,
  CLUSTER_CRITICAL,
  NODE_CRITICAL,
  /** The drainer's own pod, after the acknowledgement. */
  OURSELVES;

  /** 0 to 4, as in the specification. */
  public int number() {
    return ordinal();
  }

  static Tier of(PodFacts pod, Circumstances at) {
    if (at.ourselves().are(pod)) {
      return OURSELVES;
    }
    if (pod.isDaemon() || comesStraightBack(pod, at)) {
      return BOUND_TO_NODE;
    }
    return switch (pod.priorityClassName().orElse("")) {
      case "system-cluster-critical" -> CLUSTER_CRITICAL;
      case "system-node-critical" -> NODE_CRITICAL;
      default -> ORDINARY;
    };
  }

  /** Row 6: the cordon does not keep its successor away, and it fits nowhere else. */
  static boolean comesStraightBack(PodFacts pod, Circumstances at) {
    return pod.tolerates(Taint.UNSCHEDULABLE) && at.isPinned(pod);
  }
}
