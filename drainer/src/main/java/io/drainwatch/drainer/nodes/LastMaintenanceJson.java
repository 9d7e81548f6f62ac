package io.drainwatch.drainer.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The summary to the annotation's text, at most 8 KiB, and back. */
public final class LastMaintenanceJson {
  private LastMaintenanceJson() {}

  public static String write(LastMaintenance last) {
    List<DrainNote.Left> left = last.left();
    List<String> events = last.events();
    int more = last.more();
    ObjectNode node = tree(last, events, left, more);
    for (int excess = BoundedJson.excess(node); excess > 0; excess = BoundedJson.excess(node)) {
      if (left.isEmpty()) {
        events = RecordCut.shorter(events);
        more++;
      } else {
        List<DrainNote.Left> fewer = RecordCut.without(left, excess);
        more += left.size() - fewer.size();
        left = fewer;
      }
      node = tree(last, events, left, more);
    }
    return BoundedJson.text(node);
  }

  private static ObjectNode tree(
      LastMaintenance last, List<String> events, List<DrainNote.Left> left, int more) {
    ObjectNode node = BoundedJson.MAPPER.createObjectNode();
    node.put("v", NodeRecord.VERSION).put("episode", last.episode());
    NodePartsJson.machine(node, last.machine());
    BoundedJson.put(node, "events", events);
    node.put("type", last.type()).put("ending", last.ending().word());
    node.put("endedAt", last.endedAt().toString());
    BoundedJson.put(node, "startedAt", last.drainStartedAt());
    NodePartsJson.counts(node, last.counts());
    NodePartsJson.left(node, left);
    NodePartsJson.more(node, more);
    return node;
  }

  /** Empty for anything else, such as a record that was kept aside. */
  static Optional<LastMaintenance> read(String text) {
    try {
      JsonNode node = BoundedJson.object(text, NodeRecord.VERSION);
      return Optional.of(
          new LastMaintenance(
              BoundedJson.required(node, "episode"),
              NodePartsJson.machine(node),
              BoundedJson.texts(node, "events"),
              BoundedJson.optional(node, "type").orElse(""),
              BoundedJson.word(node, "ending", LastMaintenance.Ending::of),
              BoundedJson.moment(node, "endedAt")
                  .orElseThrow(() -> new BoundedJson.UnreadableException("without endedAt")),
              BoundedJson.moment(node, "startedAt"),
              NodePartsJson.counts(node),
              NodePartsJson.left(node),
              BoundedJson.number(node, "more")));
    } catch (BoundedJson.UnreadableException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
