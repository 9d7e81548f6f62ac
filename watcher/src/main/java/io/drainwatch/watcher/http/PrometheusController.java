package io.drainwatch.watcher.http;

import io.drainwatch.watcher.daemon.Daemon;
import io.drainwatch.watcher.metrics.Metrics;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** Metrics in Prometheus's text format. */
@Requires(beans = Daemon.class)
@Controller
final class PrometheusController {
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final Metrics metrics;

  PrometheusController(Metrics metrics) {
    this.metrics = metrics;
  }

  @Get(value = "/prometheus", produces = "text/plain")
  HttpResponse<String> scrape() {
    return answer(metrics.scrape());
  }

  static HttpResponse<String> answer(String scraped) {
    return HttpResponse.ok(scraped).header("Content-Type", TEXT_FORMAT);
  }
}
