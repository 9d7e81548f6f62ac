package io.drainwatch.drainer.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import java.util.List;

/** Parts that stand in more than one annotation. */
final class NodePartsJson {
  private NodePartsJson() {}

  static void machine(ObjectNode parent, NodeMachine machine) {
    ObjectNode node = parent.putObject("machine").put("nodeUID", machine.nodeUid());
    BoundedJson.put(node, "vmId", machine.vmId());
    node.put("bootID", machine.bootId());
  }

  static NodeMachine machine(JsonNode parent) {
    JsonNode node = parent.path("machine");
    return new NodeMachine(
        BoundedJson.required(node, "nodeUID"),
        BoundedJson.optional(node, "vmId"),
        BoundedJson.optional(node, "bootID").orElse(""));
  }

  static void events(ObjectNode parent, List<NodeEvent> events) {
    var array = parent.putArray("events");
    for (NodeEvent event : events) {
      ObjectNode node =
          array
              .addObject()
              .put("id", event.id())
              .put("type", event.type())
              .put("status", status(event.status()));
      BoundedJson.put(node, "notBefore", event.notBefore());
      node.put("source", event.source().word());
      BoundedJson.put(node, "resources", event.resources());
      BoundedJson.put(node, "duration", event.duration());
    }
  }

  static List<NodeEvent> events(JsonNode parent) {
    return BoundedJson.list(
        parent,
        "events",
        node ->
            new NodeEvent(
                BoundedJson.required(node, "id"),
                BoundedJson.optional(node, "type").orElse(""),
                status(BoundedJson.optional(node, "status").orElse("")),
                BoundedJson.moment(node, "notBefore"),
                source(BoundedJson.optional(node, "source").orElse("")),
                BoundedJson.texts(node, "resources"),
                BoundedJson.duration(node, "duration")));
  }

  private static String status(EventStatus status) {
    return switch (status) {
      case SCHEDULED -> "Scheduled";
      case STARTED -> "Started";
      case UNKNOWN -> "unknown";
    };
  }

  private static EventStatus status(String word) {
    return switch (word) {
      case "Scheduled" -> EventStatus.SCHEDULED;
      case "Started" -> EventStatus.STARTED;
      default -> EventStatus.UNKNOWN;
    };
  }

  private static EventSource source(String word) {
    for (EventSource source : EventSource.values()) {
      if (source.word().equals(word)) {
        return source;
      }
    }
    return EventSource.UNKNOWN;
  }

  static void counts(ObjectNode parent, DrainNote.Counts counts) {
    parent
        .putObject("counts")
        .put("pods", counts.pods())
        .put("gone", counts.gone())
        .put("blocked", counts.blocked())
        .put("forced", counts.forced())
        .put("recordons", counts.recordons());
  }

  static DrainNote.Counts counts(JsonNode parent) {
    JsonNode node = parent.path("counts");
    return new DrainNote.Counts(
        BoundedJson.number(node, "pods"),
        BoundedJson.number(node, "gone"),
        BoundedJson.number(node, "blocked"),
        BoundedJson.number(node, "forced"),
        BoundedJson.number(node, "recordons"));
  }

  static void left(ObjectNode parent, List<DrainNote.Left> left) {
    if (!left.isEmpty()) {
      var array = parent.putArray("left");
      left.forEach(each -> array.addObject().put("pod", each.pod()).put("why", each.why()));
    }
  }

  static List<DrainNote.Left> left(JsonNode parent) {
    return BoundedJson.list(
        parent,
        "left",
        node ->
            new DrainNote.Left(
                BoundedJson.required(node, "pod"), BoundedJson.optional(node, "why").orElse("")));
  }

  static void more(ObjectNode parent, int more) {
    if (more > 0) {
      parent.put("more", more);
    }
  }
}
