package io.drainwatch.drainer.scaledown;

import java.util.List;

/**
 * What is around a set, in its namespace. More than what belongs to the set does no harm.
 *
 * @param others the namespace's other sets; of the set itself nothing
 * @param nodes of the cluster
 * @param namespaceEnds the server has said that nothing new may be made in it
 */
public record Surroundings(
    List<ClaimFacts> claims,
    List<OrdinalPod> pods,
    List<Neighbour> others,
    NodesAround nodes,
    boolean namespaceEnds) {
  public Surroundings {
    claims = List.copyOf(claims);
    pods = List.copyOf(pods);
    others = List.copyOf(others);
  }

  /** Where nothing is known of the Nodes. */
  public Surroundings(
      List<ClaimFacts> claims,
      List<OrdinalPod> pods,
      List<Neighbour> others,
      boolean namespaceEnds) {
    this(claims, pods, others, NodesAround.UNKNOWN, namespaceEnds);
  }
}
