package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.budget.Budget;
import io.drainwatch.drainer.budget.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All claims of one leadership. Under the lock of its {@link Term}. */
final class BudgetBoard {
  private final Budget budget;
  private Instant opensAt;

  /** Changed under the lock, and looked at without by who only shows it. */
  private final Map<String, Claim> claims = new ConcurrentHashMap<>();

  private final Map<String, Integer> sizes = new HashMap<>();

  /**
   * @param opensAt before that not all records may have been counted
   */
  BudgetBoard(Budget budget, Instant opensAt) {
    this.budget = budget;
    this.opensAt = opensAt;
  }

  void clockStepped(Duration by) {
    opensAt = opensAt.plus(by);
  }

  void joined(String pool) {
    sizes.merge(pool, 1, Integer::sum);
  }

  void left(String pool) {
    sizes.computeIfPresent(pool, (name, size) -> size > 1 ? Integer.valueOf(size - 1) : null);
  }

  /**
   * A Node's claim from now on.
   *
   * @return whether that changed anything
   */
  boolean put(String uid, Optional<Claim> claim) {
    return claim
        .map(each -> !each.equals(claims.put(uid, each)))
        .orElseGet(() -> claims.remove(uid) != null);
  }

  boolean mayBegin(Claim claim, Instant now) {
    if (!budget.isLimited(claim.pool()) || claim.urgency() != Claim.Urgency.PLANNED) {
      return true;
    }
    return !now.isBefore(opensAt) && whoMayBegin(now).contains(claim.node());
  }

  /** Of those that wait. */
  Set<String> whoMayBegin(Instant now) {
    return now.isBefore(opensAt)
        ? Set.of()
        : new HashSet<>(budget.mayBegin(claims.values(), sizes, now));
  }

  /** Any thread may ask. */
  Optional<Claim> claimOf(String uid) {
    return Optional.ofNullable(claims.get(uid));
  }

  /** When a claim that waits is to be looked at again though nothing changed. */
  Optional<Instant> wakeAt(Claim claim, Instant now) {
    if (now.isBefore(opensAt)) {
      return Optional.of(opensAt);
    }
    return claim.startsAnyway().filter(now::isBefore);
  }
}
