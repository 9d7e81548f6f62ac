package io.drainwatch.drainer.evictions;

import io.drainwatch.drainer.maintenance.AtDeadline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the shell learned. */
public sealed interface EvictionObservation {

  /**
   * Evict. Where that is under way: go on with this deadline; nothing starts over.
   *
   * @param firstAt no request before (settle, cut by the time left; for a Preempt: at once)
   * @param evictionKnown whether discovery names the subresource
   */
  record Start(
      Optional<Instant> deadline, AtDeadline atDeadline, Instant firstAt, boolean evictionKnown)
      implements EvictionObservation {}

  /** No new request (I7); answers of requests under way still count. */
  record Stop() implements EvictionObservation {}

  /**
   * The pods of the Node as the view has them now, in the order of section 7.
   *
   * @param asOf when the last complete list was begun, or the last bookmark came; by our clock. A
   *     view older than the one known is not used
   */
  record PodsSeen(List<EvictablePod> pods, Instant asOf) implements EvictionObservation {
    public PodsSeen {
      pods = List.copyOf(pods);
    }
  }

  /**
   * @param attempt of the request
   * @param jitter a random number from 0 to 1
   */
  record Answered(String uid, int attempt, EvictionAnswer answer, double jitter)
      implements EvictionObservation {}

  /** The budget's status allows a disruption (option). */
  record BudgetOpened(String namespace, String name) implements EvictionObservation {}

  /** The budget was deleted (option). */
  record BudgetGone(String namespace, String name) implements EvictionObservation {}

  record Tick() implements EvictionObservation {}
}
