package io.drainwatch.drainer.model;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeNews;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.nodes.ConditionPatch;
import io.drainwatch.drainer.nodes.NodePatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a rig without threads of its own reaches its cluster: each call is answered once, at once or
 * by a later {@link #settle}, always on the rig's thread.
 */
public interface Reach {
  void advance(Duration by);

  /** When something happens next in the cluster. */
  Optional<Instant> nextDue();

  /** Hands over the answers that are there by now; whether there were any. */
  boolean settle();

  void readNode(String node, Consumer<NodeReading> answered);

  void patchNode(String node, NodePatch patch, Consumer<WriteAnswer> answered);

  void patchConditions(String node, ConditionPatch patch, Consumer<WriteAnswer> answered);

  void listPods(String node, Consumer<PodListing> answered);

  Cluster.Watching watchNode(String node, Consumer<NodeReading> listener);

  Cluster.Watching watchPods(String node, Consumer<PodsSeen> listener);

  /** Where budgets are read; else nothing is told. */
  default Cluster.Watching watchBudgets(Cluster.BudgetListener listener) {
    return () -> {};
  }

  void send(EvictionRequest.ForPod request, Consumer<EvictionAnswer> answered);

  boolean knowsEvictions();

  void readToken();

  void tell(NodeNews news);

  static Reach inMemory(ModelApi api) {
    return new InMemory(api);
  }
}
