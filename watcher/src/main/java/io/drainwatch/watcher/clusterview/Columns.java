package io.drainwatch.watcher.clusterview;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows below a heading, each column as wide as its widest cell; the last is not padded. */
final class Columns {
  private final List<List<String>> rows = new ArrayList<>();

  Columns(String... heading) {
    add(heading);
  }

  void add(String... cells) {
    rows.add(List.of(cells));
  }

  List<String> lines() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    IntStream.range(0, widths.length)
        .forEach(
            i ->
                line.append(row.get(i))
                    .append(" ".repeat(Math.max(0, widths[i] - row.get(i).length()) + 2)));
    return line.toString().stripTrailing();
  }
}
