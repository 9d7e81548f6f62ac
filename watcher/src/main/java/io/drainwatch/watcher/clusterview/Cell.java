package io.drainwatch.watcher.clusterview;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Text of the cluster as people may see it: bounded, one line, nothing that steers a terminal. */
final class Cell {
  static final String NONE = "-";
  static final int NAME = 128;
  static final int SENTENCE = 200;

  private Cell() {}

  static String of(String text, int most) {
    StringBuilder cell = new StringBuilder();
    text.codePoints()
        .limit(most)
        .map(each -> isPrintable(each) ? each : ' ')
        .forEach(cell::appendCodePoint);
    String cut = text.codePointCount(0, text.length()) > most ? "..." : "";
    return cell.toString().strip() + cut;
  }

  static String name(String text) {
    String cell = of(text, NAME);
    return cell.isEmpty() ? NONE : cell;
  }

  static String sentence(String text) {
    return of(text, SENTENCE);
  }

  static String moment(Optional<Instant> at) {
    return at.map(each -> each.truncatedTo(ChronoUnit.SECONDS).toString()).orElse(NONE);
  }

  // format characters and lone surrogates too: they can turn a line around or break its encoding
  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
