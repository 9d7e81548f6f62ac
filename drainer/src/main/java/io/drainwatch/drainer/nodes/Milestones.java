package io.drainwatch.drainer.nodes;

import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was of an episode, beside how it stands: for who goes on with it and tells people. A record
 * of an earlier version has none of it; what is not here is not known.
 *
 * @param stamp see {@link Episode#stamp}
 * @param entered the moments of the state recorded and of those before it
 * @param drain what became of the drain
 */
public record Milestones(
    Optional<Instant> stamp,
    Map<MaintenanceState, Instant> entered,
    Optional<DrainResult.Outcome> drain,
    boolean cancelled) {
  public static final Milestones NONE =
      new Milestones(Optional.empty(), Map.of(), Optional.empty(), false);

  public Milestones {
    entered = Map.copyOf(entered);
  }

  /**
   * @param recorded the state that the record tells of, where it is behind the episode's
   */
  public static Milestones of(Episode episode, MaintenanceState recorded) {
    Map<MaintenanceState, Instant> entered = new EnumMap<>(MaintenanceState.class);
    episode
        .entered()
        .forEach(
            (state, at) -> {
              if (!recorded.isBefore(state)) {
                entered.put(state, at);
              }
            });
    return new Milestones(
        Optional.of(episode.stamp()),
        entered,
        Optional.of(episode.drain().outcome()),
        episode.cancelled());
  }
}
