package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An object's fields by their path. What is absent or null is empty; what is not of the expected
 * kind is empty too, and its path is noted. Never throws.
 */
final class Fields {
  private static final int MOST_NOTED = 20;

  private final JsonNode node;
  private final String path;
  private final List<String> unreadable;

  private Fields(JsonNode node, String path, List<String> unreadable) {
    this.node = node;
    this.path = path;
    this.unreadable = unreadable;
  }

  static Fields of(JsonNode node) {
    return new Fields(node, "", new ArrayList<>());
  }

  List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  Fields at(String key) {
    JsonNode child = present(key);
    if (!child.isMissingNode() && !child.isObject()) {
      note(key);
    }
    return new Fields(child, path + key + ".", unreadable);
  }

  String text(String key) {
    return optionalText(key).orElse("");
  }

  Optional<String> optionalText(String key) {
    JsonNode child = present(key);
    if (child.isMissingNode()) {
      return Optional.empty();
    }
    if (!child.isTextual()) {
      note(key);
      return Optional.empty();
    }
    return Optional.of(child.textValue());
  }

  boolean flag(String key) {
    JsonNode child = present(key);
    if (!child.isMissingNode() && !child.isBoolean()) {
      note(key);
    }
    return child.booleanValue();
  }

  OptionalLong number(String key) {
    JsonNode child = present(key);
    if (child.isMissingNode()) {
      return OptionalLong.empty();
    }
    if (!child.isIntegralNumber() || !child.canConvertToLong()) {
      note(key);
      return OptionalLong.empty();
    }
    return OptionalLong.of(child.longValue());
  }

  Optional<Instant> moment(String key) {
    Optional<String> text = optionalText(key);
    try {
      return text.map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    } catch (DateTimeException e) {
      note(key);
      return Optional.empty();
    }
  }

  /** Of objects. */
  List<Fields> list(String key) {
    List<Fields> all = new ArrayList<>();
    int index = 0;
    for (JsonNode each : array(key)) {
      if (each.isObject()) {
        all.add(new Fields(each, path + key + "[" + index + "].", unreadable));
      } else {
        note(key + "[" + index + "]");
      }
      index++;
    }
    return all;
  }

  List<String> texts(String key) {
    List<String> all = new ArrayList<>();
    for (JsonNode each : array(key)) {
      if (each.isTextual()) {
        all.add(each.textValue());
      } else {
        note(key);
      }
    }
    return all;
  }

  /** Labels and the like. */
  Map<String, String> map(String key) {
    JsonNode child = at(key).node;
    Map<String, String> all = new HashMap<>();
    child
        .properties()
        .forEach(
            each -> {
              if (each.getValue().isTextual()) {
                all.put(each.getKey(), each.getValue().textValue());
              } else {
                note(key + "." + Line.cut(each.getKey(), 80));
              }
            });
    return all;
  }

  /** The names of its fields that are not null. */
  List<String> names() {
    return node.properties().stream()
        .filter(each -> !each.getValue().isNull())
        .map(Map.Entry::getKey)
        .toList();
  }

  private Iterable<JsonNode> array(String key) {
    JsonNode child = present(key);
    if (child.isMissingNode()) {
      return List.of();
    }
    if (!child.isArray()) {
      note(key);
      return List.of();
    }
    return child;
  }

  private JsonNode present(String key) {
    JsonNode child = node.path(key);
    return child.isNull() ? MissingNode.getInstance() : child;
  }

  private void note(String key) {
    if (unreadable.size() < MOST_NOTED) {
      unreadable.add(path + key);
    }
  }
}
