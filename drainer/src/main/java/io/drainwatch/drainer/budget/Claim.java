package io.drainwatch.drainer.budget;

import java.time.Instant;
import java.util.Optional;

/**
 * What one Node means to the budget of its pool.
 *
 * @param node identity: a Node that is recreated under its name is another
 * @param deadline of the drain; who has none comes last
 * @param startsAnyway half of the notice is used up then; empty: no notice is known
 */
public record Claim(
    String node,
    String pool,
    Urgency urgency,
    boolean isUnderWay,
    Optional<Instant> deadline,
    Optional<Instant> startsAnyway) {

  /** How urgent the most urgent event is. */
  public enum Urgency {
    PLANNED,
    /** Does not wait, but takes a place. */
    TERMINATE,
    /** Does not wait and takes no place. */
    PREEMPT
  }

  /** The same once it was let begin. */
  public Claim begun() {
    return new Claim(node, pool, urgency, true, deadline, startsAnyway);
  }

  /** Of its pool. */
  public boolean takesPlace() {
    return urgency != Urgency.PREEMPT;
  }

  boolean mustWaitAt(Instant now) {
    return urgency == Urgency.PLANNED && startsAnyway.map(now::isBefore).orElse(true);
  }
}
