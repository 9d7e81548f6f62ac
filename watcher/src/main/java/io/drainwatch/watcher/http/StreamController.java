package io.drainwatch.watcher.http;

import io.drainwatch.watcher.daemon.Daemon;
import io.drainwatch.watcher.report.StatusJson;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.sse.Event;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;

/**
 * What happens, as it happens: server-sent events, first one with the whole status, then one per
 * happening, and one now and then to show that the line is open. So many clients and no more; one
 * that does not keep up is dropped and may come again.
 */
@Requires(beans = Daemon.class)
@Controller("/maintenance")
final class StreamController {
  static final int MOST_CLIENTS = 16;
  static final Duration KEEPALIVE = Duration.ofSeconds(15);

  private final Daemon daemon;
  private final Reporting reporting;
  private final Set<StreamClient> clients = ConcurrentHashMap.newKeySet();

  StreamController(Daemon daemon, Reporting reporting) {
    this.daemon = daemon;
    this.reporting = reporting;
    reporting.thread().every(KEEPALIVE, this::keepAlive);
  }

  @Get(value = "/stream", produces = MediaType.TEXT_EVENT_STREAM)
  Publisher<Event<String>> stream() {
    if (clients.size() >= MOST_CLIENTS) {
      throw new RequestRefused(
          HttpStatus.SERVICE_UNAVAILABLE,
          "open a stream",
          MOST_CLIENTS + " clients are connected already, which is the most");
    }
    return subscriber -> {
      StreamClient client = new StreamClient(subscriber, reporting.thread(), this::left);
      clients.add(client);
      reporting.feed().listen(client);
      client.begin(() -> StatusJson.write(reporting.statusOf(daemon)));
    };
  }

  void keepAlive() {
    clients.forEach(StreamClient::keepAlive);
  }

  /** How many are connected. */
  int clients() {
    return clients.size();
  }

  private void left(StreamClient client) {
    reporting.feed().stopListening(client);
    clients.remove(client);
  }
}
