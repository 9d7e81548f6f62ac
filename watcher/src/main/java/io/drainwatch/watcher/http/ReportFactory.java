package io.drainwatch.watcher.http;

import io.drainwatch.watcher.daemon.Daemon;
import io.drainwatch.watcher.metrics.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** What the endpoints are made of, beside the {@link Daemon} and the {@link Reporting} given. */
@Factory
@Requires(beans = {Daemon.class, Reporting.class})
final class ReportFactory {
  @Singleton
  Metrics metrics(Reporting reporting) {
    return reporting.metrics();
  }

  @Singleton
  PrometheusMeterRegistry registry(Metrics metrics) {
    return metrics.registry();
  }
}
