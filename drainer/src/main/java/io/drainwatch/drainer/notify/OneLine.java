package io.drainwatch.drainer.notify;

/** Text from outside, made fit for a message: one line, of so many characters. */
final class OneLine {
  static final int NAME = 128;
  static final int SENTENCE = 1_024;

  private OneLine() {}

  static String of(String text, int most) {
    StringBuilder kept = new StringBuilder();
    boolean wasSpace = true;
    for (int i = 0; i < text.length() && kept.length() < most; ) {
      int each = text.codePointAt(i);
      i += Character.charCount(each);
      if (isSpace(each)) {
        if (!wasSpace) {
          kept.append(' ');
        }
        wasSpace = true;
      } else if (isPrintable(each) && kept.length() + Character.charCount(each) <= most) {
        kept.appendCodePoint(each);
        wasSpace = false;
      }
    }
    return kept.toString().strip();
  }

  private static boolean isSpace(int each) {
    return Character.isWhitespace(each) || Character.isSpaceChar(each);
  }

  /** No control character, nothing that turns the direction of a text, no half a pair. */
  private static boolean isPrintable(int each) {
    return switch (Character.getType(each)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }
}
