package io.drainwatch.watcher.fleetpage;

import io.drainwatch.drainer.fleet.Finished;
import io.drainwatch.drainer.fleet.FleetSight;
import io.drainwatch.drainer.fleet.NodeSight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that can be shown of a fleet, before anything is chosen. Facts only: how long something lasts
 * is reckoned by who shows it.
 *
 * @param leads false: this process knows of no Node
 * @param rows all Nodes, in no order
 * @param held in the order in which they may begin
 * @param finished the newest first; as far as this process and the Nodes' annotations tell
 * @param sights what the rows were made of, by name
 */
record FleetView(
    boolean leads,
    List<NodeRow> rows,
    List<PoolRow> pools,
    List<String> zones,
    List<BudgetRow> budgets,
    List<NodeRow> held,
    List<Finished> finished,
    Map<String, NodeSight> sights) {
  private static final Comparator<NodeRow> TURN =
      Comparator.<NodeRow, Instant>comparing(row -> row.deadline().orElse(Instant.MAX))
          .thenComparing(NodeRow::name);

  static FleetView of(FleetSight sight, List<Finished> seen, Instant now) {
    List<NodeRow> rows =
        sight.nodes().stream().map(node -> NodeRow.of(node, sight.lifecycle(), now)).toList();
    Map<String, NodeSight> sights = new HashMap<>();
    sight.nodes().stream()
        .filter(node -> !node.isQuiet())
        .forEach(node -> sights.put(node.name(), node));
    return new FleetView(
        sight.leads(),
        rows,
        PoolRow.of(rows, sight.nodes(), sight.budget()),
        rows.stream().map(NodeRow::zone).distinct().sorted().toList(),
        BudgetRow.of(rows),
        rows.stream().filter(row -> row.hold().isPresent()).sorted(TURN).toList(),
        finished(sight, seen),
        sights);
  }

  // what this process saw says more than the annotation of the same maintenance
  private static List<Finished> finished(FleetSight sight, List<Finished> seen) {
    Map<String, List<Finished>> seenOf = new HashMap<>();
    seen.forEach(each -> seenOf.computeIfAbsent(each.node(), any -> new ArrayList<>()).add(each));
    List<Finished> all = new ArrayList<>(seen);
    for (NodeSight node : sight.nodes()) {
      node.last()
          .filter(
              last ->
                  seenOf.getOrDefault(node.name(), List.of()).stream().noneMatch(last::isSameAs))
          .ifPresent(all::add);
    }
    all.sort(Comparator.comparing(Finished::endedAt).reversed().thenComparing(Finished::node));
    return all;
  }

  Optional<NodeSight> sight(String node) {
    return Optional.ofNullable(sights.get(node));
  }
}
