package io.drainwatch.drainer.pods;

import java.util.List;
import java.util.stream.Collectors;

/** Text of others, bounded and made harmless for log, Event and terminal. */
final class Printable {
  private static final int MOST_CHARACTERS = 80;
  private static final int MOST_NAMES = 3;

  private Printable() {}

  static String quoted(String text) {
    StringBuilder printable = new StringBuilder("'");
    text.codePoints()
        .limit(MOST_CHARACTERS)
        .map(each -> isHarmless(each) ? each : '?')
        .forEach(printable::appendCodePoint);
    if (text.codePointCount(0, text.length()) > MOST_CHARACTERS) {
      printable.append("...");
    }
    return printable.append('\'').toString();
  }

  /** Three of them, and how many more. */
  static String names(List<String> names) {
    String first =
        names.stream().limit(MOST_NAMES).map(Printable::quoted).collect(Collectors.joining(", "));
    int more = names.size() - MOST_NAMES;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
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
