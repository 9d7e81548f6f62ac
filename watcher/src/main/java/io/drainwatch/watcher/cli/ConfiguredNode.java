package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.ClusterConnection;
import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.distant.DistantWork;
import io.drainwatch.drainer.drainsafe.DrainSafeCompat;
import io.drainwatch.drainer.drainsafe.DrainSafeMode;
import io.drainwatch.drainer.evictions.EvictionSettings;
import io.drainwatch.drainer.nodes.MarkSettings;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.ReturnSettings;
import io.drainwatch.drainer.nodework.NodeMode;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.nodework.NodeWork;
import io.drainwatch.drainer.pods.Ourselves;
import io.drainwatch.drainer.pods.PodOption;
import io.drainwatch.drainer.pods.PodRules;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.KubernetesSettings;
import io.drainwatch.watcher.daemon.NodeSide;
import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.node.AgentNode;
import io.drainwatch.watcher.node.DistantNode;
import io.drainwatch.watcher.node.NodeLog;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From what the operator wrote to the side of the Node; the cluster's client is loaded here. */
final class ConfiguredNode {
  private static final String CONTROLLER = "drainwatch.io/watcher";

  private ConfiguredNode() {}

  /** Empty on a plain VM: then nothing of a cluster is loaded. */
  static Optional<NodeSide> of(DrainwatchSettings configured, Surroundings surroundings) {
    return switch (configured.kubernetes().form()) {
      case NONE -> Optional.empty();
      case AGENT -> Optional.of(agent(configured, surroundings));
      case CONTROLLER -> Optional.of(distant(configured, surroundings));
    };
  }

  private static NodeSide agent(DrainwatchSettings configured, Surroundings surroundings) {
    String node = nodeName(configured.kubernetes());
    String holder =
        configured.kubernetes().podName().orElse(node) + "/" + ProcessHandle.current().pid();
    return new AgentNode(
        node,
        new NodeWork(settings(configured, holder, false), configured.lifecycle().policy()),
        cluster(configured.kubernetes(), node, surroundings.clock()),
        surroundings.clock(),
        new NodeLog(),
        configured.kubernetes().aksConditions(),
        configured.kubernetes().otherNodes() ? Optional.of(configured.shared()) : Optional.empty());
  }

  private static NodeSide distant(DrainwatchSettings configured, Surroundings surroundings) {
    String node = nodeName(configured.kubernetes());
    return new DistantNode(
        node,
        new DistantWork(configured.lifecycle().policy(), !configured.dryRun()),
        cluster(configured.kubernetes(), node, surroundings.clock()),
        surroundings.clock(),
        configured.kubernetes().aksConditions(),
        configured.kubernetes().otherNodes());
  }

  static Cluster cluster(KubernetesSettings settings, String instance, InstantSource clock) {
    return FabricCluster.connect(connection(settings, CONTROLLER, instance), clock);
  }

  static ClusterConnection connection(
      KubernetesSettings settings, String controller, String instance) {
    return settings
        .kubeconfig()
        .map(file -> ClusterConnection.of(file, controller, instance))
        .orElseGet(() -> ClusterConnection.found(controller, instance));
  }

  /** Kubelets register under the host name, in lower case, where nobody says otherwise. */
  static String nodeName(KubernetesSettings settings) {
    return settings
        .nodeName()
        .orElseGet(
            () -> {
              try {
                return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
              } catch (UnknownHostException e) {
                throw new IllegalStateException(
                    "the name of this Node is not known: set drainwatch.kubernetes.node-name", e);
              }
            });
  }

  /** Where another tool acts, its cordon is not ours to take over, nor are marks ours to write. */
  static DrainSafeMode drainSafe(DrainwatchSettings configured) {
    return configured.kubernetes().mode() == NodeMode.DRAIN
        ? configured.compat().drainsafe()
        : DrainSafeMode.OFF;
  }

  static NodeSettings settings(DrainwatchSettings configured, String holder, boolean isDrainer) {
    KubernetesSettings kubernetes = configured.kubernetes();
    var cordon = kubernetes.cordon();
    var eviction = kubernetes.eviction();
    return new NodeSettings(
        holder,
        new MarkSettings(cordon.taint(), cordon.lbLabel(), holds(cordon.holds())),
        cordon.settle(),
        cordon.lbSettle(),
        new PodRules(
            kubernetes.podRules(),
            options(eviction),
            eviction.stuckAfter(),
            eviction.detachTimeout()),
        new EvictionSettings(
            eviction.mostInFlight(),
            eviction.graceCap(),
            eviction.forceHeld(),
            switch (eviction.withoutApi()) {
              case FAIL -> EvictionSettings.WithoutEvictionApi.FAIL;
              case DELETE -> EvictionSettings.WithoutEvictionApi.DELETE;
            }),
        kubernetes.onForeignUncordon(),
        new ReturnSettings(
            kubernetes.givingBack().minReady(), kubernetes.givingBack().alertAfter()),
        kubernetes.conditions(),
        eviction.podEvents(),
        new Ourselves(kubernetes.podUid(), isDrainer),
        new DrainSafeCompat(drainSafe(configured), configured.compat().drainsafeGrace()),
        !configured.dryRun(),
        kubernetes.mode());
  }

  private static Set<String> holds(List<KubernetesSettings.Hold> holds) {
    return holds.stream()
        .map(
            hold ->
                switch (hold) {
                  case CLUSTER_AUTOSCALER -> NodeKeys.AUTOSCALER_HOLD;
                  case KARPENTER -> NodeKeys.KARPENTER_HOLD;
                })
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<PodOption> options(KubernetesSettings.Eviction eviction) {
    Set<PodOption> options = EnumSet.noneOf(PodOption.class);
    add(options, eviction.clusterApiSkip(), PodOption.CLUSTER_API_SKIP);
    add(options, eviction.daemons(), PodOption.EVICT_DAEMONS);
    add(options, eviction.safeToEvict(), PodOption.SAFE_TO_EVICT);
    add(options, eviction.doNotDisrupt(), PodOption.DO_NOT_DISRUPT);
    add(options, eviction.waitForJobs(), PodOption.WAIT_FOR_JOBS);
    add(options, eviction.emptyDir() == KubernetesSettings.Pods.BLOCK, PodOption.BLOCK_EMPTY_DIR);
    add(options, eviction.unmanaged() == KubernetesSettings.Pods.BLOCK, PodOption.BLOCK_UNMANAGED);
    add(options, eviction.forceHeld(), PodOption.FORCE_HELD);
    add(options, eviction.volumesOneByOne(), PodOption.VOLUME_PODS_ONE_BY_ONE);
    add(options, eviction.preflight(), PodOption.PREFLIGHT);
    add(options, eviction.readBudgets(), PodOption.READ_BUDGETS);
    add(options, eviction.waitForDetach(), PodOption.WAIT_FOR_DETACH);
    return options;
  }

  private static void add(Set<PodOption> options, boolean on, PodOption option) {
    if (on) {
      options.add(option);
    }
  }
}
