package io.drainwatch.drainer.cluster;

/** Text of servers and networks as one bounded line: it goes into logs and answers. */
final class Line {
  private static final int MOST_CHARACTERS = 300;

  private Line() {}

  static String of(String text) {
    return cut(text, MOST_CHARACTERS);
  }

  static String cut(String text, int most) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(most)
        .map(each -> isPrintable(each) ? each : ' ')
        .forEach(line::appendCodePoint);
    return line.toString().strip();
  }

  /** What happened, its class standing in for a missing message. */
  static String of(Throwable problem) {
    String message = problem.getMessage();
    String name = problem.getClass().getSimpleName();
    return of(message == null || message.isBlank() ? name : name + ": " + message);
  }

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
