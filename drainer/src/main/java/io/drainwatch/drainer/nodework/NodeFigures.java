package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.evictions.BlockedCause;
import io.drainwatch.drainer.evictions.PodDecision;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MachineFate;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.pods.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * What the work on a Node, or on several, comes to at a moment; for metrics (kubernetes-drain.md
 * 17). All but the last two are of drains that go on.
 *
 * @param pods how many there are, by what becomes of them
 * @param blocked how long the one that waits longest has been refused, by why
 * @param viewAge since the last complete look at the pods; of several Nodes the oldest
 * @param away Nodes in mid-maintenance that are not Ready and whose VM was asked after, by the
 *     answer
 * @param uncordonWait since the events of a Node were over that is not given back yet
 */
public record NodeFigures(
    Map<PodDecision, Integer> pods,
    Map<BlockedCause, Duration> blocked,
    Duration viewAge,
    Map<MachineFate, Integer> away,
    Duration uncordonWait) {
  public static final NodeFigures NONE =
      new NodeFigures(Map.of(), Map.of(), Duration.ZERO, Duration.ZERO);

  /** Where nobody asks after VMs. */
  public NodeFigures(
      Map<PodDecision, Integer> pods,
      Map<BlockedCause, Duration> blocked,
      Duration viewAge,
      Duration uncordonWait) {
    this(pods, blocked, viewAge, Map.of(), uncordonWait);
  }

  public NodeFigures {
    away = Map.copyOf(away);
    pods = Map.copyOf(pods);
    blocked = Map.copyOf(blocked);
  }

  static NodeFigures of(NodeState state, Instant now) {
    Duration uncordonWait =
        state.episode().map(each -> uncordonWait(each, now)).orElse(Duration.ZERO);
    if (!drainGoesOn(state)) {
      return new NodeFigures(
          Map.of(), Map.of(), Duration.ZERO, Looking.figures(state), uncordonWait);
    }
    NodeState.Evicting evicting = state.evicting();
    Map<BlockedCause, Duration> blocked = new EnumMap<>(BlockedCause.class);
    evicting.state().blockedSince().forEach((cause, at) -> blocked.put(cause, age(at, now)));
    Optional<Instant> complete =
        evicting.seen().map(seen -> seen.view()).flatMap(PodView::completeAt);
    return new NodeFigures(
        evicting.state().decisions(),
        blocked,
        complete.or(evicting::cordonedAt).map(at -> age(at, now)).orElse(Duration.ZERO),
        Looking.figures(state),
        uncordonWait);
  }

  static boolean drainGoesOn(NodeState state) {
    NodeState.Orders orders = state.orders();
    return orders.evict().isPresent()
        && !orders.stopped()
        && !orders.ended()
        && !state.isLost()
        && state.evicting().watching();
  }

  static Duration uncordonWait(Episode episode, Instant now) {
    return Optional.ofNullable(episode.entered().get(MaintenanceState.RUNNING))
        .filter(since -> episode.uncordon() != Episode.Step.DONE) // its last hooks may still run
        .map(since -> age(since, now))
        .orElse(Duration.ZERO);
  }

  // the clock may have been set back
  private static Duration age(Instant since, Instant now) {
    Duration age = Duration.between(since, now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** Of these Nodes together. */
  public NodeFigures and(NodeFigures other) {
    return new NodeFigures(
        merged(pods, other.pods, Integer::sum),
        merged(blocked, other.blocked, NodeFigures::longer),
        longer(viewAge, other.viewAge),
        merged(away, other.away, Integer::sum),
        longer(uncordonWait, other.uncordonWait));
  }

  private static <K, V> Map<K, V> merged(Map<K, V> one, Map<K, V> other, BinaryOperator<V> both) {
    Map<K, V> all = new HashMap<>(one);
    other.forEach((key, value) -> all.merge(key, value, both));
    return all;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
