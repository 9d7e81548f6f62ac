package io.drainwatch.watcher.metrics;

import io.drainwatch.watcher.azure.GraphListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the drainer asks of Resource Graph, where that is switched on. */
final class GraphMeters implements GraphListener {
  private final Map<Result, Counter> answers = new EnumMap<>(Result.class);
  private final AtomicInteger nodes = new AtomicInteger();

  GraphMeters(MeterRegistry registry) {
    for (Result result : Result.values()) {
      answers.put(
          result,
          Counter.builder("drainwatch.graph.answers")
              .description("Questions to Resource Graph after events, by what came of them")
              .tag("result", result.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    Gauge.builder("drainwatch.graph.nodes", nodes::get)
        .description(
            "Nodes whose events are known from Resource Graph, as their watcher cannot tell")
        .tag("source", "ResourceGraph")
        .register(registry);
  }

  @Override
  public void answered(Result result) {
    Counter counter = answers.get(result);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void standing(int nodesWithEvents) {
    nodes.set(nodesWithEvents);
  }
}
