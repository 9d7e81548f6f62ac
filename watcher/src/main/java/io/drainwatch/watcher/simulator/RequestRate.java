package io.drainwatch.watcher.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The requests of the last second, by VM: all processes of a VM share one limit (section 8). */
record RequestRate(Map<String, List<Instant>> lastSecond) {

  private static final Duration WINDOW = Duration.ofSeconds(1);

  RequestRate {
    lastSecond = Map.copyOf(lastSecond);
  }

  static RequestRate none() {
    return new RequestRate(Map.of());
  }

  /** Refused requests do not count, so that a client that keeps on trying gets its share. */
  boolean isExhausted(String vm, int limit, Instant now) {
    return recent(vm, now).size() >= limit;
  }

  RequestRate and(String vm, Instant now) {
    List<Instant> recent = new ArrayList<>(recent(vm, now));
    recent.add(now);
    Map<String, List<Instant>> all = new HashMap<>(lastSecond);
    all.put(vm, List.copyOf(recent));
    return new RequestRate(all);
  }

  private List<Instant> recent(String vm, Instant now) {
    return lastSecond.getOrDefault(vm, List.of()).stream()
        .filter(at -> at.plus(WINDOW).isAfter(now))
        .toList();
  }
}
