package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.evictions.EvictionNotice;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Pods that went at our request, each once, by how much force it took. Safe for any thread. */
final class EvictedPods {
  /** More than are under way at any time; beyond, some count as simply evicted. */
  private static final int MOST_REMEMBERED = 20_000;

  private enum How {
    EVICTED("evicted"),
    FORCED("forced"),
    SHORTENED("shortened");

    private final String word;

    How(String word) {
      this.word = word;
    }
  }

  private final Map<How, Counter> counters = new EnumMap<>(How.class);
  private final Map<String, How> byUid = new HashMap<>();

  EvictedPods(MeterRegistry registry) {
    for (How how : How.values()) {
      counters.put(
          how,
          Counter.builder("drainwatch.pods.evicted")
              .description("Pods that went at our request, each once")
              .tag("how", how.word)
              .register(registry));
    }
  }

  synchronized void noted(EvictionNotice notice) {
    String uid = notice.pod().uid();
    switch (notice.reason()) {
      case FORCED -> remember(uid, How.FORCED);
      case SHORTENED -> remember(uid, How.SHORTENED);
      case EVICTED -> {
        How how = Optional.ofNullable(byUid.remove(uid)).orElse(How.EVICTED);
        Optional.ofNullable(counters.get(how)).ifPresent(Counter::increment);
      }
      case BLOCKED, REPLACED, MISCONFIGURED, OVERDUE -> {}
    }
  }

  private void remember(String uid, How how) {
    if (byUid.size() < MOST_REMEMBERED) {
      byUid.put(uid, how);
    }
  }

  synchronized void forget() {
    byUid.clear();
  }
}
