package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.evictions.ApiStatus;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionAnswer.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Answers to requests for pods, and the {@code Status} in them. */
final class StatusReader {
  private static final int MOST_CAUSES = 20;

  private StatusReader() {}

  static EvictionAnswer answer(Reply reply) {
    return switch (reply) {
      case Reply.None(EvictionAnswer.Failure failure, String text) ->
          new EvictionAnswer.Failed(failure, text);
      case Reply.Http http ->
          new EvictionAnswer.Http(http.status(), body(http), http.head().retryAfter());
    };
  }

  private static Body body(Reply.Http http) {
    Optional<JsonNode> json = http.json();
    if (json.isEmpty() || !json.get().isObject()) {
      return new Body.Unreadable(http.beginning());
    }
    return read(json.get()).<Body>map(Body.StatusBody::new).orElseGet(Body.OtherJson::new);
  }

  static Optional<ApiStatus> read(JsonNode json) {
    if (!json.path("kind").asText().equals("Status")) {
      return Optional.empty();
    }
    JsonNode details = json.path("details");
    JsonNode seconds = details.path("retryAfterSeconds");
    return Optional.of(
        new ApiStatus(
            text(json, "status"),
            text(json, "reason"),
            json.path("code").asInt(0),
            text(json, "message"),
            text(details, "kind"),
            text(details, "name"),
            seconds.isIntegralNumber() && seconds.canConvertToInt() && seconds.intValue() >= 0
                ? OptionalInt.of(seconds.intValue())
                : OptionalInt.empty(),
            causes(details.path("causes"))));
  }

  private static List<ApiStatus.Cause> causes(JsonNode list) {
    List<ApiStatus.Cause> causes = new ArrayList<>();
    for (JsonNode each : list) {
      if (causes.size() < MOST_CAUSES) {
        causes.add(new ApiStatus.Cause(text(each, "reason"), text(each, "message")));
      }
    }
    return causes;
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).isTextual() ? node.path(key).textValue() : "";
  }
}
