package io.drainwatch.drainer.pods;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What the judgement of a pod needs to know beside the pod.
 *
 * @param hostname the node's label {@code kubernetes.io/hostname}
 * @param ourTaint the taint that we put on the node, or will before the first eviction
 * @param atForcePoint UIDs of the pods whose force point is reached; none where the policy is to
 *     leave pods at the deadline
 * @param serverNow by the clock that wrote the pods' moments, the API server's: the clocks of a
 *     node and of the server need not agree (K46)
 */
public record Circumstances(
    String nodeName,
    Optional<String> hostname,
    boolean nodeReady,
    Optional<Taint> ourTaint,
    Ourselves ourselves,
    Set<String> atForcePoint,
    Instant serverNow) {

  public Circumstances {
    if (nodeName.isBlank()) {
      throw new IllegalArgumentException("the node has no name");
    }
    atForcePoint = Set.copyOf(atForcePoint);
  }

  boolean isPinned(PodFacts pod) {
    return pod.pinning().isTo(nodeName, hostname.orElse(nodeName));
  }

  boolean isAtForcePoint(PodFacts pod) {
    return atForcePoint.contains(pod.uid());
  }
}
