package io.drainwatch.drainer.evictions;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A pod that keeps its Node from being drained, for people who look.
 *
 * @param pod namespace/name
 * @param why one bounded line
 * @param cause of its last refusal; empty: it was not refused
 * @param budgets namespace/name of the disruption budgets that refuse it, as far as known
 * @param since it has been refused for that cause
 */
public record Obstacle(
    String pod,
    String why,
    Optional<BlockedCause> cause,
    List<String> budgets,
    Optional<Instant> since) {
  static final Comparator<Obstacle> LONGEST_REFUSED_FIRST =
      Comparator.<Obstacle, Instant>comparing(each -> each.since().orElse(Instant.MAX))
          .thenComparing(each -> each.budgets().isEmpty())
          .thenComparing(Obstacle::pod);

  public Obstacle {
    budgets = List.copyOf(budgets);
  }

  /** Something refuses it, or another pod of the same budget. */
  public boolean isRefused() {
    return cause.isPresent() || !budgets.isEmpty();
  }
}
