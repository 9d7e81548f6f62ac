package io.drainwatch.drainer.maintenance;

import java.util.Set;

/** The states of a maintenance, in the order they are gone through. */
public enum MaintenanceState {
  MAINTENANCE_SCHEDULED("MaintenanceScheduled"),
  CORDONED("Cordoned"),
  DRAINING("Draining"),
  DRAINED("Drained"),
  MAINTENANCE_STARTED("MaintenanceStarted"),
  RUNNING("Running"),
  UNCORDONED("Uncordoned");

  private final String word;

  MaintenanceState(String word) {
    this.word = word;
  }

  /** The word used in logs, metrics, annotations and the drain context. */
  public String word() {
    return word;
  }

  /** What may follow; the diagram in ARCHITECTURE.md is made from this. */
  public Set<MaintenanceState> next() {
    return switch (this) {
      case MAINTENANCE_SCHEDULED -> Set.of(CORDONED, MAINTENANCE_STARTED, RUNNING);
      case CORDONED -> Set.of(DRAINING, MAINTENANCE_STARTED, RUNNING);
      case DRAINING -> Set.of(DRAINED, MAINTENANCE_STARTED, RUNNING);
      // pods that have to go appeared before the acknowledgement
      case DRAINED -> Set.of(DRAINING, MAINTENANCE_STARTED, RUNNING);
      case MAINTENANCE_STARTED -> Set.of(RUNNING);
      case RUNNING -> Set.of(UNCORDONED);
      case UNCORDONED -> Set.of();
    };
  }

  public boolean isBefore(MaintenanceState other) {
    return compareTo(other) < 0;
  }
}
