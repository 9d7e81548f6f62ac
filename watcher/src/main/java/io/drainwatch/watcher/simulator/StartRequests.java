package io.drainwatch.watcher.simulator;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the body of an acknowledgement (section 6); other fields in it do not matter. */
final class StartRequests {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StartRequests() {}

  /** The ids in their order, or nothing if it is malformed; an empty list counts as malformed. */
  static Optional<List<String>> read(String body) {
    JsonNode requests;
    try {
      requests = JSON.readTree(body).path("StartRequests");
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
    List<String> ids = new ArrayList<>();
    for (JsonNode request : requests) {
      String id = request.path("EventId").asText();
      if (id.isBlank()) {
        return Optional.empty();
      }
      ids.add(id);
    }
    return requests.isArray() && !ids.isEmpty() ? Optional.of(ids) : Optional.empty();
  }
}
