package io.drainwatch.watcher.http;

import io.drainwatch.watcher.daemon.Daemon;
import io.drainwatch.watcher.report.Health;
import io.drainwatch.watcher.report.StatusJson;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.time.Duration;
import java.time.InstantSource;

/**
 * 200 or 503, with the reasons.
 *
 * <p>Not by way of micronaut-management: that brings an aggregator, indicators and their reactive
 * plumbing for what are two questions here, and its other endpoints with it.
 */
@Requires(beans = Daemon.class)
@Controller(value = "/health", produces = MediaType.APPLICATION_JSON)
final class HealthController {
  private final Daemon daemon;
  private final InstantSource clock;
  private final Duration freshness;

  HealthController(Daemon daemon, Reporting reporting) {
    this.daemon = daemon;
    clock = reporting.clock();
    freshness = reporting.freshness();
  }

  @Get("/liveness")
  HttpResponse<String> liveness() {
    return answer(Health.liveness(daemon.sinceLastBeat()));
  }

  @Get("/readiness")
  HttpResponse<String> readiness() {
    return answer(
        Health.readiness(
            daemon.metadata(),
            daemon.watch(),
            daemon.unidentified(),
            daemon.diskFault(),
            clock.instant(),
            freshness));
  }

  static HttpResponse<String> answer(Health health) {
    return HttpResponse.<String>status(
            health.isUp() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(StatusJson.write(health));
  }
}
