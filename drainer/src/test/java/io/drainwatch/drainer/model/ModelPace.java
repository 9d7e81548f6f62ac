package io.drainwatch.drainer.model;

import java.time.Duration;
import java.time.Instant;

/** So many requests a second at most, one after another; without a burst, which real ones have. */
final class ModelPace {
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
    return Duration.between(now, at);
  }
}
