package io.drainwatch.watcher.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts answers onto the wire: at once or late, whole or spoilt. No thread waits for a delay. */
final class Wire {

  private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
  private static final int NO_BODY = -1;

  private final SimulatorTimer timer;
  private final Executor workers;

  Wire(SimulatorTimer timer, Executor workers) {
    this.timer = timer;
    this.workers = workers;
  }

  /** Reads at most so much of the body; the rest is dropped. */
  static String body(HttpExchange exchange, int mostBytes) throws IOException {
    return new String(exchange.getRequestBody().readNBytes(mostBytes), StandardCharsets.UTF_8);
  }

  void send(HttpExchange exchange, Answer answer) {
    if (answer.delay().isZero()) {
      write(exchange, answer);
    } else {
      timer.after(answer.delay(), () -> workers.execute(() -> write(exchange, answer)));
    }
  }

  private void write(HttpExchange exchange, Answer answer) {
    try {
      switch (answer.delivery()) {
        case Answer.Delivery.Closed() -> exchange.close();
        case Answer.Delivery.Whole() -> {
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          begin(exchange, answer, body.length).write(body);
          exchange.close();
        }
        case Answer.Delivery.CutOff() -> {
          half(exchange, answer);
          exchange.close();
        }
        case Answer.Delivery.Stalled(var pause) -> {
          half(exchange, answer);
          timer.after(pause, exchange::close);
        }
      }
    } catch (IOException gone) {
      LOG.debug("{} did not wait for its answer: {}", exchange.getRemoteAddress(), gone.toString());
      exchange.close();
    }
  }

  private static void half(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    OutputStream out = begin(exchange, answer, body.length);
    out.write(body, 0, body.length / 2);
    out.flush();
  }

  private static OutputStream begin(HttpExchange exchange, Answer answer, int length)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    answer
        .retryAfter()
        .ifPresent(
            time ->
                exchange
                    .getResponseHeaders()
                    .set("Retry-After", Long.toString(Math.max(1, time.toSeconds()))));
    boolean bodiless = length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), bodiless ? NO_BODY : length);
    return bodiless ? OutputStream.nullOutputStream() : exchange.getResponseBody();
  }

  /** One header; empty if it is not there. */
  static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }
}
