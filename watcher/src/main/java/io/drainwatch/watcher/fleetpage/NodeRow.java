package io.drainwatch.watcher.fleetpage;

import io.drainwatch.drainer.evictions.Refusals;
import io.drainwatch.drainer.fleet.NodeSight;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.MachineFate;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.Progress;
import io.drainwatch.drainer.nodework.DrainStanding;
import io.drainwatch.drainer.nodework.NodeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The facts of one Node. Nothing in it depends on the moment at which it is looked at.
 *
 * @param cordoned whoever did it
 * @param types of the events, each once
 * @param since when the stage was entered
 * @param deadline of the drain, while it is not over
 * @param notBefore the platform begins then, while it has not
 * @param toGo pods that are still to go
 * @param refusals what is in the way, by budget
 * @param predicted pods that would be in the way of a drain that is still to come
 * @param troubles somebody should know of; sentences
 */
record NodeRow(
    String name,
    String vm,
    String pool,
    String zone,
    boolean ready,
    boolean cordoned,
    Stage stage,
    String phase,
    String types,
    Optional<Instant> since,
    Optional<Instant> deadline,
    Optional<Instant> notBefore,
    Optional<Hold> hold,
    boolean blocked,
    int toGo,
    int evicted,
    Map<String, Refusals> refusals,
    int predicted,
    List<String> troubles) {

  private static final DrainStanding IDLE = new DrainStanding(false, false, 0, 0, Map.of(), 0);

  NodeRow {
    // in the same order each time: whether anything has changed is told by the text of all this
    refusals = refusals.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(refusals));
    troubles = List.copyOf(troubles);
  }

  static NodeRow of(NodeSight node, LifecycleSettings lifecycle, Instant now) {
    if (node.isQuiet()) {
      return quiet(node);
    }
    Optional<NodeRecord> record = node.work().flatMap(NodeState::record).or(node::record);
    Optional<Episode> episode = node.work().flatMap(NodeState::episode);
    Stage stage = stage(node, record, episode);
    DrainStanding drain = node.work().map(DrainStanding::of).orElse(IDLE);
    return new NodeRow(
        node.name(),
        node.vmName().orElse(""),
        node.pool(),
        node.zone(),
        node.ready(),
        node.cordoned(),
        stage,
        record.map(it -> it.progress().phase().word()).orElse(""),
        types(record, episode),
        record
            .map(it -> it.progress().since())
            .or(() -> episode.map(it -> it.entered().getOrDefault(it.state(), it.begunAt()))),
        episode
            .flatMap(Episode::deadline)
            .or(() -> record.flatMap(it -> it.progress().deadline()))
            .filter(at -> stage.isBeforeDrained()),
        notBefore(record, episode).filter(at -> stage.compareTo(Stage.DRAINED) <= 0),
        Hold.of(node, lifecycle, now),
        drain.isBlocked(),
        drain.toGo(),
        drain.evicted(),
        drain.refusals(),
        drain.predicted(),
        troubles(node, record, episode));
  }

  private static NodeRow quiet(NodeSight node) {
    return new NodeRow(
        node.name(),
        node.vmName().orElse(""),
        node.pool(),
        node.zone(),
        node.ready(),
        node.cordoned(),
        Stage.QUIET,
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        0,
        0,
        Map.of(),
        0,
        List.of());
  }

  // the record is what kubectl shows; in a dry run there is none
  private static Stage stage(
      NodeSight node, Optional<NodeRecord> record, Optional<Episode> episode) {
    if (record.isPresent()) {
      return Stage.of(record.get().progress().state());
    }
    if (episode.isPresent()) {
      boolean waits = node.work().filter(it -> it.terms().held() != HeldBy.NOTHING).isPresent();
      return waits ? Stage.SCHEDULED : Stage.of(episode.get().state());
    }
    return node.hasRecord() ? Stage.UNREADABLE : node.hasEvents() ? Stage.ANNOUNCED : Stage.QUIET;
  }

  private static String types(Optional<NodeRecord> record, Optional<Episode> episode) {
    Stream<String> types =
        episode.isPresent()
            ? episode.get().events().stream().map(each -> each.event().type())
            : record.stream().flatMap(it -> it.events().stream()).map(NodeEvent::type);
    return types.distinct().collect(Collectors.joining("+"));
  }

  private static Optional<Instant> notBefore(
      Optional<NodeRecord> record, Optional<Episode> episode) {
    Stream<Optional<Instant>> moments =
        episode.isPresent()
            ? episode.get().driving().stream().map(TrackedEvent::notBefore)
            : record.stream().flatMap(it -> it.events().stream()).map(NodeEvent::notBefore);
    return moments.flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  private static List<String> troubles(
      NodeSight node, Optional<NodeRecord> record, Optional<Episode> episode) {
    List<String> troubles = new ArrayList<>();
    if (record.isEmpty() && node.hasRecord()) {
      troubles.add("its record cannot be read, or is of another machine: nobody acts by it");
    }
    if (node.work().filter(NodeState::isLost).isPresent()) {
      troubles.add("another process writes its record: nothing is done here as long as it does");
    }
    episode.map(Episode::drain).flatMap(NodeRow::failure).ifPresent(troubles::add);
    record
        .map(NodeRecord::progress)
        .flatMap(Progress::fate)
        .filter(MachineFate::isTold)
        .ifPresent(fate -> troubles.add("the VM " + fate.text()));
    return troubles;
  }

  private static Optional<String> failure(DrainResult drain) {
    String reason = drain.reason().isEmpty() ? "" : ": " + drain.reason();
    return switch (drain.outcome()) {
      case OPEN, COMPLETE, STOPPED -> Optional.empty();
      case FAILED -> Optional.of("the drain failed" + reason);
      case DEADLINE_REACHED -> Optional.of("the drain was not over at its deadline" + reason);
      case STARTED_FIRST -> Optional.of("the platform began before the drain was over" + reason);
    };
  }

  boolean isOpen() {
    return stage != Stage.QUIET;
  }

  /** Somebody should look. */
  boolean isInTrouble() {
    return blocked || !troubles.isEmpty();
  }
}
