package io.drainwatch.watcher.drainer;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.fleet.Companion;
import io.drainwatch.drainer.fleet.StandIn;
import io.drainwatch.drainer.nodework.Machines;
import io.drainwatch.watcher.metrics.FleetMetrics;
import java.time.InstantSource;
import java.util.Optional;

/** What is asked and done for Nodes outside of their cluster, beside their drains. */
public interface Outside extends AutoCloseable {
  /** Who can tell what became of a VM. */
  Machines machines();

  Companion companion();

  /** Who acknowledges in place of watchers that are gone; empty: nobody. */
  Optional<StandIn> standIn();

  /** What is under way is given up; what stands on Nodes is the next leader's. */
  @Override
  void close();

  /** Makes it. */
  @FunctionalInterface
  interface Maker {
    /** Nothing is done there. */
    Maker NOTHING = (cluster, clock, metrics) -> new Nothing();

    Outside on(Cluster cluster, InstantSource clock, FleetMetrics metrics);
  }

  /** Nothing is asked or done there. */
  record Nothing() implements Outside {
    @Override
    public Machines machines() {
      return Machines.UNTOLD;
    }

    @Override
    public Companion companion() {
      return Companion.NONE;
    }

    @Override
    public Optional<StandIn> standIn() {
      return StandIn.NOBODY;
    }

    @Override
    public void close() {}
  }
}
