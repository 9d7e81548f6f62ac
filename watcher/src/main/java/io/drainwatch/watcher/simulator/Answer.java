package io.drainwatch.watcher.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer and how it gets onto the wire.
 *
 * @param delay before its first byte
 */
record Answer(
    int status,
    String contentType,
    String body,
    Optional<Duration> retryAfter,
    Duration delay,
    Delivery delivery) {

  static final String JSON = "application/json; charset=utf-8";
  static final String TEXT = "text/plain; charset=utf-8";
  static final String HTML = "text/html; charset=utf-8";

  /** How the body goes out. */
  sealed interface Delivery {
    record Whole() implements Delivery {}

    /** Half of it, then the end of the connection. */
    record CutOff() implements Delivery {}

    /** Half of it, a pause, then the end of the connection. */
    record Stalled(Duration pause) implements Delivery {}

    /** The end of the connection, and no answer at all. */
    record Closed() implements Delivery {}
  }

  static Answer of(int status, String contentType, String body) {
    return new Answer(
        status, contentType, body, Optional.empty(), Duration.ZERO, new Delivery.Whole());
  }

  static Answer json(int status, JsonNode body) {
    return of(status, JSON, body.toString());
  }

  static Answer error(int status, String text) {
    return json(status, JsonNodeFactory.instance.objectNode().put("error", text));
  }

  Answer withRetryAfter(Optional<Duration> time) {
    return new Answer(status, contentType, body, time, delay, delivery);
  }

  Answer after(Duration longer) {
    return new Answer(status, contentType, body, retryAfter, delay.plus(longer), delivery);
  }

  Answer delivered(Delivery other) {
    return new Answer(status, contentType, body, retryAfter, delay, other);
  }

  Answer withBody(String other) {
    return new Answer(status, contentType, other, retryAfter, delay, delivery);
  }

  /** As the client sees it: none if there is no answer. */
  int visibleStatus() {
    return delivery instanceof Delivery.Closed ? 0 : status;
  }
}
