package io.drainwatch.watcher.fleetpage;

import io.drainwatch.drainer.fleet.Finished;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one request gets to see: a bounded part of a {@link FleetView}.
 *
 * @param query with a page that there is
 * @param matching how many Nodes there are of what is asked for
 * @param pages at least one
 * @param nodes of this page
 */
record FleetPage(
    FleetQuery query, int matching, int pages, List<Shown> nodes, List<Finished> finished) {
  static final int NODES = 50;
  static final int FINISHED = 20;
  static final int MOST_HELD = 20;
  static final int MOST_BUDGETS = 20;
  static final int MOST_POOLS = 50;

  /** To choose from. */
  static final int MOST_CHOICES = 200;

  /** In the way of each Node; of one alone. */
  private static final int FEW = 5;

  private static final int MANY = 100;

  /** A Node with what is in its way. */
  record Shown(NodeRow row, NodeDetail detail) {}

  FleetPage {
    nodes = List.copyOf(nodes);
    finished = List.copyOf(finished);
  }

  static FleetPage of(FleetView view, FleetQuery asked) {
    List<NodeRow> matching = new ArrayList<>(view.rows().stream().filter(asked::wants).toList());
    matching.sort(asked.order().comparator());
    int pages = Math.max(1, (matching.size() + NODES - 1) / NODES);
    FleetQuery query = asked.onPage(Math.min(asked.page(), pages));
    int most = matching.size() == 1 ? MANY : FEW;
    List<Shown> nodes =
        matching.stream()
            .skip((long) (query.page() - 1) * NODES)
            .limit(NODES)
            .map(row -> new Shown(row, detail(view, row, most)))
            .toList();
    return new FleetPage(query, matching.size(), pages, nodes, finished(view, query));
  }

  private static NodeDetail detail(FleetView view, NodeRow row, int most) {
    return row.isOpen()
        ? view.sight(row.name()).map(it -> NodeDetail.of(it, most)).orElse(NodeDetail.NOTHING)
        : NodeDetail.NOTHING;
  }

  private static List<Finished> finished(FleetView view, FleetQuery query) {
    Optional<String> pool = Optional.of(query.pool()).filter(each -> !each.isEmpty());
    return view.finished().stream()
        .filter(
            each ->
                pool.map(
                        it ->
                            it.equals(each.pool())
                                || it.equals(FleetQuery.WITHOUT) && each.pool().isEmpty())
                    .orElse(true))
        .limit(FINISHED)
        .toList();
  }
}
