package io.drainwatch.watcher.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The good lines of a history, oldest first; torn and damaged ones are not among them. A line of a
 * later version is kept as it is, so that going back a version does not cost the history.
 */
record HistoryLines(List<Line> lines) {

  /**
   * @param raw with its line feed
   */
  record Line(byte[] raw, ObjectNode content) {}

  HistoryLines {
    lines = List.copyOf(lines);
  }

  static HistoryLines of(byte[] bytes) {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        byte[] raw = Arrays.copyOfRange(bytes, start, i + 1);
        SealedLine.unseal(Arrays.copyOfRange(bytes, start, i))
            .ifPresent(content -> lines.add(new Line(raw, content)));
        start = i + 1;
      }
    }
    return new HistoryLines(lines);
  }

  HistoryLines without(String id) {
    return new HistoryLines(
        lines.stream().filter(line -> !line.content().path("id").asText().equals(id)).toList());
  }

  HistoryLines plus(byte[] sealed) {
    List<Line> more = new ArrayList<>(lines);
    more.addAll(of(sealed).lines());
    return new HistoryLines(more);
  }

  /** Drops the oldest until there are at most so many lines and bytes. */
  HistoryLines within(int entries, long limit) {
    long bytes = 0;
    int kept = 0;
    for (Line line : lines.reversed()) {
      bytes += line.raw().length;
      if (bytes > limit || kept == entries) {
        break;
      }
      kept++;
    }
    return new HistoryLines(lines.subList(lines.size() - kept, lines.size()));
  }

  int size() {
    return lines.size();
  }

  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    lines.forEach(line -> all.writeBytes(line.raw()));
    return all.toByteArray();
  }
}
