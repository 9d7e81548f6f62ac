package io.drainwatch.drainer.fleet;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What is done for Nodes outside of their cluster, beside their drains.
 *
 * @param standIn empty: nothing is acknowledged but by watchers
 * @param holder who this process is in records
 * @param mayLead whether it holds its Lease at this very moment; any thread may ask
 */
public record Beside(
    Companion companion, Optional<StandIn> standIn, String holder, BooleanSupplier mayLead) {
  /** Nothing is. */
  public static final Beside NOTHING = new Beside(Companion.NONE, StandIn.NOBODY, "", () -> true);
}
