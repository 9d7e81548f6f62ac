package io.drainwatch.drainer.drainsafe;

import io.drainwatch.drainer.maintenance.Episode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reasons of the Normal Events that DrainSafe's users know; one for each change. */
public final class DrainSafeReasons {

  /** Only ever a reason, never a state. */
  static final String NODE_UNCORDONED = "NodeUncordoned";

  private DrainSafeReasons() {}

  /**
   * What is to be said when a maintenance has moved on. Going by two records, not by single
   * actions, it says nothing twice after a restart.
   *
   * @param before empty at the beginning
   * @param wasApproved whether the approval gate was passed then
   */
  public static List<String> between(
      Optional<Episode> before, boolean wasApproved, Episode after, boolean isApproved) {
    List<String> reasons = new ArrayList<>();
    DrainSafeState now = DrainSafeState.of(after, isApproved);
    Optional<Episode> same = before.filter(episode -> episode.id().equals(after.id()));
    if (!same.map(episode -> DrainSafeState.of(episode, wasApproved)).equals(Optional.of(now))) {
      reasons.add(now.word());
    }
    if (hasUncordoned(after) && !same.map(DrainSafeReasons::hasUncordoned).orElse(false)) {
      reasons.add(NODE_UNCORDONED);
    }
    return List.copyOf(reasons);
  }

  private static boolean hasUncordoned(Episode episode) {
    return episode.cordonOurs() && episode.uncordon() == Episode.Step.DONE;
  }
}
