package io.drainwatch.watcher.fleetpage;

import io.drainwatch.drainer.evictions.Refusals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A disruption budget that is in the way.
 *
 * @param name namespace/name
 * @param nodes whose drains wait for it
 */
record BudgetRow(String name, int nodes, Refusals refusals) {
  private static final Comparator<BudgetRow> LONGEST_FIRST =
      Comparator.<BudgetRow, Instant>comparing(row -> row.refusals.since().orElse(Instant.MAX))
          .thenComparing(BudgetRow::name);

  static List<BudgetRow> of(List<NodeRow> rows) {
    Map<String, BudgetRow> byName = new HashMap<>();
    for (NodeRow row : rows) {
      row.refusals()
          .forEach(
              (name, refusals) ->
                  byName.merge(name, new BudgetRow(name, 1, refusals), BudgetRow::and));
    }
    List<BudgetRow> all = new ArrayList<>(byName.values());
    all.sort(LONGEST_FIRST);
    return all;
  }

  private BudgetRow and(BudgetRow other) {
    return new BudgetRow(name, nodes + other.nodes, refusals.and(other.refusals));
  }
}
