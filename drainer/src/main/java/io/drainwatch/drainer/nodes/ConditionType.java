package io.drainwatch.drainer.nodes;

import java.util.Optional;

/** The types of conditions that we write (KEP-5683), in the order of a maintenance. */
public enum ConditionType {
  MAINTENANCE_PLANNED("MaintenancePlanned"),
  MAINTENANCE_IN_PROGRESS("MaintenanceInProgress"),
  DRAIN_IN_PROGRESS("DrainInProgress"),
  DRAINED("Drained");

  private final String word;

  ConditionType(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** By its exact word; other conditions of a Node are none of our business. */
  public static Optional<ConditionType> of(String word) {
    for (ConditionType type : values()) {
      if (type.word.equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
