package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.nodes.NodeFacts;
import java.util.List;

/** What came of listing all Nodes. */
public sealed interface NodesListing {

  record Complete(List<NodeFacts> nodes) implements NodesListing {
    public Complete {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * Not complete, so not used.
   *
   * @param why one bounded line
   */
  record Failed(String why) implements NodesListing {}
}
