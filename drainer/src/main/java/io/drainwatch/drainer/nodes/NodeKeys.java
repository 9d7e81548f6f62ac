package io.drainwatch.drainer.nodes;

import java.util.Set;

/** The keys on a Node that we write or heed. Each has exactly one writer. */
public final class NodeKeys {
  /** Annotation: the record. */
  public static final String RECORD = "drainwatch.io/maintenance";

  /** Annotation: the state's word, for people; never read back. */
  public static final String STATE = "drainwatch.io/maintenance-state";

  /** Annotation: summary of the last finished episode, or a record that could not be read. */
  public static final String LAST = "drainwatch.io/last-maintenance";

  /** Annotation: what the watcher sees; the only key that the watcher writes. */
  public static final String OBSERVATION = "drainwatch.io/observation";

  /** Annotation that people set: {@code "true"} keeps the Node cordoned. Never written by us. */
  public static final String KEEP_CORDONED = "drainwatch.io/keep-cordoned";

  /**
   * Annotation: the instance's protection from scale-in is ours, for the episode that it names.
   * Written before it is asked for, gone after it is undone.
   */
  public static final String PROTECTED = "drainwatch.io/scale-in-protection";

  /**
   * Annotation: what the drainer acknowledged from outside, in place of a watcher that is gone
   * ({@link OutsideAcks}). Written before a request leaves, gone when the Node is given back.
   */
  public static final String ACKNOWLEDGED = "drainwatch.io/acknowledged-outside";

  /**
   * Annotation: the drainer asks whether the watcher is there, which between two maintenances
   * writes nothing for months. Another text is another question; the answer is an observation with
   * a document that was read after it.
   */
  public static final String ASKED = "drainwatch.io/asked";

  /** Key of our taint. */
  public static final String TAINT = "drainwatch.io/maintenance";

  /** Label that takes a Node out of the cloud's load balancers; its presence counts. */
  public static final String LB_LABEL = "node.kubernetes.io/exclude-from-external-load-balancers";

  /** Annotation: the cluster autoscaler leaves the Node alone. */
  public static final String AUTOSCALER_HOLD =
      "cluster-autoscaler.kubernetes.io/scale-down-disabled";

  /** Annotation: Karpenter leaves the Node alone. */
  public static final String KARPENTER_HOLD = "karpenter.sh/do-not-disrupt";

  /** Annotations that can be set as autoscaler holds. */
  public static final Set<String> HOLDS = Set.of(AUTOSCALER_HOLD, KARPENTER_HOLD);

  /** DrainSafe's annotations, for clusters whose tools read them ({@code compat.drainsafe}). */
  public static final Set<String> DRAINSAFE =
      Set.of(
          "drainsafe.azure.com/maintenancestate",
          "drainsafe.azure.com/maintenancetype",
          "drainsafe.azure.com/maintenanceowner");

  /** Value of the label and the holds; another value is somebody else's. */
  static final String TRUE = "true";

  private NodeKeys() {}

  /** Who writes a key, in the controller form. In the agent form the watcher is both. */
  public enum Writer {
    WATCHER,
    DRAINER,
    /** Read at most. */
    NOBODY
  }

  public static Writer writerOfAnnotation(String key) {
    return switch (key) {
      case OBSERVATION -> Writer.WATCHER;
      case RECORD, STATE, LAST, PROTECTED, ACKNOWLEDGED, ASKED, AUTOSCALER_HOLD, KARPENTER_HOLD ->
          Writer.DRAINER;
      default -> DRAINSAFE.contains(key) ? Writer.DRAINER : Writer.NOBODY;
    };
  }
}
