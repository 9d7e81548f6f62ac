package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.nodes.ForeignUncordon;
import io.drainwatch.drainer.nodework.NodeMode;
import io.drainwatch.drainer.pods.PodRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code drainwatch.kubernetes.*} (kubernetes-drain.md).
 *
 * @param mode whether we act at all
 * @param nodeName of the Node that this VM is
 * @param podUid ours, by the downward API; empty: we do not run as a pod
 * @param kubeconfig instead of the service account of the pod
 * @param podRules in file order, the first that matches counts
 * @param conditions whether conditions are written on the Node
 * @param aksConditions whether AKS's are read where the metadata service is out of reach
 * @param otherNodes whether the other Nodes are listed; needs the right to
 */
public record KubernetesSettings(
    Form form,
    NodeMode mode,
    Optional<String> nodeName,
    Optional<String> podName,
    Optional<String> podUid,
    String namespace,
    Optional<Path> kubeconfig,
    Cordon cordon,
    Eviction eviction,
    List<PodRule> podRules,
    ForeignUncordon onForeignUncordon,
    GivingBack givingBack,
    boolean conditions,
    boolean aksConditions,
    boolean otherNodes,
    Drainer drainer) {

  public KubernetesSettings {
    podRules = List.copyOf(podRules);
  }

  /** Who acts on the Node (kubernetes-drain.md 1). */
  public enum Form {
    /** A plain VM. */
    NONE,
    /** The watcher on its own Node. */
    AGENT,
    /** The drainer; the watcher tells it what it sees. */
    CONTROLLER
  }

  /**
   * @param settle how long pods bound before the cordon may still arrive
   * @param lbSettle how long load balancers get before the first eviction
   */
  public record Cordon(
      boolean taint, boolean lbLabel, List<Hold> holds, Duration settle, Duration lbSettle) {
    public Cordon {
      holds = List.copyOf(holds);
    }
  }

  /** Autoscalers that are told to leave the Node alone. */
  public enum Hold {
    CLUSTER_AUTOSCALER,
    KARPENTER
  }

  /**
   * @param preflight whether evictions are tried while a maintenance waits
   * @param readBudgets whether PodDisruptionBudgets are read
   * @param waitForDetach whether VolumeAttachments are read
   * @param detachTimeout how long they hold up the next pod with volumes
   * @param stuckAfter how long past its grace a terminating pod is only waited for
   */
  public record Eviction(
      int mostInFlight,
      Optional<Duration> graceCap,
      boolean forceHeld,
      Pods emptyDir,
      Pods unmanaged,
      WithoutApi withoutApi,
      boolean daemons,
      boolean waitForJobs,
      boolean safeToEvict,
      boolean doNotDisrupt,
      boolean clusterApiSkip,
      boolean preflight,
      boolean readBudgets,
      boolean volumesOneByOne,
      boolean waitForDetach,
      Duration detachTimeout,
      Duration stuckAfter,
      boolean podEvents) {}

  /** What becomes of pods of a kind. */
  public enum Pods {
    EVICT,
    BLOCK
  }

  /** What is done where the server knows no evictions. */
  public enum WithoutApi {
    FAIL,
    DELETE
  }

  /**
   * @param minReady how long the Node must have been Ready
   * @param alertAfter how long it may take before people are told
   */
  public record GivingBack(Duration minReady, Duration alertAfter) {}

  /**
   * Form {@code controller}: {@code drainwatch drainer}.
   *
   * @param lease name of the Lease
   * @param budget Nodes of a pool under maintenance at a time: a number, or per cent with a sign;
   *     empty: no bound
   */
  public record Drainer(String lease, Optional<String> budget) {}
}
