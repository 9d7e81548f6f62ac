package io.drainwatch.watcher.fleetpage;

import io.drainwatch.drainer.budget.BudgetSettings;
import io.drainwatch.drainer.fleet.FleetSight;
import io.drainwatch.drainer.fleet.NodeSight;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Nodes that nothing happens to. */
final class Nodes {
  private Nodes() {}

  static NodeSight quiet(String name, String pool) {
    return new NodeSight(
        name,
        pool,
        "",
        true,
        false,
        Optional.of("vm-" + name),
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static FleetSight fleet(List<NodeSight> nodes) {
    return new FleetSight(true, nodes, BudgetSettings.NO_LIMIT, LifecycleSettings.defaults());
  }

  static FleetSight ofPool(String pool, int number) {
    return fleet(IntStream.range(0, number).mapToObj(i -> quiet(pool + "-" + i, pool)).toList());
  }

  static FleetSight ofNobody() {
    return new FleetSight(false, List.of(), BudgetSettings.NO_LIMIT, LifecycleSettings.defaults());
  }
}
