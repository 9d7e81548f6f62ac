package io.drainwatch.drainer.model;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Writes what is sent back, or breaks off as the fault wants it. */
final class Answering {
  private static final Duration SLOW = Duration.ofSeconds(8);
  private static final Duration NEVER = Duration.ofSeconds(60);

  private Answering() {}

  static Duration takes(Reply<Routes.Sent> reply) {
    return switch (reply) {
      case Reply.Said<Routes.Sent>(Routes.Sent sent, boolean slow) -> slow ? SLOW : sent.takes();
      case Reply.Refused<Routes.Sent> ignored -> Duration.ZERO;
      case Reply.Garbled<Routes.Sent> ignored -> Duration.ZERO;
      case Reply.Broken<Routes.Sent>(Fault fault) ->
          fault == Fault.TIMEOUT_BEFORE || fault == Fault.TIMEOUT_AFTER ? NEVER : Duration.ZERO;
    };
  }

  /** For a watch that was not opened. */
  static Reply<Routes.Sent> instead(Reply<?> reply) {
    return switch (reply) {
      case Reply.Said<?> ignored -> throw new AssertionError("it was opened");
      case Reply.Refused<?>(ModelAnswer.Said answer) -> new Reply.Refused<>(answer);
      case Reply.Garbled<?>(Object ignored, Fault fault) ->
          new Reply.Garbled<>(
              Routes.Sent.of(200, RequestJson.MAPPER.createObjectNode().put("type", "ADDED")),
              fault);
      case Reply.Broken<?>(Fault fault) -> new Reply.Broken<>(fault);
    };
  }

  static void send(HttpExchange exchange, Reply<Routes.Sent> reply) throws IOException {
    switch (reply) {
      case Reply.Said<Routes.Sent>(Routes.Sent sent, boolean ignored) -> send(exchange, sent);
      case Reply.Refused<Routes.Sent>(ModelAnswer.Said said) -> {
        if (Fault.isPlainText(said)) {
          exchange.getResponseHeaders().set("Retry-After", Gate.retryAfter(said).orElse("1"));
          write(exchange, said.code(), "text/plain; charset=utf-8", said.status().message() + "\n");
        } else {
          send(exchange, Routes.Sent.of(said));
        }
      }
      case Reply.Garbled<Routes.Sent>(Routes.Sent sent, Fault fault) -> {
        if (fault == Fault.WRONG_TYPE) {
          write(exchange, 200, "text/html", "<html><body>ok</body></html>");
        } else {
          half(exchange, sent);
        }
      }
      case Reply.Broken<Routes.Sent> ignored -> exchange.close();
    }
  }

  static void send(HttpExchange exchange, Routes.Sent sent) throws IOException {
    sent.retryAfter().ifPresent(it -> exchange.getResponseHeaders().set("Retry-After", it));
    write(exchange, sent.code(), "application/json", sent.body() + "\n");
  }

  private static void half(HttpExchange exchange, Routes.Sent sent) throws IOException {
    byte[] all = bytes(sent.body().toString());
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(sent.code(), all.length);
    exchange.getResponseBody().write(all, 0, all.length / 2);
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private static void write(HttpExchange exchange, int code, String type, String body)
      throws IOException {
    byte[] all = bytes(body);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(code, all.length);
    exchange.getResponseBody().write(all);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
