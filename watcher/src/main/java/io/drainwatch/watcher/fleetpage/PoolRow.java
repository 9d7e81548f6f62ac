package io.drainwatch.watcher.fleetpage;

import io.drainwatch.drainer.budget.BudgetSettings;
import io.drainwatch.drainer.budget.Claim;
import io.drainwatch.drainer.fleet.NodeSight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The Nodes of one pool.
 *
 * @param name empty: those of no pool
 * @param stages how many there are, by where they stand
 * @param taken places of its budget, by Nodes that are out of service or on their way
 * @param places empty: no limit
 */
record PoolRow(
    String name,
    int nodes,
    Map<Stage, Integer> stages,
    int blocked,
    int held,
    int taken,
    OptionalInt places) {
  private static final Comparator<PoolRow> MOST_OPEN_FIRST =
      Comparator.comparingInt(PoolRow::open).reversed().thenComparing(PoolRow::name);

  PoolRow {
    stages = Collections.unmodifiableMap(new TreeMap<>(stages)); // always in the same order
  }

  /** Those with most maintenances first. */
  static List<PoolRow> of(List<NodeRow> rows, List<NodeSight> nodes, BudgetSettings budget) {
    Map<String, Count> counts = new HashMap<>();
    rows.forEach(row -> counts.computeIfAbsent(row.pool(), any -> new Count()).add(row));
    nodes.stream()
        .flatMap(node -> node.claim().stream())
        .filter(claim -> claim.isUnderWay() && claim.takesPlace())
        .map(Claim::pool)
        .forEach(pool -> counts.computeIfAbsent(pool, any -> new Count()).taken++);
    List<PoolRow> pools = new ArrayList<>();
    counts.forEach((name, count) -> pools.add(count.row(name, budget)));
    pools.sort(MOST_OPEN_FIRST);
    return pools;
  }

  private static final class Count {
    private final Map<Stage, Integer> stages = new EnumMap<>(Stage.class);
    private int nodes;
    private int blocked;
    private int held;
    private int taken;

    private void add(NodeRow row) {
      nodes++;
      stages.merge(row.stage(), 1, Integer::sum);
      blocked += row.blocked() ? 1 : 0;
      held += row.hold().isPresent() ? 1 : 0;
    }

    private PoolRow row(String name, BudgetSettings budget) {
      return new PoolRow(name, nodes, stages, blocked, held, taken, budget.places(name, nodes));
    }
  }

  int in(Stage stage) {
    return stages.getOrDefault(stage, 0);
  }

  int open() {
    return nodes - in(Stage.QUIET);
  }
}
