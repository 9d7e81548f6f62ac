package io.drainwatch.watcher.http;

import io.drainwatch.drainer.fleet.Finished;
import io.drainwatch.drainer.fleet.FleetSight;
import io.drainwatch.watcher.drainer.Drainer;
import io.drainwatch.watcher.fleetpage.FleetAnswer;
import io.drainwatch.watcher.fleetpage.FleetPages;
import io.drainwatch.watcher.fleetpage.FleetSource;
import io.drainwatch.watcher.fleetpage.Replica;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The page of a {@link Drainer}. Whoever may connect may read it, as with all that only reads. Made
 * when somebody first asks: who drains has nothing of it before.
 */
@Requires(beans = Drainer.class)
@Controller
final class FleetController {
  private final FleetPages pages;

  FleetController(Drainer drainer) {
    pages = new FleetPages(source(drainer), System::nanoTime, drainer.metrics().version());
  }

  @Get(value = "/", produces = MediaType.TEXT_HTML)
  CompletionStage<HttpResponse<String>> page(HttpRequest<?> request) {
    return pages.page(parameters(request), port(request)).thenApply(FleetController::answer);
  }

  /** The inside of the page, for the page itself. */
  @Get(value = "/" + FleetPages.FRAGMENT, produces = MediaType.TEXT_HTML)
  CompletionStage<HttpResponse<String>> inside(
      HttpRequest<?> request, @Header(HttpHeaders.IF_NONE_MATCH) Optional<String> known) {
    return pages
        .inside(parameters(request), port(request), known)
        .thenApply(FleetController::answer);
  }

  @PreDestroy
  void close() {
    pages.close();
  }

  private static Function<String, Optional<String>> parameters(HttpRequest<?> request) {
    return name -> Optional.ofNullable(request.getParameters().get(name));
  }

  private static int port(HttpRequest<?> request) {
    return request.getServerAddress().getPort();
  }

  private static HttpResponse<String> answer(FleetAnswer answer) {
    return switch (answer) {
      case FleetAnswer.Html(String text, String tag) ->
          PageAnswers.html(text).header(HttpHeaders.ETAG, tag);
      case FleetAnswer.Unchanged(String tag) ->
          HttpResponse.<String>notModified().header(HttpHeaders.ETAG, tag);
      case FleetAnswer.Busy() ->
          throw new RequestRefused(
              HttpStatus.SERVICE_UNAVAILABLE,
              "show the fleet",
              "too many ask for it at once; try again in a second");
    };
  }

  private static FleetSource source(Drainer drainer) {
    return new FleetSource() {
      @Override
      public FleetSight sight() {
        return drainer.sight();
      }

      @Override
      public List<Finished> finished() {
        return drainer.finished();
      }

      @Override
      public Replica replica() {
        return new Replica(
            drainer.settings().holder(),
            drainer.otherLeader(),
            drainer.settings().namespace(),
            drainer.sinceLastAnswer());
      }

      @Override
      public Instant now() {
        return drainer.now();
      }
    };
  }
}
