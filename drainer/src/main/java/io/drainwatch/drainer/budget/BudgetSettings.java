package io.drainwatch.drainer.budget;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The limits of the pools.
 *
 * @param byPool by the pool's name
 * @param others of a pool that is not named; empty: no limit
 */
public record BudgetSettings(Map<String, PoolLimit> byPool, Optional<PoolLimit> others) {
  public static final BudgetSettings NO_LIMIT = new BudgetSettings(Map.of(), Optional.empty());

  public BudgetSettings {
    byPool = Map.copyOf(byPool);
  }

  /** How many Nodes of a pool of this size may be out of service at once; empty: any number. */
  public OptionalInt places(String pool, int size) {
    return of(pool).map(limit -> OptionalInt.of(limit.in(size))).orElseGet(OptionalInt::empty);
  }

  Optional<PoolLimit> of(String pool) {
    return Optional.ofNullable(byPool.get(pool)).or(() -> others);
  }
}
