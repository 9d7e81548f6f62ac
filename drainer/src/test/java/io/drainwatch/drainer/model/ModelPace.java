package io.drainwatch.drainer.model;

import java.time.Duration;
import java.time.Instant;

/** So many requests a second, of all Nodes together, and a burst before that counts. */
final class ModelPace {
  private static final int BURST = 100;

  private final Duration each;
  private Instant nextAt = Instant.MIN;

  private ModelPace(Duration each) {
    this.each = each;
  }

  static ModelPace none() {
    return new ModelPace(Duration.ZERO);
  }

  static ModelPace of(int perSecond) {
    return new ModelPace(Duration.ofSeconds(1).dividedBy(perSecond));
  }

  /** Takes the next place; how long to wait for it. */
  Duration take(Instant now) {
    Instant at = nextAt.isAfter(now) ? nextAt : now;
    nextAt = at.plus(each);
    Duration wait = Duration.between(now, at).minus(each.multipliedBy(BURST - 1));
    return wait.isNegative() ? Duration.ZERO : wait;
  }
}
