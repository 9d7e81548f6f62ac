package io.drainwatch.drainer.budget;

import java.util.Map;
import java.util.Optional;

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

  Optional<PoolLimit> of(String pool) {
    return Optional.ofNullable(byPool.get(pool)).or(() -> others);
  }
}
