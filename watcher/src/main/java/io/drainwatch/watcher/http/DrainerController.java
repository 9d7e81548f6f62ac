package io.drainwatch.watcher.http;

import io.drainwatch.watcher.drainer.Drainer;
import io.drainwatch.watcher.report.Health;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** Health and metrics of a {@link Drainer}; its page is {@link FleetController}'s. */
@Requires(beans = Drainer.class)
@Controller
final class DrainerController {
  private final Drainer drainer;

  DrainerController(Drainer drainer) {
    this.drainer = drainer;
  }

  @Get(value = "/health/liveness", produces = MediaType.APPLICATION_JSON)
  HttpResponse<String> liveness() {
    return HealthController.answer(Health.liveness(drainer.sinceLastBeat()));
  }

  @Get(value = "/health/readiness", produces = MediaType.APPLICATION_JSON)
  HttpResponse<String> readiness() {
    return HealthController.answer(
        Health.readiness(drainer.sinceLastAnswer(), drainer.objection()));
  }

  @Get(value = "/prometheus", produces = "text/plain")
  HttpResponse<String> scrape() {
    return PrometheusController.answer(drainer.metrics().scrape());
  }
}
