package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** The API server's JSON. */
final class ApiJson {
  static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  // the bulk of Nodes and pods, none of which the drain looks at
  static final Set<String> DROPPED =
      Set.of(
          "managedFields",
          "images",
          "containers",
          "initContainers",
          "ephemeralContainers",
          "containerStatuses",
          "initContainerStatuses",
          "ephemeralContainerStatuses");

  /** The same, where it matters how a pod's containers fare. */
  static final Set<String> DROPPED_BUT_STATUSES =
      Set.of("managedFields", "containers", "initContainers", "ephemeralContainers");

  /** The same, where it matters too which of them are sidecars. */
  static final Set<String> DROPPED_BUT_BEGINNINGS =
      Set.of("managedFields", "containers", "ephemeralContainers");

  private ApiJson() {}

  static Optional<JsonNode> read(byte[] body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can be written", e);
    }
  }

  /** The value that the parser stands on, without the lists that nobody needs. */
  static JsonNode read(JsonParser parser) throws IOException {
    return read(parser, DROPPED);
  }

  /** The value that the parser stands on, without lists of these names. */
  static JsonNode read(JsonParser parser, Set<String> dropped) throws IOException {
    JsonNodeFactory nodes = MAPPER.getNodeFactory();
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, dropped);
      case START_ARRAY -> array(parser, dropped);
      case VALUE_STRING -> nodes.textNode(parser.getText());
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? nodes.numberNode(parser.getBigIntegerValue())
              : nodes.numberNode(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_NULL -> nodes.nullNode();
      case null, default -> throw new IOException("cut off");
    };
  }

  private static JsonNode object(JsonParser parser, Set<String> dropped) throws IOException {
    ObjectNode node = MAPPER.createObjectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.START_ARRAY && dropped.contains(name)) {
        parser.skipChildren();
      } else {
        node.set(name, read(parser, dropped));
      }
    }
    return node;
  }

  private static JsonNode array(JsonParser parser, Set<String> dropped) throws IOException {
    ArrayNode node = MAPPER.createArrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      node.add(read(parser, dropped));
    }
    return node;
  }
}
