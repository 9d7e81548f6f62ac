package io.drainwatch.drainer.evictions;

import io.drainwatch.drainer.evictions.EvictionOutcome.Blocked;
import java.util.Map;
import java.util.Optional;

/** What pods have in common that are refused for one reason (section 9). One of them probes. */
public sealed interface GroupKey {
  /** A disruption budget. */
  record Budget(String namespace, String name) implements GroupKey {}

  /** The pods of one controller, where the budget is not named. */
  record Owner(String namespace, String uid) implements GroupKey {}

  /** What our role may not do in a namespace. */
  record Role(String namespace) implements GroupKey {}

  static Optional<Owner> ownerOf(EvictablePod pod) {
    return pod.ownerUid().map(uid -> new Owner(pod.namespace(), uid));
  }

  /**
   * The one budget that is known to select the pod; of several none, the server says no to both.
   */
  static Optional<GroupKey> budgetOf(EvictablePod pod) {
    return pod.budgets().size() == 1
        ? Optional.of(new Budget(pod.namespace(), pod.budgets().getFirst()))
        : Optional.empty();
  }

  /** With whom a pod goes while nothing was refused yet: one first, then more and more. */
  static Optional<GroupKey> pacing(EvictablePod pod) {
    return budgetOf(pod).or(() -> ownerOf(pod));
  }

  /**
   * Empty: the pod stands for itself. So it does when a webhook refuses: those that make room step
   * by step (Strimzi, and KubeVirt's, whose owner is the one VM) have to be asked for each pod.
   */
  static Optional<GroupKey> of(EvictablePod pod, Blocked blocked) {
    return switch (blocked.cause()) {
      case PDB, PDB_PENDING, PDB_STATUS ->
          blocked
              .by()
              .<GroupKey>map(name -> new Budget(pod.namespace(), name))
              .or(() -> pacing(pod));
      case MULTI_PDB -> ownerOf(pod).map(it -> it);
      case BUSY -> blocked.by().isPresent() ? Optional.empty() : ownerOf(pod).map(it -> it);
      case WEBHOOK, UNKNOWN -> Optional.empty();
    };
  }

  /**
   * The group in whose turn a pod is tried, among those that there are; empty: it stands for
   * itself.
   *
   * @param own of its last refusal
   */
  static Optional<GroupKey> waitingIn(
      EvictablePod pod,
      Optional<GroupKey> own,
      Map<GroupKey, Group> groups,
      Map<Owner, GroupKey> siblings) {
    GroupKey role = new Role(pod.namespace());
    if (groups.containsKey(role)) {
      return Optional.of(role);
    }
    return own.or(() -> budgetOf(pod).filter(groups::containsKey))
        .or(() -> siblingsOf(pod, siblings))
        .filter(groups::containsKey);
  }

  // where its own budget is known, that of a sibling is none of its business
  private static Optional<GroupKey> siblingsOf(EvictablePod pod, Map<Owner, GroupKey> siblings) {
    return ownerOf(pod)
        .flatMap(it -> Optional.ofNullable(siblings.get(it)))
        .filter(
            key ->
                pod.budgets().isEmpty()
                    || !(key instanceof Budget budget)
                    || pod.budgets().contains(budget.name()));
  }
}
