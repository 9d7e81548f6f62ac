package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.pods.DisruptionBudget;

/**
 * A budget and what its controller says of it.
 *
 * @param generation of its spec
 * @param observed generation that the rest of the status was made from
 * @param allowed how many pods may go now
 */
record BudgetStatus(DisruptionBudget budget, long generation, long observed, long allowed) {

  /** A status that is behind its spec allows nothing: the server refuses until it has caught up. */
  boolean isOpen() {
    return allowed > 0 && observed >= generation;
  }

  /** Whether it lets more go than it did. */
  boolean hasOpenedSince(BudgetStatus before) {
    return isOpen() && (!before.isOpen() || allowed > before.allowed);
  }

  String key() {
    return budget.namespace() + "/" + budget.name();
  }
}
