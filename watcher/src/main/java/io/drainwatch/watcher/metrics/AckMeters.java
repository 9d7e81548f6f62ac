package io.drainwatch.watcher.metrics;

import io.drainwatch.watcher.report.AcknowledgeResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Acknowledgements of a VM that is a Node, under the names of kubernetes-drain.md 17; the watcher
 * sends them in both forms. Safe for any thread.
 */
final class AckMeters {
  private final Map<AcknowledgeResult, Counter> counters = new EnumMap<>(AcknowledgeResult.class);
  private final Timer lag;

  AckMeters(MeterRegistry registry) {
    for (AcknowledgeResult result : AcknowledgeResult.values()) {
      counters.put(
          result,
          Counter.builder("drainwatch.acks")
              .description("Acknowledgements by what the metadata service answered")
              .tag("result", result.label())
              .register(registry));
    }
    lag =
        Timer.builder("drainwatch.ack.lag")
            .description("From Drained until the platform accepted the acknowledgement")
            .register(registry);
  }

  void answered(AcknowledgeResult result) {
    Counter counter = counters.get(result);
    if (counter != null) {
      counter.increment();
    }
  }

  void accepted(Duration sinceDrained) {
    lag.record(sinceDrained);
  }
}
