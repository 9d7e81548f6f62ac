package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.nodes.Announcement;
import io.drainwatch.drainer.nodes.ConditionType;
import io.drainwatch.drainer.nodes.NodeCondition;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeReadiness;
import io.drainwatch.drainer.nodes.NodeTaint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A Node as the API gives it; no more of it is kept than the drain needs. */
final class NodeReader {
  private static final String OURS = "drainwatch.io/";

  /** Other tools keep whole objects in annotations; nobody here reads those. */
  private static final int LONGEST_FOREIGN_VALUE = 1_024;

  private NodeReader() {}

  /** Empty: this is no Node. */
  static Optional<NodeFacts> read(JsonNode json) {
    Fields node = Fields.of(json);
    Fields metadata = node.at("metadata");
    String uid = metadata.text("uid");
    String version = metadata.text("resourceVersion");
    String name = metadata.text("name");
    if (uid.isBlank() || version.isBlank() || name.isBlank()) {
      return Optional.empty();
    }
    Fields spec = node.at("spec");
    Fields status = node.at("status");
    List<Fields> conditions = status.list("conditions");
    return Optional.of(
        new NodeFacts(
            name,
            uid,
            version,
            spec.flag("unschedulable"),
            metadata.map("labels"),
            annotations(metadata),
            spec.list("taints").stream().map(NodeReader::taint).toList(),
            conditions.stream().flatMap(each -> condition(each).stream()).toList(),
            readiness(conditions),
            status.at("nodeInfo").text("bootID"),
            spec.text("providerID"),
            conditions.stream().flatMap(each -> announcement(each).stream()).toList()));
  }

  /** As {@link #read}, of an answer that should be a Node. */
  static Optional<NodeFacts> read(Reply.Http http) {
    return http.json()
        .filter(json -> json.path("kind").asText().equals("Node"))
        .flatMap(NodeReader::read);
  }

  private static Map<String, String> annotations(Fields metadata) {
    return metadata.map("annotations").entrySet().stream()
        .filter(
            each ->
                each.getKey().startsWith(OURS) || each.getValue().length() <= LONGEST_FOREIGN_VALUE)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static NodeTaint taint(Fields taint) {
    return new NodeTaint(
        taint.text("key"),
        taint.text("value"),
        taint.text("effect"),
        taint.optionalText("timeAdded"));
  }

  private static Optional<NodeCondition> condition(Fields condition) {
    return ConditionType.of(condition.text("type"))
        .map(
            type ->
                new NodeCondition(
                    type,
                    condition.text("status").equals("True"),
                    condition.text("reason"),
                    condition.text("message"),
                    condition.moment("lastTransitionTime").orElse(Instant.EPOCH)));
  }

  private static Optional<Announcement> announcement(Fields condition) {
    String type = condition.text("type");
    return Announcement.TYPES.contains(type)
        ? Optional.of(
            new Announcement(
                type,
                condition.text("status"),
                condition.text("reason"),
                condition.text("message"),
                condition.moment("lastTransitionTime")))
        : Optional.empty();
  }

  private static NodeReadiness readiness(List<Fields> conditions) {
    return conditions.stream()
        .filter(each -> each.text("type").equals("Ready"))
        .findFirst()
        .map(
            ready ->
                new NodeReadiness(
                    ready.text("status").equals("True"),
                    ready.moment("lastTransitionTime"),
                    ready.moment("lastHeartbeatTime")))
        .orElse(NodeReadiness.UNKNOWN);
  }
}
