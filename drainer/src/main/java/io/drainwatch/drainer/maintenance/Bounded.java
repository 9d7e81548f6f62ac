package io.drainwatch.drainer.maintenance;

import java.util.List;
import java.util.stream.Stream;

/** Keeps texts and lists of the record to what people read, so that the record stays small. */
final class Bounded {
  private static final int MOST_CHARACTERS = 1_024;
  private static final int MOST_LINES = 100;

  private Bounded() {}

  static String text(String text) {
    return text(text, MOST_CHARACTERS);
  }

  static String text(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    // half a surrogate pair cannot be written as UTF-8
    boolean cutsPair = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, cutsPair ? most - 1 : most);
  }

  static List<String> lines(List<String> lines) {
    Stream<String> kept =
        lines.size() <= MOST_LINES
            ? lines.stream()
            : Stream.concat(
                lines.stream().limit(MOST_LINES - 1L),
                Stream.of("and " + (lines.size() - MOST_LINES + 1) + " more"));
    return kept.map(Bounded::text).toList();
  }
}
