package io.drainwatch.drainer.nodes;

import java.util.Optional;

/**
 * How the Node was in the very version that we cordoned.
 *
 * @param unschedulable somebody else had cordoned it: never uncordoned by us
 * @param lbLabel value of the load balancers' label, when somebody else had set it
 */
public record Prior(boolean unschedulable, Optional<String> lbLabel) {
  private static final int MOST_CHARACTERS = 63;

  public Prior {
    lbLabel = lbLabel.map(value -> NodeText.plain(value, MOST_CHARACTERS));
  }

  /** With a cordon that is taken over as ours: whoever made it, found the Node without one. */
  public static Prior beforeAnothersCordon(NodeFacts node) {
    return new Prior(false, node.label(NodeKeys.LB_LABEL));
  }

  static Prior of(NodeFacts node) {
    return new Prior(node.unschedulable(), node.label(NodeKeys.LB_LABEL));
  }
}
