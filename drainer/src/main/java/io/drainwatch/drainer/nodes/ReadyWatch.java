package io.drainwatch.drainer.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a Node has been Ready, by our own clock. Begins anew when it was not Ready, changed in
 * between two looks, or booted again; and after a restart of ours.
 *
 * @param since first look of the present stretch
 * @param seen what the stretch is about
 */
public record ReadyWatch(Optional<Instant> since, Optional<Stretch> seen) {
  public static final ReadyWatch NOT_READY = new ReadyWatch(Optional.empty(), Optional.empty());

  /** One boot, one transition to Ready. */
  public record Stretch(String uid, String bootId, Optional<Instant> changedAt) {}

  /** After another look at the Node. */
  public ReadyWatch next(ReturnQuestion question, Instant now) {
    Optional<NodeFacts> ready =
        question.node().filter(node -> node.readiness().ready() && question.statusIsOfAfter(node));
    if (ready.isEmpty()) {
      return NOT_READY;
    }
    NodeFacts node = ready.get();
    Optional<Stretch> stretch =
        Optional.of(new Stretch(node.uid(), node.bootId(), node.readiness().changedAt()));
    boolean goesOn = stretch.equals(seen) && since.filter(first -> !first.isAfter(now)).isPresent();
    return goesOn ? this : new ReadyWatch(Optional.of(now), stretch);
  }

  boolean isStable(Duration minReady, Instant now) {
    return since.filter(first -> !now.isBefore(first.plus(minReady))).isPresent();
  }
}
