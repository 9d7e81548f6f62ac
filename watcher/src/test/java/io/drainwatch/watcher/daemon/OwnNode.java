package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.ClusterConnection;
import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.distant.Standing;
import io.drainwatch.drainer.drainsafe.DrainSafeCompat;
import io.drainwatch.drainer.drainsafe.DrainSafeMode;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.evictions.EvictionSettings;
import io.drainwatch.drainer.evictions.Pods;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.SharedAcknowledgement;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelServer;
import io.drainwatch.drainer.nodes.ForeignUncordon;
import io.drainwatch.drainer.nodes.MarkSettings;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeRecordJson;
import io.drainwatch.drainer.nodes.ReturnSettings;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.nodework.NodeWork;
import io.drainwatch.drainer.pods.Ourselves;
import io.drainwatch.drainer.pods.PodRules;
import io.drainwatch.watcher.node.AgentNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Node that a daemon of form agent runs on: a model of a cluster by the real clock, behind a
 * real socket, and fabric8's transport to it.
 */
final class OwnNode implements AutoCloseable {
  private static final String NODE = "node-1";

  private final InstantSource clock = InstantSource.system();
  private final ModelServer server = ModelServer.by(clock, new ModelCluster(clock.instant()));
  private final Path kubeconfig;
  private Optional<FabricCluster> cluster = Optional.empty();

  private OwnNode(Path directory) {
    kubeconfig = directory.resolve("kubeconfig");
  }

  /** A Node with pods of a web server, and another that takes them. */
  static OwnNode in(Path directory, int pods) {
    OwnNode own = new OwnNode(directory);
    own.server.with(
        each -> {
          each.addNode(NODE);
          each.addNode("node-2");
          each.rebooted(NODE, "boot-1");
          each.ready(NODE);
          return each.replicaSet("shop", "web", pods, pod -> {}, NODE);
        });
    return own;
  }

  /** The daemon's side of it. */
  AgentNode agent(boolean drainSafe) throws IOException {
    return agent(drainSafe, false);
  }

  AgentNode agent(boolean drainSafe, boolean aksConditions) throws IOException {
    return agent(drainSafe, aksConditions, false);
  }

  AgentNode agent(boolean drainSafe, boolean aksConditions, boolean othersAreSeen)
      throws IOException {
    server.writeKubeconfig(kubeconfig);
    NodeSettings settings =
        new NodeSettings(
            "watcher-1",
            MarkSettings.CORDON_ONLY,
            Duration.ofMillis(200),
            Duration.ZERO,
            PodRules.defaults(),
            EvictionSettings.DEFAULT,
            ForeignUncordon.RESPECT,
            new ReturnSettings(Duration.ofMillis(200), Duration.ofMinutes(1)),
            true,
            true,
            Ourselves.NO_POD,
            new DrainSafeCompat(drainSafe ? DrainSafeMode.WRITE : DrainSafeMode.OFF, false),
            true);
    cluster =
        Optional.of(
            FabricCluster.connect(
                ClusterConnection.of(kubeconfig, "drainwatch.io/watcher", "test"), clock));
    return new AgentNode(
        NODE,
        new NodeWork(settings, Policy.defaults()),
        cluster.get(),
        clock,
        note -> {},
        aksConditions,
        othersAreSeen ? Optional.of(SharedAcknowledgement.NEVER) : Optional.empty());
  }

  /** On the connection of the newest agent so many evictions wait for their turn, of others. */
  List<Cluster.Sent> keepBusy(int evictions) {
    List<Cluster.Sent> waiting = new ArrayList<>();
    for (int i = 0; i < evictions; i++) {
      EvictablePod pod = Pods.named("uid-" + i, "others", "pod-" + i);
      waiting.add(
          cluster
              .orElseThrow()
              .send(new EvictionRequest.Evict(pod, 1, Optional.empty()), answer -> {}));
    }
    return waiting;
  }

  ModelServer server() {
    return server;
  }

  boolean isCordoned() {
    return server.with(each -> each.node(NODE).facts().unschedulable());
  }

  /** By AKS. */
  void announce(String message) {
    server.with(
        each -> {
          each.announce(NODE, message);
          return each;
        });
  }

  /** By the agent of the other Node, for this event. */
  void drainTheOther(String event) {
    server.with(
        each -> {
          each.rebooted("node-2", "boot-1");
          Standing other = new Standing();
          other.recorded = MaintenanceState.DRAINED;
          other.recordedUid = each.node("node-2").uid();
          other.recordedVmId = Optional.empty();
          other.drained = List.of(event);
          each.annotate("node-2", NodeKeys.RECORD, NodeRecordJson.write(other.record()));
          each.cordon("node-2", true);
          return each;
        });
  }

  /** By a person. */
  void cordon() {
    server.with(
        each -> {
          each.cordon(NODE, true);
          return each;
        });
  }

  /** Another boot, and Ready again. */
  void reboot() {
    server.with(
        each -> {
          each.rebooted(NODE, "boot-2");
          return each;
        });
  }

  /** State, type and owner as DrainSafe writes them; an annotation that is not there is "none". */
  String drainSafe() {
    return server.with(
        each -> {
          var annotations = each.node(NODE).annotations();
          return String.join(
              "/",
              annotations.getOrDefault("drainsafe.azure.com/maintenancestate", "none"),
              annotations.getOrDefault("drainsafe.azure.com/maintenancetype", "none"),
              annotations.getOrDefault("drainsafe.azure.com/maintenanceowner", "none"));
        });
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}
