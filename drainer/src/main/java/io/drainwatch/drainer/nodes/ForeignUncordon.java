package io.drainwatch.drainer.nodes;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.time.Instant;
import java.util.Optional;

/** What is done when somebody uncordons the Node in mid-drain ({@code on-foreign-uncordon}). */
public enum ForeignUncordon {
  /** Stop, acknowledge nothing, wait for a new event or a person. */
  RESPECT,
  /** Cordon again, three times at most, then respect. */
  RECORDON;

  static final int MOST_RECORDONS = 3;

  /** The record as it stands after it; {@link Marking} cordons again unless it is held. */
  public NodeRecord answer(NodeRecord record, Instant now) {
    return switch (this) {
      case RESPECT -> respected(record, now);
      case RECORDON ->
          record.drain().counts().recordons() < MOST_RECORDONS
              ? record
                  .with(record.did().withCordon(false), Optional.empty())
                  .with(record.drain().undrained().recordoned())
              : respected(record, now);
    };
  }

  private static NodeRecord respected(NodeRecord record, Instant now) {
    NodeRecord held = record.uncordonedByOthers().with(record.drain().undrained());
    return held.with(
        held.progress().entered(MaintenanceState.MAINTENANCE_SCHEDULED, Phase.HELD, now));
  }
}
