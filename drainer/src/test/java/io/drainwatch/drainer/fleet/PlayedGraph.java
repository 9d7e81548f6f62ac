package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.relay.GraphBook;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resource Graph as the fleet is told of it: answers that are given by hand. */
final class PlayedGraph implements Companion {
  static final Duration INTERVAL = Duration.ofSeconds(60);

  private final ModelCluster cluster;
  private final Map<String, NodeFacts> nodes = new HashMap<>();
  private final Map<String, GraphBook> books = new HashMap<>();
  private Hearing hearing = (node, word) -> {};

  /** A query hangs: nothing of Nodes is heard. */
  boolean hangs;

  PlayedGraph(ModelCluster cluster) {
    this.cluster = cluster;
  }

  static ScheduledEvent event(String id, String type, EventStatus status, Instant notBefore) {
    return new ScheduledEvent(
        id,
        false,
        type,
        status,
        EventSource.RESOURCE_GRAPH,
        "VirtualMachine",
        List.of("vm-n1"),
        Optional.of(notBefore),
        Optional.empty(),
        "",
        Optional.empty());
  }

  @Override
  public void begins() {
    nodes.clear();
    books.clear();
  }

  @Override
  public void begins(Hearing listens) {
    begins();
    hearing = listens;
  }

  @Override
  public void is(NodeFacts node) {
    if (hangs) {
      return;
    }
    nodes.put(node.name(), node);
    GraphBook book = books.computeIfAbsent(node.name(), name -> GraphBook.empty(cluster.now()));
    books.put(node.name(), book.seen(node, cluster.now()));
    tell(node.name());
  }

  @Override
  public void isGone(String name) {
    nodes.remove(name);
    books.remove(name);
  }

  @Override
  public void ends() {}

  /** A complete answer for the Node's VM. */
  void answers(String name, ScheduledEvent... events) {
    books.computeIfPresent(
        name,
        (same, book) ->
            asking(
                name,
                book.answered(new GraphBook.Answer(cluster.now(), List.of(events)), INTERVAL)));
    tell(name);
  }

  private GraphBook asking(String name, GraphBook book) {
    if (!book.isToAsk(cluster.now())) {
      return book;
    }
    cluster.annotate(name, NodeKeys.ASKED, cluster.now().toString());
    return book.asked(cluster.now());
  }

  void fails(String name) {
    books.computeIfPresent(name, (same, book) -> book.failed());
    tell(name);
  }

  private void tell(String name) {
    if (books.containsKey(name)) {
      hearing.told(
          nodes.get(name),
          books.get(name).word("vm-" + name, INTERVAL, INTERVAL.multipliedBy(3), cluster.now()));
    }
  }
}
