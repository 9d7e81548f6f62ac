package io.drainwatch.drainer.scaledown;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** JSON of which only what it says matters: keys in order, no white space. */
final class CanonicalJson {
  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  private CanonicalJson() {}

  static String of(JsonNode json) {
    try {
      return SORTED.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can be written", e);
    }
  }

  /** An object of these fields, each with its JSON. */
  static String of(Map<String, String> fields) {
    ObjectNode all = SORTED.createObjectNode();
    fields.forEach((name, json) -> all.set(name, tree(json)));
    return of(all);
  }

  private static JsonNode tree(String json) {
    try {
      return SORTED.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read as JSON is JSON", e);
    }
  }
}
