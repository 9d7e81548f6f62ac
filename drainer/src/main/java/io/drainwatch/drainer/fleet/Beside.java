package io.drainwatch.drainer.fleet;

import java.util.Optional;

/**
 * What is done for Nodes outside of their cluster, beside their drains.
 *
 * @param standIn empty: nothing is acknowledged but by watchers
 * @param holder who this process is in records
 */
public record Beside(Companion companion, Optional<StandIn> standIn, String holder) {
  /** Nothing is. */
  public static final Beside NOTHING = new Beside(Companion.NONE, StandIn.NOBODY, "");
}
