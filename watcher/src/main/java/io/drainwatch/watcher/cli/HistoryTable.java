package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.watcher.terminal.Glyphs;
import io.drainwatch.watcher.terminal.Line;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Summaries as a table, as wide as there is room for: what matters least goes first. Reads
 * leniently: another version may have written them. Pure.
 */
final class HistoryTable {
  private static final String NONE = "-";
  private static final String GAP = "  ";

  /** What the last column needs, or it is not worth its place. */
  private static final int LEAST_OF_LAST = 20;

  private static final int UNBOUNDED = Integer.MAX_VALUE;

  /**
   * @param expendable 0: always there; else the highest goes first
   */
  private record Column(String title, int expendable, Function<JsonNode, String> cell) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("WHEN", 0, summary -> moment(summary.path("begunAt").asText())),
          new Column("TYPE", 0, summary -> eachOnce(summary, "type")),
          new Column("SOURCE", 6, summary -> eachOnce(summary, "source")),
          new Column("ENDING", 0, summary -> word(summary.path("ending"))),
          new Column("NOTICE", 3, HistoryTable::notice),
          new Column("DRAIN", 0, summary -> word(summary.path("drain"))),
          new Column("TOOK", 2, summary -> duration(summary.path("drainTook"))),
          new Column("MAINTENANCE", 4, HistoryTable::maintenance),
          new Column(
              "WHOLE", 5, summary -> between(summary.path("begunAt"), summary.path("endedAt"))),
          new Column("ACKNOWLEDGED", 1, summary -> acknowledged(events(summary))),
          new Column("LEFT", 0, HistoryTable::left));

  private HistoryTable() {}

  /**
   * @param width empty: as wide as it gets, for a pipe
   */
  static List<String> of(List<JsonNode> maintenances, OptionalInt width) {
    int most = width.orElse(UNBOUNDED);
    List<Column> columns = new ArrayList<>(COLUMNS);
    List<List<String>> rows = rows(columns, maintenances);
    while (needed(rows) > most && columns.stream().anyMatch(each -> each.expendable() > 0)) {
      columns.remove(Collections.max(columns, Comparator.comparingInt(Column::expendable)));
      rows = rows(columns, maintenances);
    }
    int[] widths = widths(rows);
    return rows.stream()
        .map(row -> Line.of(line(row, widths).stripTrailing()).within(most).text())
        .toList();
  }

  private static List<List<String>> rows(List<Column> columns, List<JsonNode> maintenances) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(columns.stream().map(Column::title).toList());
    maintenances.forEach(
        each ->
            rows.add(
                columns.stream().map(column -> Glyphs.plain(column.cell().apply(each))).toList()));
    return rows;
  }

  private static int[] widths(List<List<String>> rows) {
    return IntStream.range(0, rows.getFirst().size())
        .map(i -> rows.stream().mapToInt(row -> Line.of(row.get(i)).width()).max().orElse(0))
        .toArray();
  }

  private static int needed(List<List<String>> rows) {
    int[] widths = widths(rows);
    int last = widths.length - 1;
    return IntStream.range(0, last).map(i -> widths[i] + GAP.length()).sum()
        + Math.min(widths[last], LEAST_OF_LAST);
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      line.append(cell).append(" ".repeat(widths[i] - Line.of(cell).width())).append(GAP);
    }
    return line.toString();
  }

  private static List<JsonNode> events(JsonNode summary) {
    return StreamSupport.stream(summary.path("events").spliterator(), false).toList();
  }

  private static String eachOnce(JsonNode summary, String member) {
    List<String> words =
        events(summary).stream()
            .map(event -> event.path(member).asText(""))
            .map(text -> member.equals("type") ? text : lower(text))
            .filter(text -> !text.isEmpty())
            .distinct()
            .toList();
    return words.isEmpty() ? NONE : String.join("+", words);
  }

  private static String notice(JsonNode summary) {
    List<JsonNode> events = events(summary);
    return events.isEmpty() ? NONE : duration(events.getFirst().path("notice"));
  }

  /** From its start to the machine's being up again. */
  private static String maintenance(JsonNode summary) {
    JsonNode entered = summary.path("entered");
    return between(entered.path("MAINTENANCE_STARTED"), entered.path("RUNNING"));
  }

  private static String between(JsonNode from, JsonNode to) {
    try {
      return from.isTextual() && to.isTextual()
          ? duration(Duration.between(Instant.parse(from.asText()), Instant.parse(to.asText())))
          : NONE;
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  private static String acknowledged(List<JsonNode> events) {
    if (events.stream().allMatch(event -> event.path("source").asText().equals("OPERATOR"))) {
      return NONE; // a drain by hand: nobody waits for it
    }
    long yes = events.stream().filter(event -> event.path("acknowledged").asBoolean()).count();
    if (yes == 0) {
      return "no";
    }
    return yes == events.size() ? "by us" : "by us " + yes + " of " + events.size();
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
    return constant.isTextual() ? lower(constant.asText()) : NONE;
  }

  private static String lower(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
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
