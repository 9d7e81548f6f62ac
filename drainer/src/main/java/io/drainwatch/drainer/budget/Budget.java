package io.drainwatch.drainer.budget;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may begin now: a pure decision over all that is under way and all that waits.
 *
 * <ol>
 *   <li>What is under way takes its place, but for a Preempt.
 *   <li>Preempt, Terminate, and drains whose notice is half used up begin whatever the budget says;
 *       all but the Preempt take a place, so that those who wait wait longer.
 *   <li>The others begin while there is a place, the earliest deadline first.
 * </ol>
 */
public final class Budget {
  private static final Comparator<Claim> TURN =
      Comparator.<Claim, Instant>comparing(claim -> claim.deadline().orElse(Instant.MAX))
          .thenComparing(Claim::node);

  private final BudgetSettings settings;

  public Budget(BudgetSettings settings) {
    this.settings = settings;
  }

  /** Whether a drain in this pool may ever have to wait. */
  public boolean isLimited(String pool) {
    return settings.of(pool).isPresent();
  }

  /**
   * Of those that wait, who may begin.
   *
   * @param sizes number of Nodes by pool
   */
  public Set<String> mayBegin(Collection<Claim> claims, Map<String, Integer> sizes, Instant now) {
    Map<String, Integer> used = new HashMap<>();
    Set<String> out = new HashSet<>();
    for (Claim claim : claims) {
      boolean begins = !claim.isUnderWay() && !claim.mustWaitAt(now);
      if (begins) {
        out.add(claim.node());
      }
      if ((begins || claim.isUnderWay()) && claim.takesPlace()) {
        used.merge(claim.pool(), 1, Integer::sum);
      }
    }
    List<Claim> waiting =
        claims.stream()
            .filter(claim -> !claim.isUnderWay() && claim.mustWaitAt(now))
            .sorted(TURN)
            .toList();
    for (Claim claim : waiting) {
      int taken = used.getOrDefault(claim.pool(), 0);
      int size = sizes.getOrDefault(claim.pool(), 0);
      if (settings.of(claim.pool()).map(limit -> taken < limit.in(size)).orElse(true)) {
        out.add(claim.node());
        used.merge(claim.pool(), 1, Integer::sum);
      }
    }
    return out;
  }
}
