package io.drainwatch.watcher.fleetpage;

import io.drainwatch.drainer.evictions.Obstacle;
import io.drainwatch.watcher.pages.ShownText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A pod that is in the way.
 *
 * @param budgets that refuse it
 */
record ObstacleView(String pod, List<Refusing> budgets, String why, Optional<Moment> since) {

  /**
   * @param link to all Nodes that wait for it
   */
  record Refusing(String name, String link) {}

  static ObstacleView of(Obstacle obstacle, Instant now) {
    return new ObstacleView(
        ShownText.of(obstacle.pod(), 320),
        obstacle.budgets().stream().map(ObstacleView::refusing).toList(),
        ShownText.of(obstacle.why(), 300),
        obstacle.since().map(at -> Moment.of(at, now)));
  }

  static Refusing refusing(String budget) {
    return new Refusing(
        ShownText.of(budget, 320),
        new FleetQuery("", StateFilter.ALL, "", budget, Order.URGENCY, 1, List.of()).link());
  }
}
