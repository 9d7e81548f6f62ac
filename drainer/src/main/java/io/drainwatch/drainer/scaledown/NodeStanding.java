package io.drainwatch.drainer.scaledown;

import java.util.Set;

/**
 * A Node, as far as clean-up pods go.
 *
 * @param isUnderMaintenance a maintenance of ours stands on it, and the scheduler keeps new pods
 *     off. One that is only planned does not count: a pod that is made anew may come straight back
 * @param taints keys of those that keep pods off which do not tolerate them, without those of a
 *     maintenance
 */
public record NodeStanding(String name, boolean isUnderMaintenance, Set<String> taints) {
  public NodeStanding {
    taints = Set.copyOf(taints);
  }
}
