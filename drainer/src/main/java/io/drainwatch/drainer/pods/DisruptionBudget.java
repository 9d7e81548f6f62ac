package io.drainwatch.drainer.pods;

import java.util.Optional;

/**
 * A PodDisruptionBudget, as far as it says whose it is.
 *
 * @param selector of its pods, in its own namespace; empty: none, or one that cannot be understood,
 *     and then it selects nothing, as for the API server
 */
public record DisruptionBudget(String namespace, String name, Optional<LabelSelector> selector) {
  public DisruptionBudget {
    if (namespace.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException("a disruption budget without namespace or name");
    }
  }

  public boolean selects(PodFacts pod) {
    return pod.namespace().equals(namespace)
        && selector.filter(labels -> labels.matches(pod.labels())).isPresent();
  }
}
