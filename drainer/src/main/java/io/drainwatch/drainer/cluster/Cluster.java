package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.nodes.ConditionPatch;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodePatch;
import java.util.function.Consumer;

/**
 * The API server, asked by one process. Any thread may call; calls that return a value block for 10
 * s at most and are sent once. None throws for what the server or the network does: that is in the
 * answer.
 *
 * <p>Listeners are called on a thread of the cluster's, one call at a time for each watch, and not
 * after its {@link Watching#close} has returned. They must return at once.
 */
public interface Cluster extends AutoCloseable {

  NodeReading readNode(String node);

  /**
   * The patch carries the version it was made from; a stale one is {@link WriteAnswer.Conflict}.
   */
  WriteAnswer patchNode(String node, NodePatch patch);

  /** On the subresource {@code status}, merged by type. */
  WriteAnswer patchConditions(String node, ConditionPatch patch);

  /** A complete, consistent list of the Node's pods: no resourceVersion, read to its last page. */
  PodListing listPods(String node);

  /**
   * What is attached to the Node, as complete and consistent as {@link #listPods}. Only where an
   * option asks for it: the server cannot select by Node, so all attachments of the cluster are
   * read, and the role must allow it.
   */
  default AttachmentListing listAttachments(String node) {
    return new AttachmentListing.Failed("VolumeAttachments are not read here");
  }

  /**
   * The pods of a Node from now on: a complete list, then a watch with bookmarks; a new list every
   * 20 s as a cross-check, and whenever the watch cannot go on (410, closed, an error).
   */
  Watching watchPods(String node, Consumer<PodsSeen> listener);

  /**
   * The disruption budgets of the cluster from now on. Only where an option asks for it, and the
   * role allows it; else nothing is told. One watch serves all who ask.
   */
  default Watching watchBudgets(BudgetListener listener) {
    return () -> {};
  }

  /** One Node from now on, by name; told at first, on every change, and when it is gone. */
  Watching watchNode(String node, Consumer<NodeReading> listener);

  /**
   * All Nodes, as complete as {@link #listPods}; blocks three times as long at most. Only where the
   * role allows it.
   */
  default NodesListing listNodes() {
    return new NodesListing.Failed("Nodes are not listed here");
  }

  /** All Nodes from now on. */
  Watching watchNodes(NodeListener listener);

  /**
   * Sends a request for a pod.
   *
   * @param answered called exactly once, also after {@link Sent#cancel}
   */
  Sent send(EvictionRequest.ForPod request, Consumer<EvictionAnswer> answered);

  /**
   * The same for a machine that has seconds left: it waits behind no request of those that have
   * time.
   */
  default Sent sendHurried(EvictionRequest.ForPod request, Consumer<EvictionAnswer> answered) {
    return send(request, answered);
  }

  /**
   * How the server would answer an eviction of the pod now: the same checks, nothing changed. Needs
   * the right to evict. Blocks for 10 s at most, and paced like {@link #send}.
   */
  default EvictionAnswer tryEviction(EvictablePod pod) {
    return new EvictionAnswer.Failed(
        EvictionAnswer.Failure.TIMEOUT, "evictions are not tried here");
  }

  /** Whether discovery names the eviction subresource; true where that cannot be found out. */
  boolean knowsEvictions();

  /**
   * Sends what a maintenance begins with, so that nothing of it is done for the first time then:
   * connection, token, classes, the server's own checks. Nothing is changed by it: the patch is
   * empty and on trial.
   *
   * @return a Node that may not be patched is known before it matters
   */
  default WriteAnswer rehearsePatch(String node) {
    return new WriteAnswer.Unclear("nothing is rehearsed here");
  }

  /** The token file is read again before the next request (a 401 at its rotation). */
  void readToken();

  /** An Event, sent beside everything else; one that fails is logged and forgotten. */
  void tell(NodeNews news);

  @Override
  void close();

  /** Something that goes on until it is closed. */
  interface Watching extends AutoCloseable {
    @Override
    void close();

    /** Both, closed together. */
    default Watching with(Watching other) {
      return () -> {
        close();
        other.close();
      };
    }
  }

  /** A request under way. */
  interface Sent {
    /** Gives up waiting; the server may have done it all the same. */
    void cancel();
  }

  /** Who drains a Node, and is told of disruption budgets. */
  interface BudgetListener {
    /** Which there are, and whose; told at first, and whenever that changes. */
    void seen(BudgetsSeen all);

    /** The budget lets pods go again. Only told to who waits for it, and to each in turn. */
    void opened(String namespace, String name);

    /** Whether one of its pods is held back by that budget. Any thread may ask. */
    boolean waitsFor(String namespace, String name);
  }

  /** Told of Nodes, first of all that exist. */
  interface NodeListener {
    void is(NodeFacts node);

    void isGone(String name);
  }
}
