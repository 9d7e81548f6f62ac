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

/** Calls are answered at once. */
record InMemory(ModelApi api) implements Reach {
  @Override
  public void advance(Duration by) {
    api.advance(by);
  }

  @Override
  public Optional<Instant> nextDue() {
    return api.cluster().nextDue();
  }

  @Override
  public boolean settle() {
    return false;
  }

  @Override
  public void readNode(String node, Consumer<NodeReading> answered) {
    answered.accept(api.readNode(node));
  }

  @Override
  public void patchNode(String node, NodePatch patch, Consumer<WriteAnswer> answered) {
    answered.accept(api.patchNode(node, patch));
  }

  @Override
  public void patchConditions(String node, ConditionPatch patch, Consumer<WriteAnswer> answered) {
    answered.accept(api.patchConditions(node, patch));
  }

  @Override
  public void listPods(String node, Consumer<PodListing> answered) {
    answered.accept(api.listPods(node));
  }

  @Override
  public Cluster.Watching watchNode(String node, Consumer<NodeReading> listener) {
    return api.watchNode(node, listener);
  }

  @Override
  public Cluster.Watching watchPods(String node, Consumer<PodsSeen> listener) {
    return api.watchPods(node, listener);
  }

  @Override
  public Cluster.Watching watchBudgets(Cluster.BudgetListener listener) {
    return api.watchBudgets(listener);
  }

  @Override
  public void send(EvictionRequest.ForPod request, Consumer<EvictionAnswer> answered) {
    api.send(request, answered);
  }

  @Override
  public boolean knowsEvictions() {
    return api.knowsEvictions();
  }

  @Override
  public void readToken() {
    api.readToken();
  }

  @Override
  public void tell(NodeNews news) {
    api.tell(news);
  }
}
