package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.nodes.NodeNotice;
import java.util.Optional;

/**
 * An Event to be sent (events.k8s.io/v1).
 *
 * @param pod the Event is about it instead of the Node
 * @param detail bounded by {@link NodeNotice#note}
 */
public record NodeNews(
    NodeNotice notice, String nodeName, String nodeUid, Optional<Pod> pod, String detail) {

  /** A pod by its identity. */
  public record Pod(String namespace, String name, String uid) {}
}
