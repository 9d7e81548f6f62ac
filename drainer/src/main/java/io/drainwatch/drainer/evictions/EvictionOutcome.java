package io.drainwatch.drainer.evictions;

import java.time.Duration;
import java.util.Optional;

/** What an answer means. None is fatal for the drain. Texts are bounded and of one line. */
public sealed interface EvictionOutcome {

  /** The pod terminates; no further POST. */
  record Accepted() implements EvictionOutcome {}

  /** Done once a list or the watch agrees. */
  record Gone() implements EvictionOutcome {}

  /** Another pod has the name: this uid is done. */
  record Replaced() implements EvictionOutcome {}

  record Conflict(String text) implements EvictionOutcome {}

  /**
   * Refused for now.
   *
   * @param by the budget, the webhook or the HTTP status that refuses, where known
   * @param atLeast the wait asked for; zero: none
   */
  record Blocked(BlockedCause cause, Optional<String> by, String text, Duration atLeast)
      implements EvictionOutcome {}

  /** The namespace is going away and the pod with it. */
  record Wait(String text) implements EvictionOutcome {}

  /** Our role is wrong; loud. */
  record Misconfigured(String text) implements EvictionOutcome {}

  /** The server does not know evictions. */
  record NoEvictionApi(String text) implements EvictionOutcome {}

  /**
   * @param atLeast the wait asked for; zero: none
   */
  record Transient(TransientCause cause, String text, Duration atLeast)
      implements EvictionOutcome {}

  /** What kind of failure; whether the request may have counted all the same. */
  enum TransientCause {
    UNCLEAR(true),
    SERVER(true),
    UNAVAILABLE(false),
    TIMEOUT(true),
    RESET(true),
    TLS(false),
    UNAUTHORIZED(false);

    private final boolean mayHaveCounted;

    TransientCause(boolean mayHaveCounted) {
      this.mayHaveCounted = mayHaveCounted;
    }

    boolean mayHaveCounted() {
      return mayHaveCounted;
    }
  }
}
