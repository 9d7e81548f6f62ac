package io.drainwatch.drainer.drainsafe;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reasons of the Normal Events that DrainSafe's users know; one for each change. */
public final class DrainSafeReasons {

  /** Only ever a reason, never a state. */
  static final String NODE_UNCORDONED = "NodeUncordoned";

  private DrainSafeReasons() {}

  /**
   * A record as it stood at one moment.
   *
   * @param episode empty: no maintenance
   * @param approved whether the approval gate was passed
   */
  public record Moment(Optional<Episode> episode, boolean approved) {
    private Optional<DrainSafeState> state() {
      return episode.map(each -> DrainSafeState.of(each, approved));
    }
  }

  /**
   * What is to be said when a maintenance has moved on or has ended. Going by two records, not by
   * single actions, it says nothing twice after a restart.
   */
  public static List<String> between(Moment before, Moment after) {
    return after
        .episode()
        .map(episode -> movedOn(before, after, episode))
        .orElseGet(() -> before.episode().map(DrainSafeReasons::ended).orElse(List.of()));
  }

  private static List<String> movedOn(Moment before, Moment after, Episode episode) {
    boolean isSame = before.episode().map(Episode::id).equals(Optional.of(episode.id()));
    List<String> reasons = new ArrayList<>();
    if (!isSame || !before.state().equals(after.state())) {
      after.state().map(DrainSafeState::word).ifPresent(reasons::add);
    }
    if (hasUncordoned(episode)
        && !(isSame && before.episode().filter(DrainSafeReasons::hasUncordoned).isPresent())) {
      reasons.add(NODE_UNCORDONED);
    }
    return List.copyOf(reasons);
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
