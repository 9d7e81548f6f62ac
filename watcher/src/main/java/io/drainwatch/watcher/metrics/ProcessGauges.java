package io.drainwatch.watcher.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The figures of the process as gauges. */
final class ProcessGauges {
  private ProcessGauges() {}

  static void addTo(MeterRegistry registry, ProcessFigures figures) {
    Gauge.builder("drainwatch.process.resident.memory", figures::residentBytes)
        .description("Resident memory of the daemon")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("drainwatch.process.threads", figures::threads)
        .description("Threads of the daemon")
        .register(registry);
    Gauge.builder("drainwatch.process.open.descriptors", figures::openDescriptors)
        .description("Open file descriptors of the daemon")
        .register(registry);
  }
}
