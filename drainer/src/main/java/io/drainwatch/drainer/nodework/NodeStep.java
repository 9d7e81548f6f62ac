package io.drainwatch.drainer.nodework;

import java.util.List;

/** What comes of an observation. */
public record NodeStep(NodeState state, List<NodeAction> actions) {
  public NodeStep {
    actions = List.copyOf(actions);
  }
}
