package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.nodes.LastMaintenance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A maintenance that is over, for people. Small: it is kept for each Node that had one.
 *
 * @param types of its events, each once
 * @param firstEvent id of the event that began it
 * @param outSince when the Node was taken out of service; empty: it never was, or nobody knows
 * @param drain how that ended; empty: the Node's annotation does not say
 * @param left pods and scripts that did not get to their end
 * @param isOnNode read from the Node's annotation; else this very process saw it end
 */
public record Finished(
    String node,
    String pool,
    String types,
    String firstEvent,
    String ending,
    Optional<Instant> outSince,
    Instant endedAt,
    Optional<DrainResult.Outcome> drain,
    int left,
    boolean isOnNode) {
  private static final int MOST_CHARACTERS = 128;

  static Finished onNode(String node, String pool, LastMaintenance last) {
    return new Finished(
        node,
        pool,
        last.type(),
        last.events().isEmpty() ? "" : last.events().getFirst(),
        last.ending().word(),
        last.drainStartedAt(),
        last.endedAt(),
        Optional.empty(),
        last.left().size() + last.more(),
        true);
  }

  static Finished seen(String node, String pool, Summary summary, EpisodeEnd ending) {
    List<Summary.EventSummary> events = summary.events();
    return new Finished(
        node,
        pool,
        cut(
            events.stream()
                .map(Summary.EventSummary::type)
                .distinct()
                .collect(Collectors.joining("+"))),
        events.isEmpty() ? "" : cut(events.getFirst().id()),
        ending.word(),
        Optional.ofNullable(summary.entered().get(MaintenanceState.CORDONED)),
        summary.endedAt(),
        Optional.of(summary.drain()),
        summary.left().size(),
        false);
  }

  /** The Node's annotation tells of the very maintenance that this process saw. */
  public boolean isSameAs(Finished other) {
    return node.equals(other.node) && firstEvent.equalsIgnoreCase(other.firstEvent);
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
  }
}
