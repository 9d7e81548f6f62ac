package io.drainwatch.drainer.nodework;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whose requests wait behind nobody else's. A Preempt has 30 s in all: behind the evictions of a
 * thousand Nodes that have a quarter of an hour it would come too late. What is short of time for
 * another reason counts as much.
 */
final class Haste {
  private static final Duration SHORT = Duration.ofMinutes(1);

  private Haste() {}

  static boolean of(Optional<Instant> deadline, Instant now) {
    return deadline.filter(now.plus(SHORT)::isAfter).isPresent();
  }
}
