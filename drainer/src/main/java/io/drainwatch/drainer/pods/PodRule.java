package io.drainwatch.drainer.pods;

import java.util.List;
import java.util.Optional;

/**
 * One rule as the operator wrote it. Every part that is not given matches anything.
 *
 * @param namespaces by exact name: their labels are not ours to read (section 5 asks for pods only)
 * @param owners one of them is enough
 * @param behaviour empty: the rows of the table decide, and only the order is given
 * @param order within a tier, lowest first; 0 is where pods without a rule are
 */
public record PodRule(
    String name,
    LabelSelector labels,
    List<String> namespaces,
    List<OwnerSelector> owners,
    Optional<PodBehaviour> behaviour,
    int order) {

  public PodRule {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a rule for pods has no name");
    }
    namespaces = List.copyOf(namespaces);
    owners = List.copyOf(owners);
  }

  boolean matches(PodFacts pod) {
    return labels.matches(pod.labels())
        && (namespaces.isEmpty() || namespaces.contains(pod.namespace()))
        && (owners.isEmpty() || owners.stream().anyMatch(owner -> owner.matches(pod)));
  }
}
