package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.budget.BudgetSettings;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import java.util.List;

/**
 * All Nodes as this process sees them, for people. Taken without a lock, so that whoever looks
 * holds up nobody: each Node is of one moment, two of them may be of two.
 *
 * @param leads false: it knows of no Node, another process does
 */
public record FleetSight(
    boolean leads, List<NodeSight> nodes, BudgetSettings budget, LifecycleSettings lifecycle) {

  public FleetSight {
    nodes = List.copyOf(nodes);
  }

  static FleetSight ofNobody(FleetSettings settings) {
    return new FleetSight(false, List.of(), settings.budget(), settings.lifecycle());
  }
}
