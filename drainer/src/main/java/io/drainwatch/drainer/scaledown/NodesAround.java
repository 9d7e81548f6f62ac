package io.drainwatch.drainer.scaledown;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The cluster's Nodes.
 *
 * @param underMaintenance names of those on which no clean-up is to begin
 * @param taints keys that are in use, in order
 */
public record NodesAround(Set<String> underMaintenance, Set<String> taints) {
  /** Nothing is known of them. */
  public static final NodesAround UNKNOWN = new NodesAround(Set.of(), Set.of());

  /** More than a cluster has; a pod is to stay of a reasonable size. */
  private static final int MOST_TAINTS = 100;

  public NodesAround {
    underMaintenance = Set.copyOf(underMaintenance);
  }

  public static NodesAround of(Collection<NodeStanding> nodes) {
    TreeSet<String> taints = new TreeSet<>();
    nodes.forEach(each -> taints.addAll(each.taints()));
    while (taints.size() > MOST_TAINTS) {
      taints.pollLast();
    }
    return new NodesAround(
        nodes.stream()
            .filter(NodeStanding::isUnderMaintenance)
            .map(NodeStanding::name)
            .collect(Collectors.toSet()),
        taints);
  }
}
