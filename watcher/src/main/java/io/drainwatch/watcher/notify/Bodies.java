package io.drainwatch.watcher.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.notify.Notice;
import io.drainwatch.drainer.notify.NoticeJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A notice as each receiver wants it. Everything is built as JSON, and texts of the platform stand
 * only where the receiver reads plain text: no markup, no mention, no link can come of them.
 */
final class Bodies {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MOST_OF_TELEGRAM = 4_000;
  private static final int MOST_OF_SLACK = 3_000;

  private Bodies() {}

  /** CloudEvents 1.0, structured. */
  static String cloudEvent(Notice notice) {
    ObjectNode json = NODES.objectNode();
    json.put("specversion", "1.0");
    json.put("id", notice.id());
    json.put("source", "/drainwatch/" + encoded(notice.subject().vm()));
    json.put("type", "io.drainwatch.maintenance." + notice.kind().word());
    json.put("subject", notice.subject().name());
    json.put("time", notice.at().toString());
    json.put("datacontenttype", "application/json");
    json.set("data", NoticeJson.write(notice));
    return json.toString();
  }

  /** An incoming webhook: the first text is what a notification of the desktop shows. */
  static String slack(Notice notice) {
    ObjectNode json = NODES.objectNode();
    json.put("text", slackEscaped(sign(notice) + notice.headline()));
    ArrayNode blocks = json.putArray("blocks");
    List<String> lines = new ArrayList<>(List.of(sign(notice) + notice.headline()));
    facts(notice).forEach(fact -> lines.add(fact.getKey() + ": " + fact.getValue()));
    ObjectNode section = blocks.addObject().put("type", "section");
    section
        .putObject("text")
        .put("type", "plain_text")
        .put("text", cut(String.join("\n", lines), MOST_OF_SLACK))
        .put("emoji", false);
    return json.toString();
  }

  /** A workflow with an adaptive card. */
  static String teams(Notice notice) {
    ObjectNode json = NODES.objectNode().put("type", "message");
    ObjectNode attachment = json.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.putNull("contentUrl");
    ObjectNode card = attachment.putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard");
    card.put("version", "1.4");
    ArrayNode body = card.putArray("body");
    run(body, sign(notice) + notice.headline(), true);
    facts(notice).forEach(fact -> run(body, fact.getKey() + ": " + fact.getValue(), false));
    return json.toString();
  }

  // a TextBlock would read markdown
  private static void run(ArrayNode body, String text, boolean bold) {
    ObjectNode run = body.addObject().put("type", "RichTextBlock").putArray("inlines").addObject();
    run.put("type", "TextRun").put("text", text);
    if (bold) {
      run.put("weight", "Bolder");
    }
  }

  static String telegram(Notice notice, String chat) {
    List<String> lines = new ArrayList<>(List.of(sign(notice) + notice.headline()));
    facts(notice).forEach(fact -> lines.add(fact.getKey() + ": " + fact.getValue()));
    ObjectNode json = NODES.objectNode();
    json.put("chat_id", chat);
    json.put("text", cut(String.join("\n", lines), MOST_OF_TELEGRAM));
    json.putObject("link_preview_options").put("is_disabled", true);
    return json.toString();
  }

  private static String sign(Notice notice) {
    return notice.kind().isWarning() ? "\u26A0 " : "";
  }

  private static List<Map.Entry<String, String>> facts(Notice notice) {
    List<Map.Entry<String, String>> facts = new ArrayList<>();
    if (!notice.cause().isEmpty()) {
      facts.add(Map.entry("Cause", notice.cause()));
    }
    notice.timeLeftText().ifPresent(left -> facts.add(Map.entry("Time left", left)));
    notice.deadline().ifPresent(at -> facts.add(Map.entry("Deadline", at.toString())));
    facts.add(Map.entry("Next", notice.next()));
    notice.subject().node().ifPresent(node -> facts.add(Map.entry("VM", notice.subject().vm())));
    notice.subject().pool().ifPresent(pool -> facts.add(Map.entry("Pool", pool)));
    facts.add(Map.entry("Event", notice.eventId()));
    facts.add(Map.entry("At", notice.at().toString()));
    return facts;
  }

  private static String slackEscaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
