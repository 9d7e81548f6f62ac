package io.drainwatch.drainer.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Writes what is sent back, or breaks off as the fault wants it. */
final class Answering {
  static final String JSON = "application/json";
  static final Duration SLOW = Duration.ofSeconds(8);
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

  /**
   * @return whether the connection can be used again
   */
  static boolean send(Exchange exchange, Instant date, Reply<Routes.Sent> reply)
      throws IOException {
    return switch (reply) {
      case Reply.Said<Routes.Sent>(Routes.Sent sent, boolean ignored) -> {
        send(exchange, date, sent);
        yield true;
      }
      case Reply.Refused<Routes.Sent>(ModelAnswer.Said said) -> {
        if (Fault.isPlainText(said)) {
          Map<String, String> headers = headers(date, "text/plain; charset=utf-8");
          headers.put("Retry-After", Gate.retryAfter(said).orElse("1"));
          exchange.answer(said.code(), headers, bytes(said.status().message() + "\n"));
        } else {
          send(exchange, date, Routes.Sent.of(said));
        }
        yield true;
      }
      case Reply.Garbled<Routes.Sent>(Routes.Sent sent, Fault fault) -> {
        if (fault == Fault.WRONG_TYPE) {
          exchange.answer(200, headers(date, "text/html"), bytes("<html><body>ok</body></html>"));
          yield true;
        }
        exchange.answerHalf(sent.code(), headers(date, JSON), bytes(sent.body().toString()));
        yield false;
      }
      case Reply.Broken<Routes.Sent> ignored -> {
        exchange.reset();
        yield false;
      }
    };
  }

  static void send(Exchange exchange, Instant date, Routes.Sent sent) throws IOException {
    Map<String, String> headers = headers(date, JSON);
    sent.retryAfter().ifPresent(it -> headers.put("Retry-After", it));
    exchange.answer(sent.code(), headers, bytes(sent.body() + "\n"));
  }

  static Map<String, String> headers(Instant date, String type) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Date", HttpDates.of(date));
    headers.put("Content-Type", type);
    return headers;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
