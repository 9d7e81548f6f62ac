package io.drainwatch.watcher.fleetpage;

import io.drainwatch.drainer.evictions.Obstacle;
import io.drainwatch.drainer.fleet.NodeSight;
import io.drainwatch.drainer.nodes.Cause;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodework.DrainStanding;
import io.drainwatch.drainer.nodework.NodeState;
import java.util.List;
import java.util.Optional;

/**
 * What is in the way of one Node's drain, was, or would be. Made only for Nodes that are shown.
 *
 * @param obstacles of a drain that goes on; of one that is over what the record says was left
 * @param more that are not shown
 */
record NodeDetail(List<Obstacle> obstacles, List<Cause> predicted, int more) {
  static final NodeDetail NOTHING = new NodeDetail(List.of(), List.of(), 0);

  NodeDetail {
    obstacles = List.copyOf(obstacles);
    predicted = List.copyOf(predicted);
  }

  /**
   * @param most of each
   */
  static NodeDetail of(NodeSight node, int most) {
    List<Obstacle> live = node.work().map(DrainStanding::obstacles).orElse(List.of());
    Optional<NodeRecord> record = node.work().flatMap(NodeState::record).or(node::record);
    List<Obstacle> all = live.isEmpty() ? left(record) : live;
    List<Cause> predicted = node.work().map(DrainStanding::predicted).orElse(List.of());
    int cut = live.isEmpty() ? record.map(it -> it.drain().more()).orElse(0) : 0;
    return new NodeDetail(
        all.stream().limit(most).toList(),
        predicted.stream().limit(most).toList(),
        Math.max(0, all.size() - most) + Math.max(0, predicted.size() - most) + cut);
  }

  private static List<Obstacle> left(Optional<NodeRecord> record) {
    return record.stream()
        .flatMap(it -> it.drain().left().stream())
        .map(
            left ->
                new Obstacle(left.pod(), left.why(), Optional.empty(), List.of(), Optional.empty()))
        .toList();
  }
}
