package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.nodework.Machines;
import io.drainwatch.drainer.nodework.NodeActor;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.drainer.nodework.NodeObservation;
import io.drainwatch.drainer.nodework.NodeState;
import io.drainwatch.drainer.nodework.NodeWork;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** The real ones: an actor for each Node, fed by the one watch of all Nodes. */
public final class ActorHands implements NodeHands.Maker {
  private final NodeWork work;
  private final Cluster cluster;
  private final InstantSource clock;
  private final DoubleSupplier jitter;
  private final Machines machines;

  public ActorHands(NodeWork work, Cluster cluster, InstantSource clock, DoubleSupplier jitter) {
    this(work, cluster, clock, jitter, Machines.UNTOLD);
  }

  /**
   * @param machines who can tell what became of a VM
   */
  public ActorHands(
      NodeWork work,
      Cluster cluster,
      InstantSource clock,
      DoubleSupplier jitter,
      Machines machines) {
    this.machines = machines;
    this.work = work;
    this.cluster = cluster;
    this.clock = clock;
    this.jitter = jitter;
  }

  @Override
  public NodeHands on(String node, Consumer<Observation> report, Consumer<NodeNote> notes) {
    NodeActor actor =
        new NodeActor(
            node,
            work,
            cluster,
            clock,
            jitter,
            report,
            eventId -> {}, // the watcher sends, by the record
            notes,
            machines);
    actor.startWithoutWatch();
    return new NodeHands() {
      @Override
      public void observe(NodeObservation observation) {
        actor.observe(observation);
      }

      @Override
      public NodeState state() {
        return actor.state();
      }

      @Override
      public boolean seeItEmpty() {
        return work.seesEmpty(actor.state(), clock.instant());
      }

      @Override
      public void close() {
        actor.close();
      }
    };
  }
}
