package io.drainwatch.drainer.pods;

import java.time.Instant;
import java.util.Optional;

/** What becomes of a pod. */
public sealed interface Decision {

  Why why();

  /** Stays, and does not keep the node from being drained. */
  record Ignore(Why why) implements Decision {}

  /**
   * Is on its way out: no further request.
   *
   * @param graceEnds by the API server's clock
   */
  record Wait(Why why, Tier tier, Instant graceEnds) implements Decision {}

  /**
   * Stays as long as someone wishes, and keeps the node from being drained; other pods go on.
   *
   * @param until by the API server's clock; empty: without an end
   */
  record Hold(Why why, Optional<Instant> until) implements Decision {}

  /** May finish by itself. */
  record WaitCompleted(Why why, Tier tier) implements Decision {}

  /** Should be gone and is not; nothing that we may do helps. */
  record Block(Why why) implements Decision {}

  /** Is to go when it is its turn. */
  record Evict(Why why, Tier tier, Order order) implements Decision {}

  /** Whether the node is not drained as long as this pod is there. */
  default boolean blocksCompletion() {
    return switch (this) {
      case Ignore _ -> false;
      // we go after the acknowledgement, which comes after the drain
      case Evict evict -> evict.tier() != Tier.OURSELVES;
      case Wait _, Hold _, WaitCompleted _, Block _ -> true;
    };
  }

  /** The tier that must be empty of this pod before a later one opens. */
  default Optional<Tier> occupies() {
    return switch (this) {
      case Evict evict -> Optional.of(evict.tier());
      case Wait wait -> Optional.of(wait.tier());
      case WaitCompleted wait -> Optional.of(wait.tier());
      case Ignore _, Hold _, Block _ -> Optional.empty();
    };
  }
}
