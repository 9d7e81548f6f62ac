package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Summaries as a table. Reads leniently: another version may have written them. */
final class HistoryTable {
  private static final String NONE = "-";
  private static final String ROW = "%-21s %-11s %-10s %-17s %-8s %-8s %-13s %s";

  private HistoryTable() {}

  static List<String> of(List<JsonNode> maintenances) {
    if (maintenances.isEmpty()) {
      return List.of("No maintenance is over yet.");
    }
    List<String> rows = new ArrayList<>();
    rows.add(row("WHEN", "TYPE", "ENDING", "DRAIN", "TOOK", "NOTICE", "ACKNOWLEDGED", "LEFT"));
    maintenances.forEach(summary -> rows.add(row(summary)));
    return rows;
  }

  private static String row(JsonNode summary) {
    List<JsonNode> events =
        StreamSupport.stream(summary.path("events").spliterator(), false).toList();
    return row(
        moment(summary.path("begunAt").asText()),
        joined(events.stream().map(event -> event.path("type").asText()).distinct().toList(), "+"),
        word(summary.path("ending")),
        word(summary.path("drain")),
        duration(summary.path("drainTook")),
        events.isEmpty() ? NONE : duration(events.getFirst().path("notice")),
        acknowledged(events),
        left(summary));
  }

  private static String row(Object... columns) {
    return Lines.plain(ROW.formatted(columns)).stripTrailing();
  }

  private static String acknowledged(List<JsonNode> events) {
    long yes = events.stream().filter(event -> event.path("acknowledged").asBoolean()).count();
    if (yes == 0) {
      return "no";
    }
    return yes == events.size() ? "yes" : yes + " of " + events.size();
  }

  private static String left(JsonNode summary) {
    String left =
        StreamSupport.stream(summary.path("left").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    String why = summary.path("drainReason").asText("");
    if (left.isEmpty()) {
      return why.isEmpty() ? NONE : "(" + why + ")";
    }
    return left + (why.isEmpty() ? "" : " (" + why + ")");
  }

  private static String word(JsonNode constant) {
    return constant.isTextual()
        ? constant.asText().toLowerCase(Locale.ROOT).replace('_', '-')
        : NONE;
  }

  private static String joined(List<String> words, String by) {
    return words.isEmpty() ? NONE : String.join(by, words);
  }

  private static String moment(String text) {
    try {
      return StatusText.moment(Instant.parse(text));
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  private static String duration(JsonNode text) {
    try {
      return text.isTextual() ? duration(Duration.parse(text.asText())) : NONE;
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  /** {@code 850ms}, {@code 12s}, {@code 14m59s}, {@code 2h3m}. */
  static String duration(Duration time) {
    if (time.compareTo(Duration.ofSeconds(1)) < 0) {
      return time.toMillis() + "ms";
    }
    if (time.toHours() > 0) {
      return time.toHours() + "h" + time.toMinutesPart() + "m";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + "m" + time.toSecondsPart() + "s"
        : time.toSeconds() + "s";
  }
}
