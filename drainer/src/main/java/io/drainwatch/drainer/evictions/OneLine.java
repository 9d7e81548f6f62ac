package io.drainwatch.drainer.evictions;

/** Text of servers and webhooks as one bounded line: it goes into logs, Events and the record. */
final class OneLine {
  private static final int MOST_CHARACTERS = 300;

  private OneLine() {}

  static String of(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(MOST_CHARACTERS)
        .map(each -> isPrintable(each) ? each : ' ')
        .forEach(line::appendCodePoint);
    return line.toString().strip();
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
