package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.drainer.nodework.NodeObservation;
import io.drainwatch.drainer.nodework.NodeState;
import java.util.function.Consumer;

/** Who carries out the work on one Node. Any thread may call; nothing here waits. */
public interface NodeHands extends AutoCloseable {
  void observe(NodeObservation observation);

  NodeState state();

  /** Whether the Node is seen empty at this very moment. */
  boolean seeItEmpty();

  /** Nothing starts any more; the Node stays as it is. */
  @Override
  void close();

  /** Makes them. */
  @FunctionalInterface
  interface Maker {
    /**
     * @param report where the core hears what came of its orders
     */
    NodeHands on(String node, Consumer<Observation> report, Consumer<NodeNote> notes);
  }
}
