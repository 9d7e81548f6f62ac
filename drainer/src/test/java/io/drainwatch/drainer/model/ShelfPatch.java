package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON patch, of the operations that are sent here. */
final class ShelfPatch {
  private ShelfPatch() {}

  /** False: what it tests does not hold. */
  static boolean apply(ObjectNode object, JsonNode patch) {
    for (JsonNode each : patch) {
      String path = each.path("path").asText();
      String last = path.substring(path.lastIndexOf('/') + 1);
      switch (each.path("op").asText()) {
        case "test" -> {
          if (!object.at(path).equals(each.path("value"))) {
            return false;
          }
        }
        case "remove" ->
            ((ArrayNode) object.at(path.substring(0, path.lastIndexOf('/'))))
                .remove(Integer.parseInt(last));
        default -> {
          JsonNode parent = object.at(path.substring(0, path.lastIndexOf('/')));
          if (parent instanceof ArrayNode list) {
            list.add(each.path("value"));
          } else {
            ((ObjectNode) parent).set(last, each.path("value"));
          }
        }
      }
    }
    return true;
  }
}
