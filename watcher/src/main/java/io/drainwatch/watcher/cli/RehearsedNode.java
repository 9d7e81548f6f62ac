package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.ClusterConnection;
import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.ReturnSettings;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.nodework.NodeWork;
import io.drainwatch.watcher.daemon.NodeSide;
import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.node.AgentNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A Node of a real cluster for a rehearsal: drained and given back as in form {@code agent}, for an
 * event that is made up. Nothing restarts, so the boot id is what the Node says it is.
 *
 * @param side closed with the rehearsal's daemon
 */
record RehearsedNode(NodeSide side, Surroundings surroundings) {
  private static final String CONTROLLER = "drainwatch.io/rehearsal";

  /** Nothing restarts, so the Node is given back sooner than after a real maintenance. */
  private static final Duration MIN_READY = Duration.ofSeconds(5);

  /**
   * @throws IllegalArgumentException when there is no such Node, or it cannot be read
   */
  static RehearsedNode of(String name, Optional<Path> kubeconfig, Surroundings here) {
    String holder = "rehearsal/" + ProcessHandle.current().pid();
    Cluster cluster =
        FabricCluster.connect(
            kubeconfig
                .map(file -> ClusterConnection.of(file, CONTROLLER, holder))
                .orElseGet(() -> ClusterConnection.found(CONTROLLER, holder)),
            here.clock());
    NodeFacts node =
        switch (cluster.readNode(name)) {
          case NodeReading.Found(NodeFacts found) -> found;
          case NodeReading.Gone() -> {
            cluster.close();
            throw new IllegalArgumentException("the cluster has no Node " + name);
          }
          case NodeReading.Unknown(String why) -> {
            cluster.close();
            throw new IllegalArgumentException(
                "the Node " + name + " cannot be read, so nothing is rehearsed: " + why);
          }
        };
    Surroundings surroundings =
        node.bootId().isBlank()
            ? here
            : new Surroundings(
                here.clock(),
                here.nanoseconds(),
                node.bootId(),
                here.environment(),
                here.slipStreamWork());
    return new RehearsedNode(
        new AgentNode(
            name,
            new NodeWork(settings(holder), Policy.defaults()),
            cluster,
            here.clock(),
            note -> {}),
        surroundings);
  }

  private static NodeSettings settings(String holder) {
    NodeSettings defaults = NodeSettings.defaults(holder);
    return defaults.withReturning(new ReturnSettings(MIN_READY, defaults.returning().alertAfter()));
  }
}
