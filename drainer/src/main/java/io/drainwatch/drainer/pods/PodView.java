package io.drainwatch.drainer.pods;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pods of a node as far as we know.
 *
 * @param pods each UID once
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

  /** How many pods only one of the two knows: the cross-check of a watch by a list. */
  public long disagreementsWith(PodView other) {
    Set<String> ours = uids();
    Set<String> theirs = other.uids();
    return ours.stream().filter(uid -> !theirs.contains(uid)).count()
        + theirs.stream().filter(uid -> !ours.contains(uid)).count();
  }

  private Set<String> uids() {
    return pods.stream().map(PodFacts::uid).collect(Collectors.toSet());
  }
}
