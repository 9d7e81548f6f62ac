package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One page of a list. Read object by object: a page of 500 Nodes is 10 MB of JSON, of which little
 * is kept.
 *
 * @param next the token of the page after it; empty: this was the last
 */
record Page<T>(List<T> items, String version, String next) {
  Page {
    items = List.copyOf(items);
  }

  /**
   * @param dropped names of lists in an object that nobody needs
   * @param translate empty: that object is not what it should be, nor is the list then
   */
  static <T> Page<T> read(
      InputStream body, String kind, Set<String> dropped, Function<JsonNode, Optional<T>> translate)
      throws IOException {
    try (JsonParser parser = ApiJson.MAPPER.createParser(body)) {
      List<T> items = new ArrayList<>();
      JsonNode metadata = MissingNode.getInstance();
      String found = "";
      require(parser.nextToken() == JsonToken.START_OBJECT, "no JSON object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "kind" -> found = parser.getValueAsString("");
          case "metadata" -> metadata = ApiJson.read(parser);
          case "items" -> addAll(parser, items, dropped, translate);
          default -> parser.skipChildren();
        }
      }
      require(parser.currentToken() == JsonToken.END_OBJECT, "cut off");
      require(parser.nextToken() == null, "more than one object");
      require(found.equals(kind), "no " + kind + " but '" + Line.cut(found, 80) + "'");
      String version = metadata.path("resourceVersion").asText("");
      require(!version.isEmpty(), "a list without a version");
      return new Page<>(items, version, metadata.path("continue").asText(""));
    }
  }

  private static <T> void addAll(
      JsonParser parser,
      List<T> items,
      Set<String> dropped,
      Function<JsonNode, Optional<T>> translate)
      throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return; // how Go writes an empty list
    }
    require(parser.currentToken() == JsonToken.START_ARRAY, "items is no list");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Optional<T> item = translate.apply(ApiJson.read(parser, dropped));
      require(item.isPresent(), "an object without name, uid or version");
      item.ifPresent(items::add);
    }
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
