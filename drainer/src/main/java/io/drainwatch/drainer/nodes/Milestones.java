package io.drainwatch.drainer.nodes;

import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was of an episode, beside how it stands: for who goes on with it and tells people. A record
 * of an earlier version has none of it; what is not here is not known.
 *
 * @param stamp see {@link Episode#stamp}
 * @param entered the moments of the state recorded and of those before it
 * @param drain what became of the drain
 * @param firstSeen when each event was, in their order, of the first few; empty: with the first
 */
public record Milestones(
    Optional<Instant> stamp,
    Map<MaintenanceState, Instant> entered,
    Optional<DrainResult.Outcome> drain,
    boolean cancelled,
    List<Instant> firstSeen) {
  static final int MOST_FIRST_SEEN = 8;

  public static final Milestones NONE =
      new Milestones(Optional.empty(), Map.of(), Optional.empty(), false, List.of());

  public Milestones {
    entered = Map.copyOf(entered);
    firstSeen = List.copyOf(firstSeen);
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
        episode.cancelled(),
        firstSeen(episode));
  }

  // one that joined was seen later, and half of its notice is used up later
  private static List<Instant> firstSeen(Episode episode) {
    List<Instant> all =
        episode.events().stream().limit(MOST_FIRST_SEEN).map(TrackedEvent::firstSeen).toList();
    Optional<Instant> first =
        Optional.ofNullable(episode.entered().get(MaintenanceState.MAINTENANCE_SCHEDULED));
    return all.stream().allMatch(at -> first.equals(Optional.of(at))) ? List.of() : all;
  }
}
