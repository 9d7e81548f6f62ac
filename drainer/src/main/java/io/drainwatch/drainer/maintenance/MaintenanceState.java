package io.drainwatch.drainer.maintenance;

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

  public boolean isBefore(MaintenanceState other) {
    return compareTo(other) < 0;
  }
}
