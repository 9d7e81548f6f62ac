package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Whether the API server can evict. Asked until it says yes, at most once a minute. */
final class Discovery {
  private static final long AGAIN_NANOS = 60_000_000_000L;

  private final Wire wire;
  private boolean isKnown = true;
  private Optional<Long> askedAt = Optional.empty();
  private boolean isSettled;

  Discovery(Wire wire) {
    this.wire = wire;
  }

  synchronized boolean knowsEvictions() {
    long now = System.nanoTime();
    if (!isSettled && askedAt.filter(at -> now - at < AGAIN_NANOS).isEmpty()) {
      askedAt = Optional.of(now);
      look().ifPresent(known -> isKnown = known);
    }
    return isKnown;
  }

  private Optional<Boolean> look() {
    if (!(wire.ask(Asked.get("/api/v1")) instanceof Reply.Http http && http.status() == 200)) {
      return Optional.empty();
    }
    Optional<JsonNode> resources =
        http.json().map(json -> json.path("resources")).filter(JsonNode::isArray);
    if (resources.isEmpty()) {
      return Optional.empty();
    }
    for (JsonNode each : resources.get()) {
      if (each.path("name").asText("").equals("pods/eviction")) {
        isSettled = true;
        return Optional.of(true);
      }
    }
    return Optional.of(false);
  }
}
