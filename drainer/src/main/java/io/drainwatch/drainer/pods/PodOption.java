package io.drainwatch.drainer.pods;

/** What an operator may switch on; without any of them the defaults of the table hold. */
public enum PodOption {
  /** Row 4: {@code cluster.x-k8s.io/drain=skip} is obeyed too. */
  CLUSTER_API_SKIP,
  /** Row 5: pods of DaemonSets that our taint keeps away are evicted. */
  EVICT_DAEMONS,
  /** Row 9: {@code cluster-autoscaler.kubernetes.io/safe-to-evict=false} holds a pod. */
  SAFE_TO_EVICT,
  /** Row 9: {@code karpenter.sh/do-not-disrupt} holds a pod. */
  DO_NOT_DISRUPT,
  /** Row 10: pods of Jobs may finish. */
  WAIT_FOR_JOBS,
  /** Row 11, {@code empty-dir: block}. */
  BLOCK_EMPTY_DIR,
  /** Row 12, {@code unmanaged: block}. */
  BLOCK_UNMANAGED,
  /** {@code force-held}: the force point releases what is on hold as well. */
  FORCE_HELD,
  /** Section 7: pods with volumes go one by one. */
  VOLUME_PODS_ONE_BY_ONE,
  /**
   * Sections 7 and 12: VolumeAttachments are read; a pod with volumes is gone once its volumes are
   * detached, and so is a Node drained.
   */
  WAIT_FOR_DETACH,
  /**
   * Section 10: while a maintenance waits for its time, evictions are tried that change nothing.
   */
  PREFLIGHT,
  /**
   * Section 9: PodDisruptionBudgets are read; pods of one budget share a probe from the first
   * request on, and a budget that opens is noticed at once.
   */
  READ_BUDGETS
}
