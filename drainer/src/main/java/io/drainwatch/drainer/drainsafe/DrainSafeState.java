package io.drainwatch.drainer.drainsafe;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.util.Arrays;
import java.util.Optional;

/** The values of {@code drainsafe.azure.com/maintenancestate}, in DrainSafe's order. */
public enum DrainSafeState {
  /** Accepted, never written: nothing had been done yet. */
  MAINTENANCE_PENDING("MaintenancePending"),
  MAINTENANCE_SCHEDULED("MaintenanceScheduled"),
  /** The approval gate let it pass. */
  MAINTENANCE_APPROVED("MaintenanceApproved"),
  NODE_CORDONING("NodeCordoning"),
  NODE_CORDONED("NodeCordoned"),
  NODE_DRAINING("NodeDraining"),
  NODE_DRAINED("NodeDrained"),
  MAINTENANCE_STARTED("MaintenanceStarted"),
  NODE_RUNNING("NodeRunning");

  private final String word;

  DrainSafeState(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** By its exact word. */
  public static Optional<DrainSafeState> of(String word) {
    return Arrays.stream(values()).filter(state -> state.word.equals(word)).findFirst();
  }

  /**
   * What DrainSafe would call it.
   *
   * @param approved whether the approval gate was passed
   */
  public static DrainSafeState of(Episode episode, boolean approved) {
    return switch (episode.state()) {
      case MAINTENANCE_SCHEDULED -> approved ? MAINTENANCE_APPROVED : MAINTENANCE_SCHEDULED;
      case CORDONED -> episode.cordon() == Episode.Step.DONE ? NODE_CORDONED : NODE_CORDONING;
      case DRAINING -> NODE_DRAINING;
      case DRAINED -> NODE_DRAINED;
      case MAINTENANCE_STARTED -> MAINTENANCE_STARTED;
      case RUNNING, UNCORDONED -> NODE_RUNNING;
    };
  }

  /** Our state for it; empty: nothing is under way. */
  public Optional<MaintenanceState> state() {
    return switch (this) {
      case MAINTENANCE_PENDING, MAINTENANCE_SCHEDULED, MAINTENANCE_APPROVED ->
          Optional.of(MaintenanceState.MAINTENANCE_SCHEDULED);
      case NODE_CORDONING, NODE_CORDONED -> Optional.of(MaintenanceState.CORDONED);
      case NODE_DRAINING -> Optional.of(MaintenanceState.DRAINING);
      case NODE_DRAINED -> Optional.of(MaintenanceState.DRAINED);
      case MAINTENANCE_STARTED -> Optional.of(MaintenanceState.MAINTENANCE_STARTED);
      case NODE_RUNNING -> Optional.empty();
    };
  }

  /** Whether an owner written beside it can be believed; with NodeRunning it is stale (DS02). */
  boolean mayOwnTheCordon() {
    return compareTo(NODE_CORDONED) >= 0 && compareTo(MAINTENANCE_STARTED) <= 0;
  }
}
