package io.drainwatch.drainer.scaledown;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Our pods whose set is gone, by name and UID. Their claims stay: nobody says any more that they
 * may go.
 */
public final class Sweep {
  private Sweep() {}

  /**
   * @param sets all of them, in all namespaces the pods are of
   */
  public static List<OrdinalPod> strays(Collection<SetId> sets, Collection<OrdinalPod> pods) {
    Set<SetId> known = Set.copyOf(sets);
    return pods.stream()
        .filter(pod -> !pod.isTerminating() && pod.owner().isPresent())
        .filter(pod -> known.stream().noneMatch(set -> isOf(pod, set)))
        .toList();
  }

  /** Whether the pod belongs to that very set. */
  public static boolean isOf(OrdinalPod pod, SetId set) {
    return pod.namespace().equals(set.namespace()) && pod.isCleanupOf(set);
  }
}
