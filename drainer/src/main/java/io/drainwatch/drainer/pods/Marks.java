package io.drainwatch.drainer.pods;

/** Labels and annotations by which pods say how they want to be treated. */
final class Marks {
  /** Label: {@link #SKIP} or {@link #WAIT_COMPLETED}. */
  static final String DRAIN = "drainwatch.io/drain";

  static final String SKIP = "skip";
  static final String WAIT_COMPLETED = "wait-completed";

  /** Annotation of a clean-up pod behind a StatefulSet: the set's name. */
  static final String CLEANUP_OWNER = "drainwatch.io/scaledown-owner";

  /** Label of Cluster API. */
  static final String CLUSTER_API_DRAIN = "cluster.x-k8s.io/drain";

  /** Annotation: {@code true} or a duration. */
  static final String DO_NOT_EVICT = "drainwatch.io/do-not-evict";

  /** Annotation of Karpenter: {@code true} or a duration. */
  static final String DO_NOT_DISRUPT = "karpenter.sh/do-not-disrupt";

  /** Annotation of the cluster autoscaler: {@code false} holds. */
  static final String SAFE_TO_EVICT = "cluster-autoscaler.kubernetes.io/safe-to-evict";

  /** Annotation of the API's image of a static pod. */
  static final String MIRROR = "kubernetes.io/config.mirror";

  private Marks() {}
}
