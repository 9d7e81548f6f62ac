package io.drainwatch.drainer.nodes;

import java.time.Instant;
import java.util.List;

/**
 * A strategic merge patch of a Node's status. Kubernetes keeps whole seconds there.
 *
 * @param at when it was made
 */
public record ConditionPatch(
    String resourceVersion, List<NodeCondition> set, List<ConditionType> remove, Instant at) {
  public ConditionPatch {
    set = List.copyOf(set);
    remove = List.copyOf(remove);
    if (resourceVersion.isBlank() || (set.isEmpty() && remove.isEmpty())) {
      throw new IllegalArgumentException("a patch is conditional on a version and says something");
    }
  }
}
