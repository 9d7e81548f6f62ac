package io.drainwatch.drainer.evictions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A pod of the Node, as the evictions need it.
 *
 * @param grace what its spec says; of a terminating pod what it was given (0 is possible)
 * @param ownerUid of its controller
 * @param ownerGroup API group of its controller, or empty
 * @param deletionTimestamp by the API server's clock: looked at for its presence only
 * @param ready unready pods are often let go without using up the budget
 * @param budgets names of the budgets that select it, where they can be read; else empty
 * @param onlyAtVersion resource version at which alone it may be asked to go, as what speaks for it
 *     may change at any moment; empty: at any. Force asks for none
 */
public record EvictablePod(
    String uid,
    String namespace,
    String name,
    Duration grace,
    Optional<String> ownerUid,
    String ownerGroup,
    Optional<Instant> deletionTimestamp,
    boolean ready,
    List<String> budgets,
    PodDecision decision,
    Optional<String> onlyAtVersion) {
  public EvictablePod {
    if (uid.isBlank() || namespace.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException("a pod without uid, namespace or name");
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("a negative grace of " + namespace + "/" + name);
    }
    budgets = List.copyOf(budgets);
  }

  public boolean isTerminating() {
    return deletionTimestamp.isPresent();
  }

  /** namespace/name, for people. */
  public String path() {
    return namespace + "/" + name;
  }

  boolean isOfKubeVirt() {
    return ownerGroup.equals("kubevirt.io") || ownerGroup.endsWith(".kubevirt.io");
  }
}
