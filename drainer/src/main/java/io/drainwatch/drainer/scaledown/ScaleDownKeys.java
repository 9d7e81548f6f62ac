package io.drainwatch.drainer.scaledown;

/** Annotations, labels and finalizers (scale-down.md, section 1), ours and those of 2018. */
public final class ScaleDownKeys {
  /** Annotation of a set: the pod that cleans up, as JSON. */
  public static final String TEMPLATE = "drainwatch.io/scaledown-pod-template";

  /** Finalizer of a set; as an annotation of a set or claim: {@link #SKIP}. */
  public static final String SCALE_DOWN = "drainwatch.io/scaledown";

  public static final String SKIP = "skip";

  /** Annotations of our pods: name and UID of the set, and how often it was tried before. */
  public static final String OWNER = "drainwatch.io/scaledown-owner";

  public static final String OWNER_UID = "drainwatch.io/scaledown-owner-uid";
  public static final String ATTEMPT = "drainwatch.io/scaledown-attempt";

  /** Annotation of our pods: what they were made from. */
  public static final String MADE_FROM = "drainwatch.io/scaledown-template";

  /** Annotation of a set: how often clean-ups that failed were tried, by ordinal. */
  public static final String ATTEMPTS = "drainwatch.io/scaledown-attempts";

  /** Label of our pods: their own name. */
  public static final String POD = "drainwatch.io/scaledown-pod";

  private static final String LEGACY = "statefulsets.kubernetes.io/";
  public static final String LEGACY_TEMPLATE = LEGACY + "scaledown-pod-template";
  public static final String LEGACY_FINALIZER = LEGACY + "scaledown";
  public static final String LEGACY_OWNER = LEGACY + "scaledown-pod-owner";
  public static final String LEGACY_POD = LEGACY + "scaledown-pod";

  /** Label by which a drain waits for a pod's end, until the force point. */
  static final String DRAIN = "drainwatch.io/drain";

  static final String WAIT_COMPLETED = "wait-completed";

  private ScaleDownKeys() {}
}
