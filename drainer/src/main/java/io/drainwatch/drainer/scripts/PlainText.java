package io.drainwatch.drainer.scripts;

/** Text from outside made fit for a log: what could forge or hide a line is dropped. */
final class PlainText {

  private PlainText() {}

  /**
   * Control characters, line and paragraph separators and the invisible format characters (which
   * turn the writing direction) are dropped; a tab becomes a space, so that words stay apart.
   */
  static String of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c == '\t' ? ' ' : c)
        .filter(PlainText::isPrintable)
        .forEach(plain::appendCodePoint);
    return plain.toString();
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
