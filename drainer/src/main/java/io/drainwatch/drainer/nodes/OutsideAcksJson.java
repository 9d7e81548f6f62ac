package io.drainwatch.drainer.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What was acknowledged from outside to the annotation's text, and back. */
final class OutsideAcksJson {
  private static final int VERSION = 1;

  private OutsideAcksJson() {}

  static String write(OutsideAcks outside) {
    ObjectNode node = BoundedJson.MAPPER.createObjectNode();
    node.put("v", VERSION).put("episode", outside.episode());
    ArrayNode list = node.putArray("acks");
    for (OutsideAck ack : outside.acks()) {
      ObjectNode each = list.addObject();
      each.put("id", ack.eventId()).put("at", ack.at().toString()).put("tries", ack.tries());
      ack.status().ifPresent(status -> each.put("status", status));
      each.put("holder", ack.holder());
      BoundedJson.put(each, "notBefore", ack.notBefore());
      if (ack.earlier()) {
        each.put("earlier", true);
      }
    }
    return BoundedJson.text(node);
  }

  /** Empty for anything else. */
  static Optional<OutsideAcks> read(String text) {
    try {
      JsonNode node = BoundedJson.object(text, VERSION);
      return Optional.of(
          new OutsideAcks(
              BoundedJson.required(node, "episode"),
              BoundedJson.list(node, "acks", OutsideAcksJson::ack)));
    } catch (BoundedJson.UnreadableException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static OutsideAck ack(JsonNode node) {
    return new OutsideAck(
        BoundedJson.required(node, "id"),
        BoundedJson.moment(node, "at")
            .orElseThrow(() -> new BoundedJson.UnreadableException("without at")),
        BoundedJson.number(node, "tries"),
        node.has("status") ? Optional.of(BoundedJson.number(node, "status")) : Optional.empty(),
        BoundedJson.required(node, "holder"),
        BoundedJson.moment(node, "notBefore"),
        node.path("earlier").asBoolean(false));
  }
}
