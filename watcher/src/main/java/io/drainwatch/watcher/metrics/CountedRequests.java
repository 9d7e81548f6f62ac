package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.cluster.AttachmentListing;
import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeNews;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.nodes.ConditionPatch;
import io.drainwatch.drainer.nodes.NodePatch;
import java.util.function.Consumer;

/** A cluster, whose answers to evictions and deletions of pods are counted. */
public record CountedRequests(Cluster cluster, Consumer<EvictionAnswer> count) implements Cluster {

  @Override
  public Sent send(EvictionRequest.ForPod request, Consumer<EvictionAnswer> answered) {
    return cluster.send(request, counted(answered));
  }

  @Override
  public Sent sendHurried(EvictionRequest.ForPod request, Consumer<EvictionAnswer> answered) {
    return cluster.sendHurried(request, counted(answered));
  }

  private Consumer<EvictionAnswer> counted(Consumer<EvictionAnswer> answered) {
    return answer -> {
      count.accept(answer);
      answered.accept(answer);
    };
  }

  @Override
  public NodeReading readNode(String node) {
    return cluster.readNode(node);
  }

  @Override
  public WriteAnswer patchNode(String node, NodePatch patch) {
    return cluster.patchNode(node, patch);
  }

  @Override
  public WriteAnswer patchConditions(String node, ConditionPatch patch) {
    return cluster.patchConditions(node, patch);
  }

  @Override
  public PodListing listPods(String node) {
    return cluster.listPods(node);
  }

  @Override
  public AttachmentListing listAttachments(String node) {
    return cluster.listAttachments(node);
  }

  @Override
  public EvictionAnswer tryEviction(EvictablePod pod) {
    return cluster.tryEviction(pod);
  }

  @Override
  public Watching watchPods(String node, Consumer<PodsSeen> listener) {
    return cluster.watchPods(node, listener);
  }

  @Override
  public Watching watchBudgets(BudgetListener listener) {
    return cluster.watchBudgets(listener);
  }

  @Override
  public Watching watchNode(String node, Consumer<NodeReading> listener) {
    return cluster.watchNode(node, listener);
  }

  @Override
  public Watching watchNodes(NodeListener listener) {
    return cluster.watchNodes(listener);
  }

  @Override
  public boolean knowsEvictions() {
    return cluster.knowsEvictions();
  }

  @Override
  public void readToken() {
    cluster.readToken();
  }

  @Override
  public void tell(NodeNews news) {
    cluster.tell(news);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
