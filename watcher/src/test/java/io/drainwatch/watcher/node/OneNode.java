package io.drainwatch.watcher.node;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeNews;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.nodes.ConditionPatch;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodePatch;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A cluster of one Node that takes what is written; whatever a watcher may not do fails. */
public final class OneNode implements Cluster {
  public final List<NodePatch> patches = new CopyOnWriteArrayList<>();
  final List<NodeNews> told = new CopyOnWriteArrayList<>();
  final List<String> rehearsed = new CopyOnWriteArrayList<>();
  private final AtomicReference<NodeFacts> node;
  private volatile Consumer<NodeReading> listener = ignored -> {};
  volatile boolean closed;

  public OneNode(NodeFacts node) {
    this.node = new AtomicReference<>(node);
  }

  /** The drainer wrote. */
  public void becomes(NodeFacts facts) {
    node.set(facts);
    listener.accept(new NodeReading.Found(facts));
  }

  @Override
  public NodeReading readNode(String name) {
    return new NodeReading.Found(node.get());
  }

  @Override
  public WriteAnswer patchNode(String name, NodePatch patch) {
    patches.add(patch);
    return new WriteAnswer.Done(node.get());
  }

  @Override
  public WriteAnswer rehearsePatch(String name) {
    rehearsed.add(name);
    return new WriteAnswer.Refused(403, "cannot patch");
  }

  @Override
  public Watching watchNode(String name, Consumer<NodeReading> to) {
    listener = to;
    to.accept(new NodeReading.Found(node.get()));
    return () -> listener = ignored -> {};
  }

  @Override
  public void tell(NodeNews news) {
    told.add(news);
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public WriteAnswer patchConditions(String name, ConditionPatch patch) {
    throw forbidden();
  }

  @Override
  public PodListing listPods(String name) {
    throw forbidden();
  }

  @Override
  public Watching watchPods(String name, Consumer<PodsSeen> to) {
    throw forbidden();
  }

  @Override
  public Watching watchNodes(NodeListener to) {
    throw forbidden();
  }

  @Override
  public Sent send(EvictionRequest.ForPod request, Consumer<EvictionAnswer> answered) {
    throw forbidden();
  }

  @Override
  public boolean knowsEvictions() {
    throw forbidden();
  }

  @Override
  public void readToken() {
    throw forbidden();
  }

  private static AssertionError forbidden() {
    return new AssertionError("a watcher of form controller touches its observation and no more");
  }
}
