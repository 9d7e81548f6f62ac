package io.drainwatch.watcher.http;

import io.drainwatch.watcher.daemon.Daemon;
import io.drainwatch.watcher.metrics.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the endpoints are made of, beside the {@link Daemon} and the {@link Reporting} given. */
@Factory
@Requires(beans = {Daemon.class, Reporting.class})
final class ReportFactory {
  private static final Logger LOG = LoggerFactory.getLogger(ReportFactory.class);

  @Singleton
  Metrics metrics(Reporting reporting) {
    return reporting.metrics();
  }

  @Singleton
  PrometheusMeterRegistry registry(Metrics metrics) {
    return metrics.registry();
  }

  /**
   * At the start, not with the first request. A full disk keeps operators' commands out, and
   * nothing else: the watch goes on.
   */
  @Context
  AccessToken token(Daemon daemon) {
    AccessToken token = AccessToken.fresh();
    try {
      token.write(daemon.stateDirectory());
    } catch (IOException e) {
      LOG.error(
          "the token cannot be written into {}: no command is taken over HTTP until the next"
              + " start: {}",
          daemon.stateDirectory(),
          e.toString());
    }
    return token;
  }
}
