package io.drainwatch.watcher.fleetpage;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * In which order Nodes are shown; the last word always has the name, so no page overlaps another.
 */
enum Order {
  /** What somebody should look at, then what has the least time left. */
  URGENCY(
      "urgency",
      Comparator.comparingInt(Order::rank).thenComparing(Order::end).thenComparing(NodeRow::name)),
  NAME("name", Comparator.comparing(NodeRow::name)),
  POOL("pool", Comparator.comparing(NodeRow::pool).thenComparing(NodeRow::name)),
  STATE("state", Comparator.comparing(NodeRow::stage).reversed().thenComparing(NodeRow::name));

  private final String word;
  private final Comparator<NodeRow> comparator;

  Order(String word, Comparator<NodeRow> comparator) {
    this.word = word;
    this.comparator = comparator;
  }

  String word() {
    return word;
  }

  Comparator<NodeRow> comparator() {
    return comparator;
  }

  static Optional<Order> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  private static int rank(NodeRow row) {
    if (row.isInTrouble()) {
      return 0;
    }
    return switch (row.stage()) {
      case CORDONED, DRAINING -> 1;
      case UNREADABLE, SCHEDULED -> 2;
      case DRAINED -> 3;
      case STARTED, RUNNING, UNCORDONED -> 4;
      case ANNOUNCED -> 5;
      case QUIET -> row.ready() && !row.cordoned() ? 7 : 6;
    };
  }

  private static Instant end(NodeRow row) {
    return row.deadline().or(row::notBefore).orElse(Instant.MAX);
  }
}
