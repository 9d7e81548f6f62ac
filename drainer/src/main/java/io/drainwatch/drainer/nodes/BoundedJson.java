package io.drainwatch.drainer.nodes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What reading and writing the annotations have in common. */
final class BoundedJson {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private BoundedJson() {}

  /** A text that is not what was expected; does not leave this package's JSON. */
  static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String why) {
      super(why);
    }
  }

  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can be written", e);
    }
  }

  static boolean fits(JsonNode node) {
    return excess(node) <= 0;
  }

  /** Bytes that it takes too many. */
  static int excess(JsonNode node) {
    return NodeText.excess(text(node));
  }

  /** An object of this version or an older one. */
  static JsonNode object(String text, int newest) {
    if (NodeText.isTooLong(text) || NodeText.bytes(text) > NodeText.MOST_BYTES) {
      throw new UnreadableException("longer than we write: " + text.length() + " characters");
    }
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UnreadableException("not JSON: " + e.getClass().getSimpleName());
    }
    if (!node.isObject()) {
      throw new UnreadableException("not a JSON object but " + node.getNodeType());
    }
    JsonNode version = node.path("v");
    if (!version.isInt() || version.intValue() < 0) {
      throw new UnreadableException("no version");
    }
    if (version.intValue() > newest) {
      throw new UnreadableException(
          "version " + version.intValue() + ", this Drainwatch knows " + newest);
    }
    return node;
  }

  static String required(JsonNode node, String key) {
    return optional(node, key).orElseThrow(() -> new UnreadableException("without " + key));
  }

  static Optional<String> optional(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new UnreadableException(key + " is no text");
    }
    return Optional.of(value.textValue());
  }

  static boolean flag(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw new UnreadableException(key + " is neither true nor false");
    }
    return value.booleanValue();
  }

  static int number(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return 0;
    }
    if (!value.isInt() || value.intValue() < 0) {
      throw new UnreadableException(key + " is no number of things");
    }
    return value.intValue();
  }

  static Optional<Instant> moment(JsonNode node, String key) {
    return parsed(node, key, Instant::parse);
  }

  static Optional<Duration> duration(JsonNode node, String key) {
    return parsed(node, key, Duration::parse);
  }

  private static <T> Optional<T> parsed(JsonNode node, String key, Function<String, T> parse) {
    try {
      return optional(node, key).map(parse);
    } catch (DateTimeException e) {
      throw new UnreadableException(key + " is no time");
    }
  }

  static <T> T word(JsonNode node, String key, Function<String, Optional<T>> known) {
    return known
        .apply(required(node, key))
        .orElseThrow(() -> new UnreadableException(key + " is an unknown word"));
  }

  static <T> List<T> list(JsonNode node, String key, Function<JsonNode, T> each) {
    JsonNode array = node.path(key);
    if (!array.isMissingNode() && !array.isNull() && !array.isArray()) {
      throw new UnreadableException(key + " is no list");
    }
    List<T> out = new ArrayList<>();
    for (JsonNode entry : array) {
      out.add(each.apply(entry));
    }
    return out;
  }

  static List<String> texts(JsonNode node, String key) {
    return list(
        node,
        key,
        entry -> {
          if (!entry.isTextual()) {
            throw new UnreadableException(key + " holds something else than texts");
          }
          return entry.textValue();
        });
  }

  static void put(ObjectNode node, String key, List<String> texts) {
    if (!texts.isEmpty()) {
      texts.forEach(node.putArray(key)::add);
    }
  }

  static void put(ObjectNode node, String key, Optional<?> value) {
    value.ifPresent(known -> node.put(key, known.toString()));
  }
}
