package io.drainwatch.drainer.model;

import io.drainwatch.drainer.cluster.Cluster.NodeListener;
import io.drainwatch.drainer.nodes.NodeFacts;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All Nodes. */
final class ModelNodesWatch extends ModelWatch {
  private final NodeListener listener;
  private final Set<String> known = new TreeSet<>();

  ModelNodesWatch(ModelApi api, NodeListener listener) {
    super(api, "nodes");
    this.listener = listener;
  }

  @Override
  boolean list() {
    if (!(api.allNodes() instanceof Reply.Said<List<NodeFacts>>(List<NodeFacts> nodes, var slow))) {
      return false;
    }
    Set<String> gone = new TreeSet<>(known);
    nodes.forEach(node -> gone.remove(node.name()));
    known.removeAll(gone);
    gone.forEach(listener::isGone);
    for (NodeFacts node : nodes) {
      known.add(node.name());
      listener.is(node);
    }
    return true;
  }

  @Override
  void changed(Change change) {
    if (change.latest() instanceof ModelNode node) {
      if (change.after().isPresent()) {
        known.add(node.name());
        listener.is(node.facts());
      } else if (known.remove(node.name())) {
        listener.isGone(node.name());
      }
    }
  }
}
