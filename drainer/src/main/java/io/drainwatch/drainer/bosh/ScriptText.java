package io.drainwatch.drainer.bosh;

import java.util.regex.Pattern;

/** Text that scripts print: trimmed as BOSH trims it, and made fit to be shown. */
final class ScriptText {

  private static final int MOST_SHOWN = 80;

  /**
   * Unicode white space as Go's {@code strings.TrimSpace} sees it (drain-scripts.md 6.7). {@link
   * String#strip} leaves U+0085, U+00A0, U+2007 and U+202F, and takes U+001C to U+001F.
   */
  private static final String SPACE =
      "[\\t-\\r \\x85\\xA0\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}]";

  private static final Pattern IS_SPACE = Pattern.compile(SPACE);

  private ScriptText() {}

  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text, from)) {
      from++;
    }
    while (to > from && isSpace(text, to - 1)) {
      to--;
    }
    return text.substring(from, to);
  }

  /** All of them are single chars, so no code point is torn. */
  private static boolean isSpace(String text, int at) {
    return IS_SPACE.matcher(text).region(at, at + 1).matches();
  }

  /** For a message: nothing that could forge a line of the log, and not much of it. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MOST_SHOWN + 1L)
        .map(c -> isPrintable(c) ? c : '?')
        .forEach(shown::appendCodePoint);
    return shown.codePointCount(0, shown.length()) > MOST_SHOWN
        ? shown.substring(0, shown.offsetByCodePoints(0, MOST_SHOWN)) + "..."
        : shown.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
