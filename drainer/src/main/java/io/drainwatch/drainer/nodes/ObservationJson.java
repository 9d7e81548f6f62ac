package io.drainwatch.drainer.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** The observation to the annotation's text, at most 8 KiB, and back. */
public final class ObservationJson {
  private static final DoneBefore<String, ObservationText> READ =
      new DoneBefore<>(ObservationJson::parsed, String::hashCode);

  private ObservationJson() {}

  public static String write(ObservationNote note) {
    ObservationNote fitting = note;
    ObjectNode node = tree(fitting);
    while (!BoundedJson.fits(node)) {
      ObservationNote shorter = ObservationCut.once(fitting);
      if (shorter.equals(fitting)) {
        throw new IllegalStateException("an observation with nothing to cut fits");
      }
      fitting = shorter;
      node = tree(fitting);
    }
    return BoundedJson.text(node);
  }

  private static ObjectNode tree(ObservationNote note) {
    ObjectNode node = BoundedJson.MAPPER.createObjectNode();
    node.put("v", ObservationNote.VERSION);
    BoundedJson.put(node, "vmId", note.vmId());
    node.put("vmName", note.vmName()).put("bootID", note.bootId());
    node.put("incarnation", note.incarnation()).put("readAt", note.readAt().toString());
    node.put("health", note.health().word());
    NodePartsJson.events(node, note.events());
    BoundedJson.put(node, "missing", note.missing());
    BoundedJson.put(node, "gone", note.gone());
    if (!note.acks().isEmpty()) {
      ArrayNode acks = node.putArray("acks");
      note.acks()
          .forEach(
              ack ->
                  acks.addObject()
                      .put("id", ack.id())
                      .put("at", ack.at().toString())
                      .put("status", ack.status()));
    }
    if (!note.hooks().isEmpty()) {
      ArrayNode hooks = node.putArray("hooks");
      note.hooks()
          .forEach(
              hook ->
                  hooks
                      .addObject()
                      .put("episode", hook.episode())
                      .put("hook", hook.hook())
                      .put("outcome", hook.outcome().word())
                      .put("at", hook.at().toString())
                      .put("reason", hook.reason()));
    }
    NodePartsJson.more(node, note.more());
    return node;
  }

  /** Whatever stands there: an answer, never an exception. */
  public static ObservationText read(String text) {
    return NodeText.isTooLong(text) ? parsed(text) : READ.of(text); // not ours, not worth keeping
  }

  private static ObservationText parsed(String text) {
    try {
      JsonNode node = BoundedJson.object(text, ObservationNote.VERSION);
      return new ObservationText.Read(note(node));
    } catch (BoundedJson.UnreadableException | IllegalArgumentException e) {
      return new ObservationText.Unreadable(NodeText.plain(String.valueOf(e.getMessage()), 200));
    }
  }

  private static ObservationNote note(JsonNode node) {
    JsonNode incarnation = node.path("incarnation");
    return new ObservationNote(
        BoundedJson.optional(node, "vmId"),
        BoundedJson.required(node, "vmName"),
        BoundedJson.required(node, "bootID"),
        incarnation.canConvertToLong() ? incarnation.longValue() : 0,
        moment(node, "readAt"),
        BoundedJson.word(node, "health", ObservationNote.Health::of),
        NodePartsJson.events(node),
        BoundedJson.texts(node, "missing"),
        BoundedJson.texts(node, "gone"),
        BoundedJson.list(
            node,
            "acks",
            ack ->
                new ObservationNote.Ack(
                    BoundedJson.required(ack, "id"),
                    moment(ack, "at"),
                    BoundedJson.number(ack, "status"))),
        BoundedJson.list(
            node,
            "hooks",
            hook ->
                new ObservationNote.HookNote(
                    BoundedJson.required(hook, "episode"),
                    BoundedJson.required(hook, "hook"),
                    BoundedJson.word(hook, "outcome", ObservationNote.HookOutcome::of),
                    moment(hook, "at"),
                    BoundedJson.optional(hook, "reason").orElse(""))),
        BoundedJson.number(node, "more"));
  }

  private static Instant moment(JsonNode node, String key) {
    return BoundedJson.moment(node, key)
        .orElseThrow(() -> new BoundedJson.UnreadableException("without " + key));
  }
}
