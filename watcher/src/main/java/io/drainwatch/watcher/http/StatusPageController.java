package io.drainwatch.watcher.http;

import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.record.EpisodeJson;
import io.drainwatch.watcher.daemon.Daemon;
import io.drainwatch.watcher.record.StateView;
import io.drainwatch.watcher.report.Health;
import io.drainwatch.watcher.statuspage.Known;
import io.drainwatch.watcher.statuspage.StatusPage;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page of this VM, and its content alone for who has it open. Made, with the templates, when
 * somebody asks for it. What hooks print may hold what is nobody else's business: it is shown to
 * who asks on loopback, and to nobody else.
 */
@Requires(beans = Daemon.class)
@Controller(produces = MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StatusPageController {
  private static final Logger LOG = LoggerFactory.getLogger(StatusPageController.class);
  private static final int MOST_PAST = 10;

  /** However often pages ask: a history of years is long to read. */
  private static final Duration AS_NEW_AS = Duration.ofSeconds(1);

  /** What proxies say that ask for another. */
  private static final List<String> FORWARDED =
      List.of(
          HttpHeaders.FORWARDED,
          HttpHeaders.VIA,
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Real-IP");

  /** Maintenances that were over at that moment. */
  private record Past(Instant at, List<Summary> maintenances, Optional<String> fault) {}

  private final StatusPage page = new StatusPage();
  private Past read = new Past(Instant.EPOCH, List.of(), Optional.empty());
  private final Daemon daemon;
  private final Reporting reporting;

  StatusPageController(Daemon daemon, Reporting reporting) {
    this.daemon = daemon;
    this.reporting = reporting;
  }

  @Get("/")
  HttpResponse<String> whole(HttpRequest<?> request) {
    return PageAnswers.html(page.whole(known(request)));
  }

  @Get("/live")
  HttpResponse<String> fragment(HttpRequest<?> request) {
    return PageAnswers.html(page.fragment(known(request)));
  }

  private Known known(HttpRequest<?> request) {
    Past past = past();
    return new Known(
        reporting.statusOf(daemon),
        Health.readiness(
            daemon.metadata(),
            daemon.watch(),
            daemon.unidentified(),
            daemon.diskFault(),
            reporting.clock().instant(),
            reporting.freshness()),
        reporting.feed().seen(),
        past.maintenances(),
        past.fault(),
        isHere(request));
  }

  /** One at a time, so that many who ask at once do not have it in memory many times. */
  private synchronized Past past() {
    Instant now = reporting.clock().instant();
    if (Duration.between(read.at(), now).abs().compareTo(AS_NEW_AS) >= 0) {
      read = readPast(now);
    }
    return read;
  }

  private Past readPast(Instant now) {
    try {
      return new Past(
          now,
          StateView.of(daemon.stateDirectory()).history(MOST_PAST).stream()
              .flatMap(summary -> EpisodeJson.readSummary(summary).stream())
              .toList(),
          Optional.empty());
    } catch (IOException e) {
      LOG.warn("the history cannot be read: {}", e.getMessage());
      return new Past(now, List.of(), Optional.of("The history cannot be read; the log says why."));
    }
  }

  private static boolean isHere(HttpRequest<?> request) {
    InetAddress from = request.getRemoteAddress().getAddress();
    return from != null
        && Visitor.isHere(
            from,
            request.getHeaders().findFirst(HttpHeaders.HOST).orElse(""),
            FORWARDED.stream().anyMatch(request.getHeaders()::contains));
  }
}
