package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A machine without maintenance reads the same empty document each second, for months. All that the
 * core would make of it is to keep the newer reading, so nothing else is done: an idle daemon is to
 * cost next to nothing.
 */
final class SameAgain {
  private SameAgain() {}

  /** The watch after it; empty: the core has to look. */
  static Optional<Watch> of(Watch watch, Observation observation, Instant now) {
    return observation instanceof Observation.DocumentRead(Document document)
            && isIdle(watch)
            && document.events().isEmpty()
            && watch.newest().filter(newest -> newest.events().isEmpty()).isPresent()
            && !isStale(document, now)
        ? Optional.of(watch.reading(document))
        : Optional.empty();
  }

  private static boolean isIdle(Watch watch) {
    return watch.machine().isPresent()
        && watch.episode().isEmpty()
        && watch.peers().events().isEmpty()
        && watch.peers().removal().isEmpty()
        && watch.empties().isEmpty()
        && !watch.awaitingDocument();
  }

  private static boolean isStale(Document document, Instant now) {
    return Duration.between(document.readAt(), now).compareTo(LifecycleSettings.STALE_AFTER) > 0;
  }
}
