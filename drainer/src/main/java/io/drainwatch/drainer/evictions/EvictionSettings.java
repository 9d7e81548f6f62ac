package io.drainwatch.drainer.evictions;

import java.time.Duration;
import java.util.Optional;

/**
 * @param mostInFlight evictions under way at a time on this Node
 * @param graceCap of a pod's grace no more than this is kept free before the deadline
 * @param forceHeld whether a pod on HOLD is deleted at its force point
 * @param withoutEvictionApi what is done where the server knows no evictions
 */
public record EvictionSettings(
    int mostInFlight,
    Optional<Duration> graceCap,
    boolean forceHeld,
    WithoutEvictionApi withoutEvictionApi) {

  public static final EvictionSettings DEFAULT =
      new EvictionSettings(20, Optional.empty(), false, WithoutEvictionApi.FAIL);

  public EvictionSettings {
    if (mostInFlight < 1) {
      throw new IllegalArgumentException("at most " + mostInFlight + " in flight evicts nothing");
    }
    if (graceCap.filter(it -> it.compareTo(Duration.ofSeconds(1)) < 0).isPresent()) {
      throw new IllegalArgumentException("a grace cap of less than 1 s (I6)");
    }
  }

  /** Policy for a server without the subresource. */
  public enum WithoutEvictionApi {
    FAIL,
    /** Deletes pods; budgets do not count then. */
    DELETE
  }
}
