package io.drainwatch.watcher.fleetpage;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.util.Arrays;

/** Where a Node stands: a state of its maintenance, or what there is in place of one. */
enum Stage {
  QUIET("none"),
  /** Its watcher tells of an event, and nothing has followed from that, or is to. */
  ANNOUNCED("announced"),
  /** There is a record that cannot be read, so nobody acts by it. */
  UNREADABLE("unreadable"),
  SCHEDULED(MaintenanceState.MAINTENANCE_SCHEDULED.word()),
  CORDONED(MaintenanceState.CORDONED.word()),
  DRAINING(MaintenanceState.DRAINING.word()),
  DRAINED(MaintenanceState.DRAINED.word()),
  STARTED(MaintenanceState.MAINTENANCE_STARTED.word()),
  RUNNING(MaintenanceState.RUNNING.word()),
  UNCORDONED(MaintenanceState.UNCORDONED.word());

  private final String word;

  Stage(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  static Stage of(MaintenanceState state) {
    return Arrays.stream(values())
        .filter(each -> each.word.equals(state.word()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a state without a stage: " + state));
  }

  /** Pods are still to go. */
  boolean isBeforeDrained() {
    return compareTo(SCHEDULED) >= 0 && compareTo(DRAINED) < 0;
  }
}
