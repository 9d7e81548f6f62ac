package io.drainwatch.drainer.drainsafe;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The reasons of the Normal Events that DrainSafe's users know; one for each change. */
public final class DrainSafeReasons {

  /** Only ever a reason, never a state. */
  static final String NODE_UNCORDONED = "NodeUncordoned";

  private DrainSafeReasons() {}

  /**
   * The record as it stood at one moment.
   *
   * @param episode empty: no maintenance
   * @param approved whether the approval gate was passed
   */
  public record Moment(Optional<Episode> episode, boolean approved) {}

  /**
   * What is to be said when a maintenance has moved on or has ended, in the order it happened;
   * states that it only passed through as well. Going by two records, not by single actions, it
   * says nothing twice after a restart.
   */
  public static List<String> between(Moment before, Moment after) {
    if (after.episode().isEmpty()) {
      return before.episode().map(DrainSafeReasons::ended).orElse(List.of());
    }
    Episode episode = after.episode().get();
    Optional<Episode> same = before.episode().filter(each -> each.id().equals(episode.id()));
    Set<DrainSafeState> reached = reached(episode, after.approved());
    same.ifPresent(each -> reached.removeAll(reached(each, before.approved())));
    List<String> reasons = new ArrayList<>(reached.stream().map(DrainSafeState::word).toList());
    if (hasUncordoned(episode) && same.filter(DrainSafeReasons::hasUncordoned).isEmpty()) {
      reasons.add(NODE_UNCORDONED);
    }
    return List.copyOf(reasons);
  }

  private static Set<DrainSafeState> reached(Episode episode, boolean approved) {
    Set<DrainSafeState> reached = EnumSet.noneOf(DrainSafeState.class);
    if (approved) {
      reached.add(DrainSafeState.MAINTENANCE_APPROVED);
    }
    if (episode.cordon() == Episode.Step.DONE) {
      reached.add(DrainSafeState.NODE_CORDONED);
    }
    Map.of(
            MaintenanceState.MAINTENANCE_SCHEDULED, DrainSafeState.MAINTENANCE_SCHEDULED,
            MaintenanceState.CORDONED, DrainSafeState.NODE_CORDONING,
            MaintenanceState.DRAINING, DrainSafeState.NODE_DRAINING,
            MaintenanceState.DRAINED, DrainSafeState.NODE_DRAINED,
            MaintenanceState.MAINTENANCE_STARTED, DrainSafeState.MAINTENANCE_STARTED,
            MaintenanceState.RUNNING, DrainSafeState.NODE_RUNNING)
        .forEach(
            (ours, theirs) -> {
              if (episode.entered().containsKey(ours)) {
                reached.add(theirs);
              }
            });
    return reached;
  }

  // The last steps of a return may come in one: the record is gone when they are seen.
  private static List<String> ended(Episode last) {
    boolean wasOnTheWayBack = !last.state().isBefore(MaintenanceState.RUNNING);
    return wasOnTheWayBack && last.cordonOurs() && !hasUncordoned(last)
        ? List.of(NODE_UNCORDONED)
        : List.of();
  }

  private static boolean hasUncordoned(Episode episode) {
    return episode.cordonOurs() && episode.uncordon() == Episode.Step.DONE;
  }
}
