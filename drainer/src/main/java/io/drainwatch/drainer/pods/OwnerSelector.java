package io.drainwatch.drainer.pods;

import java.util.Optional;

/**
 * Selects pods by their controller; other owners do not count.
 *
 * @param group API group, empty text for the core group; not given: any
 */
public record OwnerSelector(String kind, Optional<String> group) {

  public OwnerSelector {
    if (kind.isBlank()) {
      throw new IllegalArgumentException("an owner is selected by its kind, and none is given");
    }
  }

  boolean matches(PodFacts pod) {
    return pod.controller()
        .filter(owner -> owner.isKind(kind))
        .filter(owner -> group.map(owner.group()::equals).orElse(true))
        .isPresent();
  }
}
