package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.cluster.LeaderLease;
import io.drainwatch.drainer.desk.Desk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Hands the Lease over: released, and stood for again after a while. */
public final class LeaseHandOver implements HandOver {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final LeaderLease lease;
  private final BooleanSupplier isAnotherReadyElsewhere;
  private final Desk desk;
  private final InstantSource clock;

  /**
   * @param isAnotherReadyElsewhere whether another replica of this Deployment is ready on another
   *     Node; false where that cannot be told
   */
  public LeaseHandOver(
      LeaderLease lease, BooleanSupplier isAnotherReadyElsewhere, Desk desk, InstantSource clock) {
    this.lease = lease;
    this.isAnotherReadyElsewhere = isAnotherReadyElsewhere;
    this.desk = desk;
    this.clock = clock;
  }

  @Override
  public boolean resign() {
    if (!isAnotherReadyElsewhere.getAsBoolean()) {
      return false;
    }
    lease.release();
    desk.at(clock.instant().plus(PAUSE), lease::stand);
    return true;
  }
}
