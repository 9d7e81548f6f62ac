package io.drainwatch.watcher.fleetpage;

import java.time.Instant;
import java.util.Optional;

/** A disruption budget that is in the way, in words. */
record BudgetView(ObstacleView.Refusing budget, String nodes, String pods, Optional<Moment> since) {

  static BudgetView of(BudgetRow row, Instant now) {
    return new BudgetView(
        ObstacleView.refusing(row.name()),
        NodeView.count(row.nodes(), "Node"),
        NodeView.count(row.refusals().pods(), "pod"),
        row.refusals().since().map(at -> Moment.of(at, now)));
  }
}
