package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.evictions.ApiStatus;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What came of one request. */
sealed interface Reply {

  /**
   * @param head status and headers as they came
   * @param isWhole false: the body was cut off, by its sender, the network or our bound
   */
  record Http(Head head, byte[] body, boolean isWhole) implements Reply {
    int status() {
      return head.status();
    }

    /** The body, if it is complete and JSON. */
    Optional<JsonNode> json() {
      return isWhole ? ApiJson.read(body) : Optional.empty();
    }

    Optional<ApiStatus> apiStatus() {
      return json().flatMap(StatusReader::read);
    }

    /** The server itself, not something before it, says that there is no such object. */
    boolean isAbsent(String kind, String name) {
      return status() == 404
          && apiStatus()
              .filter(it -> it.reason().equals("NotFound"))
              .filter(it -> it.kind().isEmpty() || it.kind().equals(kind))
              .filter(it -> it.name().isEmpty() || it.name().equals(name))
              .isPresent();
    }

    String beginning() {
      return Line.of(new String(body, 0, Math.min(body.length, 1_024), StandardCharsets.UTF_8));
    }

    String why() {
      return "HTTP "
          + status()
          + " "
          + Line.of(apiStatus().map(ApiStatus::message).orElseGet(this::beginning));
    }
  }

  /** No answer, or not in time. */
  record None(EvictionAnswer.Failure failure, String text) implements Reply {}

  default String told() {
    return switch (this) {
      case Http http -> http.why();
      case None(EvictionAnswer.Failure failure, String text) -> failure + " " + text;
    };
  }
}
