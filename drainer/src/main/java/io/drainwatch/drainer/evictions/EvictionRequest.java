package io.drainwatch.drainer.evictions;

import java.time.Duration;
import java.util.Optional;

/**
 * What is to be sent, once, without retries in the client. Requests for pods always carry {@code
 * preconditions.uid}, time out after 10 s, and are answered by exactly one {@link
 * EvictionObservation.Answered}.
 */
public sealed interface EvictionRequest {

  /** A request for one pod. */
  sealed interface ForPod extends EvictionRequest {
    EvictablePod pod();

    int attempt();

    /** Precondition beside the UID. */
    default Optional<String> onlyAtVersion() {
      return switch (this) {
        case Evict evict -> evict.pod().onlyAtVersion();
        case Delete delete ->
            delete.why() == Why.NO_EVICTION_API ? delete.pod().onlyAtVersion() : Optional.empty();
      };
    }
  }

  /**
   * POST to the eviction subresource.
   *
   * @param grace only to shorten; empty: absent in the request
   */
  record Evict(EvictablePod pod, int attempt, Optional<Duration> grace) implements ForPod {
    public Evict {
      grace.ifPresent(EvictionRequest::refuseZero);
    }
  }

  /**
   * @param grace empty: absent in the request
   */
  record Delete(EvictablePod pod, int attempt, Optional<Duration> grace, Why why)
      implements ForPod {
    public Delete {
      grace.ifPresent(EvictionRequest::refuseZero);
    }
  }

  /** A new complete list of the Node's pods: what is known is too old to act on. */
  record Look() implements EvictionRequest {}

  record ReadToken() implements EvictionRequest {}

  /** Why a pod is deleted. */
  enum Why {
    /** Its force point is reached; counts, and makes a Warning event. */
    FORCED,
    /** It terminates already, but longer than the deadline allows. */
    SHORTENED,
    NO_EVICTION_API
  }

  private static void refuseZero(Duration grace) {
    if (grace.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a grace of less than 1 s (I6): " + grace);
    }
  }
}
