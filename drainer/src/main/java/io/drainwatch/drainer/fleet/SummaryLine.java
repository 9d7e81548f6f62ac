package io.drainwatch.drainer.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Summary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one line of JSON per episode (I9). Text from the platform and from pods is escaped to ASCII
 * and bounded, so that nothing in it can end the line or colour a terminal.
 */
final class SummaryLine {
  private static final int MOST_CHARACTERS = 256;
  private static final int MOST_ENTRIES = 20;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private SummaryLine() {}

  static String of(String node, Summary summary, EpisodeEnd ending) {
    ObjectNode line = MAPPER.createObjectNode();
    line.put("summary", cut(summary.episode())).put("node", cut(node));
    line.put("vm", cut(summary.vmName())).put("ending", ending.word());
    line.put("begunAt", summary.begunAt().toString()).put("endedAt", summary.endedAt().toString());
    ObjectNode entered = line.putObject("entered");
    Map<MaintenanceState, ?> ordered = new TreeMap<>(summary.entered());
    ordered.forEach((state, at) -> entered.put(state.word(), at.toString()));
    ArrayNode events = line.putArray("events");
    summary.events().stream()
        .limit(MOST_ENTRIES)
        .forEach(
            event -> {
              ObjectNode entry = events.addObject();
              entry.put("id", cut(event.id())).put("type", cut(event.type()));
              event.notBefore().ifPresent(at -> entry.put("notBefore", at.toString()));
              event.notice().ifPresent(notice -> entry.put("noticeSeconds", notice.toSeconds()));
              entry.put("started", event.started()).put("drained", event.drained());
              entry.put("acknowledged", event.acknowledged());
            });
    line.put("drain", summary.drain().name()).put("why", cut(summary.drainReason()));
    summary.drainTook().ifPresent(took -> line.put("drainMillis", took.toMillis()));
    put(line.putArray("left"), summary.left());
    line.put("hooksSucceeded", summary.scriptsSucceeded());
    line.put("hooksFailed", summary.scriptsFailed()).put("rebooted", summary.rebooted());
    try {
      return MAPPER.writeValueAsString(line).replace("\u007f", "\\u007f");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can be written", e);
    }
  }

  private static void put(ArrayNode array, List<String> texts) {
    texts.stream().limit(MOST_ENTRIES).map(SummaryLine::cut).forEach(array::add);
    if (texts.size() > MOST_ENTRIES) {
      array.add("and " + (texts.size() - MOST_ENTRIES) + " more");
    }
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
  }
}
