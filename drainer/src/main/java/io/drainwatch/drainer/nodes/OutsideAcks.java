package io.drainwatch.drainer.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the drainer has acknowledged from outside for one episode, as it stands on the Node beside
 * the record: written before a request leaves, and again with its answer.
 *
 * @param episode of the record
 * @param acks one for each event at most
 */
public record OutsideAcks(String episode, List<OutsideAck> acks) {
  private static final int VERSION = 1;

  /** An episode of more events is nobody's. */
  private static final int MOST = 16;

  public OutsideAcks {
    acks = List.copyOf(acks);
  }

  /** Empty: what stands there cannot be read, so what was sent is not known. */
  public static Optional<OutsideAcks> on(NodeFacts node, String episode) {
    OutsideAcks none = new OutsideAcks(episode, List.of());
    Optional<String> text = node.annotation(NodeKeys.ACKNOWLEDGED);
    if (text.isEmpty()) {
      return Optional.of(none);
    }
    try {
      OutsideAcks read = read(text.get());
      return Optional.of(read.episode.equals(episode) ? read : none);
    } catch (BoundedJson.UnreadableException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Those of the record on the Node; none where nothing of it can be read. */
  public static List<OutsideAck> told(NodeFacts node, NodeRecord record) {
    return on(node, record.episode()).map(OutsideAcks::acks).orElse(List.of());
  }

  public Optional<OutsideAck> of(String eventId) {
    return acks.stream().filter(each -> each.eventId().equalsIgnoreCase(eventId)).findFirst();
  }

  public OutsideAcks with(OutsideAck ack) {
    List<OutsideAck> more = new ArrayList<>(acks);
    more.removeIf(each -> each.eventId().equalsIgnoreCase(ack.eventId()));
    more.add(ack);
    return new OutsideAcks(episode, more.subList(Math.max(0, more.size() - MOST), more.size()));
  }

  String write() {
    ObjectNode node = BoundedJson.MAPPER.createObjectNode();
    node.put("v", VERSION).put("episode", episode);
    ArrayNode list = node.putArray("acks");
    for (OutsideAck ack : acks) {
      ObjectNode each = list.addObject();
      each.put("id", ack.eventId()).put("at", ack.at().toString()).put("tries", ack.tries());
      ack.status().ifPresent(status -> each.put("status", status));
      each.put("holder", ack.holder());
      BoundedJson.put(each, "notBefore", ack.notBefore());
    }
    return BoundedJson.text(node);
  }

  private static OutsideAcks read(String text) {
    JsonNode node = BoundedJson.object(text, VERSION);
    return new OutsideAcks(
        BoundedJson.required(node, "episode"), BoundedJson.list(node, "acks", OutsideAcks::ack));
  }

  private static OutsideAck ack(JsonNode node) {
    return new OutsideAck(
        BoundedJson.required(node, "id"),
        BoundedJson.moment(node, "at")
            .orElseThrow(() -> new BoundedJson.UnreadableException("without at")),
        BoundedJson.number(node, "tries"),
        node.has("status") ? Optional.of(BoundedJson.number(node, "status")) : Optional.empty(),
        BoundedJson.required(node, "holder"),
        BoundedJson.moment(node, "notBefore"));
  }
}
