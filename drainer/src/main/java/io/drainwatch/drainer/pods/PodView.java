package io.drainwatch.drainer.pods;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The pods of a node as far as we know.
 *
 * @param completeAt when it was last known to be complete: the last complete list or bookmark, by
 *     our own clock; empty: never yet
 */
public record PodView(List<PodFacts> pods, Optional<Instant> completeAt) {

  /** An older view may justify waiting, never an eviction and never emptiness (section 5). */
  public static final Duration OLDEST = Duration.ofSeconds(30);

  public PodView {
    pods = List.copyOf(pods);
  }

  /**
   * Empty: not known, because there was no complete list yet, or because the clock was set back
   * since.
   */
  public Optional<Duration> ageAt(Instant now) {
    return completeAt
        .map(complete -> Duration.between(complete, now))
        .filter(age -> !age.isNegative());
  }

  public boolean isFreshAt(Instant now) {
    return ageAt(now).filter(age -> age.compareTo(OLDEST) <= 0).isPresent();
  }
}
