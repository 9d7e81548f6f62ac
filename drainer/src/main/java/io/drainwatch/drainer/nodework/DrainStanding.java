package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.evictions.EvictionState;
import io.drainwatch.drainer.evictions.Obstacle;
import io.drainwatch.drainer.evictions.PodDecision;
import io.drainwatch.drainer.evictions.Refusals;
import io.drainwatch.drainer.nodes.Cause;
import java.util.List;
import java.util.Map;

/**
 * How the drain of one Node stands, for people who look: made from a {@link NodeState} when
 * somebody does, on the thread of whoever asks.
 *
 * @param goesOn pods are watched and asked to go; else the rest but {@code predicted} says nothing
 * @param isBlocked something refuses, and no pod is on its way out
 * @param toGo pods that keep the Node from being drained
 * @param evicted pods that went after a request of ours
 * @param refusals by namespace/name of the disruption budget that refuses
 * @param predicted pods that would hold up a drain that is still to come, by the last try
 */
public record DrainStanding(
    boolean goesOn,
    boolean isBlocked,
    int toGo,
    int evicted,
    Map<String, Refusals> refusals,
    int predicted) {

  public DrainStanding {
    refusals = Map.copyOf(refusals);
  }

  public static DrainStanding of(NodeState state) {
    int predicted = state.preflight().causes().stream().mapToInt(each -> each.pods().size()).sum();
    if (!NodeFigures.drainGoesOn(state)) {
      return new DrainStanding(false, false, 0, 0, Map.of(), predicted);
    }
    EvictionState evictions = state.evicting().state();
    int toGo =
        evictions.decisions().entrySet().stream()
            .filter(each -> each.getKey() != PodDecision.IGNORE)
            .mapToInt(Map.Entry::getValue)
            .sum();
    return new DrainStanding(
        true,
        evictions.isBlocked(),
        toGo,
        evictions.counts().evicted(),
        evictions.refusingBudgets(),
        predicted);
  }

  /** What is in the way of a drain that goes on; see {@link EvictionState#obstacles}. */
  public static List<Obstacle> obstacles(NodeState state) {
    return NodeFigures.drainGoesOn(state) ? state.evicting().state().obstacles() : List.of();
  }

  /** What would be in the way of one that is still to come. */
  public static List<Cause> predicted(NodeState state) {
    return state.preflight().causes();
  }
}
