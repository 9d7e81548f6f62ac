package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.budget.BudgetSettings;
import io.drainwatch.drainer.drainsafe.DrainSafeMode;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.SharedAcknowledgement;
import java.time.Duration;
import java.util.Optional;

/**
 * What the operator decided about the fleet.
 *
 * @param lifecycle of every core; its {@code shared} is not used: the Nodes' records tell
 * @param shared who decides about a VM that is no Node
 * @param ownNode where this process runs; empty: not known
 * @param drainSafe what its annotations are to us
 * @param firstLook how long after a start a limited pool waits until all records are counted
 */
public record FleetSettings(
    LifecycleSettings lifecycle,
    SharedAcknowledgement shared,
    BudgetSettings budget,
    Optional<String> ownNode,
    DrainSafeMode drainSafe,
    Duration firstLook) {
  public static final Duration DEFAULT_FIRST_LOOK = Duration.ofSeconds(2);

  public FleetSettings {
    // the core always finds its own VM named first, and SharedEvents has the say
    lifecycle =
        lifecycle
            .withShared(SharedAcknowledgement.FIRST_RESOURCE)
            // no note counts before the record is resumed: an end that waits to be said could be
            // written on the Node first, and the next leader would take it for said (I9)
            .withRecordSeenFirst();
  }

  /** Defaults for all but the lifecycle, whose {@code shared} counts here. */
  public static FleetSettings of(LifecycleSettings lifecycle) {
    return new FleetSettings(
        lifecycle,
        lifecycle.shared(),
        BudgetSettings.NO_LIMIT,
        Optional.empty(),
        DrainSafeMode.OFF,
        DEFAULT_FIRST_LOOK);
  }

  public FleetSettings with(BudgetSettings other) {
    return new FleetSettings(lifecycle, shared, other, ownNode, drainSafe, firstLook);
  }

  public FleetSettings on(String node) {
    return new FleetSettings(lifecycle, shared, budget, Optional.of(node), drainSafe, firstLook);
  }

  public FleetSettings with(DrainSafeMode mode) {
    return new FleetSettings(lifecycle, shared, budget, ownNode, mode, firstLook);
  }

  boolean weWriteDrainSafe() {
    return drainSafe.writes();
  }
}
