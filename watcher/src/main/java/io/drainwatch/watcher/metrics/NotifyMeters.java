package io.drainwatch.watcher.metrics;

import io.drainwatch.watcher.notify.DeliveryCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** What becomes of notices; series exist for the sinks that are configured, and for no other. */
final class NotifyMeters implements DeliveryCounts {
  private final MeterRegistry registry;

  NotifyMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void sink(String sink, IntSupplier waiting) {
    for (Result result : Result.values()) {
      counter(sink, result);
    }
    dropped(sink);
    Gauge.builder("drainwatch.notifications.outbox", waiting::getAsInt)
        .description("Notices that the sink has not taken yet")
        .tag("sink", sink)
        .register(registry);
  }

  @Override
  public void counted(String sink, Result result) {
    counter(sink, result).increment();
  }

  @Override
  public void dropped(String sink, int notices) {
    dropped(sink).increment(notices);
  }

  private Counter counter(String sink, Result result) {
    return Counter.builder("drainwatch.notifications")
        .description("Notices by what became of them, and tries that failed")
        .tag("sink", sink)
        .tag("result", result.label())
        .register(registry);
  }

  private Counter dropped(String sink) {
    return Counter.builder("drainwatch.notifications.dropped")
        .description("Notices that went because the outbox was full")
        .tag("sink", sink)
        .register(registry);
  }
}
