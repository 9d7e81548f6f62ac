package io.drainwatch.watcher.clusterview;

import io.drainwatch.drainer.nodes.NodeFacts;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The maintenances of a cluster.
 *
 * @param nodes those that have one, by name
 * @param others how many Nodes have none
 */
public record FleetStanding(Instant at, List<NodeStanding> nodes, int others) {

  public FleetStanding {
    nodes = List.copyOf(nodes);
  }

  public static FleetStanding of(List<NodeFacts> all, Instant now) {
    List<NodeStanding> nodes =
        all.stream()
            .flatMap(node -> NodeStanding.of(node).stream())
            .sorted(Comparator.comparing(NodeStanding::node))
            .toList();
    return new FleetStanding(now, nodes, all.size() - nodes.size());
  }
}
