package io.drainwatch.drainer.scaledown;

import java.util.List;

/**
 * What is around a set, in its namespace. More than what belongs to the set does no harm.
 *
 * @param others the namespace's other sets; of the set itself nothing
 * @param namespaceEnds the server has said that nothing new may be made in it
 */
public record Surroundings(
    List<ClaimFacts> claims, List<OrdinalPod> pods, List<Neighbour> others, boolean namespaceEnds) {
  public Surroundings {
    claims = List.copyOf(claims);
    pods = List.copyOf(pods);
    others = List.copyOf(others);
  }
}
