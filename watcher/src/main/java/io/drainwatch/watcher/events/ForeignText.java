package io.drainwatch.watcher.events;

/**
 * Text from the platform, made fit for logs, records and scripts: no control characters, no line
 * separators, no half surrogates, and never longer than it may be.
 */
final class ForeignText {
  /** What any single text of a document is cut to. */
  static final int LONGEST = 1_024;

  private ForeignText() {}

  static String clean(String text) {
    return clean(text, LONGEST);
  }

  static String clean(String text, int longest) {
    StringBuilder kept = new StringBuilder(Math.min(text.length(), longest));
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      at += Character.charCount(codePoint);
      int fit = Character.getType(codePoint) == Character.SURROGATE ? 0xFFFD : codePoint;
      if (isPrintable(fit)) {
        if (kept.length() + Character.charCount(fit) > longest) {
          break;
        }
        kept.appendCodePoint(fit);
      }
    }
    return kept.toString();
  }

  /** FORMAT holds the marks that turn the direction of a terminal's line. */
  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
