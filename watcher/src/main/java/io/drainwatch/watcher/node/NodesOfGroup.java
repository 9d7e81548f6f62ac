package io.drainwatch.watcher.node;

import io.drainwatch.drainer.budget.Pools;
import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodesListing;
import io.drainwatch.drainer.maintenance.GroupMember;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.nodes.NodeFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who else is in the group of this Node, for the hook peer-added (drain-scripts.md 4): the Nodes of
 * its scale set, or where there is none those of its pool. By option only, because it needs the
 * right to list Nodes.
 *
 * <p>A list is read now and then and not watched: all Nodes do so, and each would be told of each
 * sign of life of each other. The more Nodes there are the more seldom, so that one daemon costs
 * the server no more than two Nodes a second, however large the cluster is.
 *
 * <p>On a plain VM somebody else reports the same observation to the daemon: nothing that follows
 * knows where it comes from.
 */
final class NodesOfGroup {
  static final Duration AGAIN = Duration.ofSeconds(30);

  /** From so many Nodes on the pause grows with their number. */
  static final int SMALL = 50;

  private static final Logger LOG = LoggerFactory.getLogger("drainwatch");

  private final boolean on;
  private final String nodeName;
  private final Supplier<NodesListing> list;
  private final LongSupplier nanoseconds;
  private final Consumer<Runnable> beside;
  private boolean underWay;
  private boolean failedBefore;
  private long askedAt;
  private Duration pause = Duration.ZERO;

  /**
   * @param list blocks
   * @param nanoseconds monotonic
   * @param beside runs what blocks
   */
  NodesOfGroup(
      boolean on,
      String nodeName,
      Supplier<NodesListing> list,
      LongSupplier nanoseconds,
      Consumer<Runnable> beside) {
    this.on = on;
    this.nodeName = nodeName;
    this.list = list;
    this.nanoseconds = nanoseconds;
    this.beside = beside;
    askedAt = nanoseconds.getAsLong();
  }

  static NodesOfGroup of(boolean on, String nodeName, Cluster cluster) {
    return new NodesOfGroup(
        on,
        nodeName,
        cluster::listNodes,
        System::nanoTime,
        look -> Thread.ofVirtual().name("drainwatch-group-" + nodeName).start(look));
  }

  boolean isOn() {
    return on;
  }

  /** At every poll; returns at once. */
  synchronized void lookIfDue(Consumer<Observation> report) {
    if (!on || underWay || nanoseconds.getAsLong() - askedAt < pause.toNanos()) {
      return;
    }
    underWay = true;
    askedAt = nanoseconds.getAsLong();
    beside.accept(() -> look(report));
  }

  private void look(Consumer<Observation> report) {
    try {
      switch (list.get()) {
        case NodesListing.Complete(List<NodeFacts> nodes) -> {
          over(OptionalInt.of(nodes.size()), Optional.empty());
          members(nodes, nodeName)
              .ifPresent(members -> report.accept(new Observation.GroupSeen(members)));
        }
        case NodesListing.Failed(String why) -> over(OptionalInt.empty(), Optional.of(why));
      }
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      LOG.error("looking for the other Nodes of the group failed in itself", e);
      over(OptionalInt.empty(), Optional.of(e.getClass().getSimpleName()));
    }
  }

  /**
   * @param nodes empty: not told, so it goes by the last time. A failure is no reason to ask more
   *     often, least of all a server that has too much to do
   */
  private synchronized void over(OptionalInt nodes, Optional<String> failure) {
    underWay = false;
    if (nodes.isPresent() || pause.isZero()) {
      pause = AGAIN.multipliedBy(Math.max(1, nodes.orElse(0) / SMALL));
    }
    if (failure.isPresent() && !failedBefore) {
      LOG.warn(
          "the other Nodes of the group cannot be listed ({}): hook peer-added runs for none of"
              + " them; tried again each {} s",
          failure.get(),
          pause.toSeconds());
    }
    failedBefore = failure.isPresent();
  }

  /** Empty: this Node itself is not there, so it is not known which group is meant. */
  static Optional<List<GroupMember>> members(List<NodeFacts> nodes, String nodeName) {
    return nodes.stream()
        .filter(node -> node.name().equals(nodeName))
        .findFirst()
        .map(
            own ->
                nodes.stream()
                    .filter(node -> !node.name().equals(nodeName))
                    .filter(node -> groupOf(node).equals(groupOf(own)))
                    .map(NodesOfGroup::member)
                    .toList());
  }

  private static String groupOf(NodeFacts node) {
    return ProviderId.scaleSet(node.providerId())
        .map(set -> "scale set " + set)
        .orElseGet(() -> "pool " + Pools.of(node.labels()));
  }

  private static GroupMember member(NodeFacts node) {
    return new GroupMember(
        ProviderId.vmName(node.providerId()).orElse(node.name()),
        node.uid(),
        node.bootId(),
        node.readiness().ready());
  }
}
