package io.drainwatch.drainer.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The outbox as JSON objects, one for the ids that are known and one for each entry. */
public final class NoticeJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private NoticeJson() {}

  public static List<ObjectNode> write(Outbox outbox) {
    List<ObjectNode> all = new ArrayList<>();
    ObjectNode first = NODES.objectNode().put("v", 1);
    ArrayNode known = first.putArray("known");
    outbox.known().forEach(known::add);
    all.add(first);
    for (Outbox.Entry entry : outbox.entries()) {
      ObjectNode json = NODES.objectNode().put("v", 1);
      ArrayNode open = json.putArray("open");
      entry.open().stream().sorted().forEach(open::add);
      json.set("notice", write(entry.notice()));
      all.add(json);
    }
    return all;
  }

  /** What cannot be read is left out. */
  public static Outbox read(List<? extends JsonNode> lines) {
    List<String> known = new ArrayList<>();
    List<Outbox.Entry> entries = new ArrayList<>();
    for (JsonNode line : lines) {
      line.path("known").forEach(id -> known.add(id.asText()));
      Set<String> open = new HashSet<>();
      line.path("open").forEach(sink -> open.add(sink.asText()));
      if (!open.isEmpty()) {
        readNotice(line.path("notice"))
            .ifPresent(notice -> entries.add(new Outbox.Entry(notice, open)));
      }
    }
    return new Outbox(entries, known);
  }

  /** The facts of a notice; absent ones are left out. */
  public static ObjectNode write(Notice notice) {
    ObjectNode json = NODES.objectNode();
    json.put("id", notice.id());
    json.put("notice", notice.kind().word());
    json.put("at", notice.at().toString());
    json.put("vm", notice.subject().vm());
    notice.subject().node().ifPresent(node -> json.put("node", node));
    notice.subject().pool().ifPresent(pool -> json.put("pool", pool));
    json.put("dryRun", notice.subject().dryRun());
    json.put("maintenance", notice.episode());
    json.put("eventId", notice.eventId());
    json.put("eventType", notice.eventType());
    notice.notBefore().ifPresent(at -> json.put("notBefore", at.toString()));
    notice.deadline().ifPresent(at -> json.put("deadline", at.toString()));
    notice.timeLeft().ifPresent(left -> json.put("timeLeftSeconds", left.toSeconds()));
    json.put("text", notice.headline());
    json.put("cause", notice.cause());
    json.put("next", notice.next());
    return json;
  }

  private static Optional<Notice> readNotice(JsonNode json) {
    try {
      return NoticeKind.of(json.path("notice").asText())
          .map(
              kind ->
                  new Notice(
                      json.path("id").asText(),
                      kind,
                      Instant.parse(json.path("at").asText()),
                      new Subject(
                          json.path("vm").asText(),
                          text(json, "node"),
                          text(json, "pool"),
                          json.path("dryRun").asBoolean()),
                      json.path("maintenance").asText(),
                      json.path("eventId").asText(),
                      json.path("eventType").asText(),
                      text(json, "notBefore").map(Instant::parse),
                      text(json, "deadline").map(Instant::parse),
                      text(json, "timeLeftSeconds").map(Long::parseLong).map(Duration::ofSeconds),
                      json.path("cause").asText(),
                      json.path("next").asText()));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonNode json, String name) {
    return json.hasNonNull(name) ? Optional.of(json.path(name).asText()) : Optional.empty();
  }
}
