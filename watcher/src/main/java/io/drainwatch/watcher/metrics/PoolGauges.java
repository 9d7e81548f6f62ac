package io.drainwatch.watcher.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many Nodes of each pool wait for their turn. A pool's name comes from a label of its Nodes:
 * so many of them have a series, all others one together. Safe for any thread.
 */
final class PoolGauges {
  private static final int MOST_POOLS = 200;
  private static final String NO_POOL = "none";
  private static final String OTHERS = "other";

  private final MeterRegistry registry;
  private final Map<String, String> poolByNode = new HashMap<>();
  private final Set<String> pools = new HashSet<>();

  PoolGauges(MeterRegistry registry) {
    this.registry = registry;
  }

  synchronized void put(String node, String pool, boolean waits) {
    if (!waits) {
      poolByNode.remove(node);
      return;
    }
    poolByNode.put(node, label(pool));
  }

  private String label(String pool) {
    String name = pool.isEmpty() ? NO_POOL : pool;
    String label = pools.contains(name) || pools.size() < MOST_POOLS ? name : OTHERS;
    if (pools.add(label)) {
      Gauge.builder("drainwatch.budget.waiting", () -> count(label))
          .description("Nodes whose drain waits for others of their pool")
          .tag("pool", label)
          .register(registry);
    }
    return label;
  }

  private synchronized long count(String label) {
    return poolByNode.values().stream().filter(label::equals).count();
  }

  synchronized void clear() {
    poolByNode.clear();
  }
}
