package io.drainwatch.drainer.context;

/**
 * Text from outside, made harmless (drain-scripts.md 1.7, H19): control characters are dropped, the
 * rest is cut at 1,024 characters. Half surrogate pairs are dropped too, they cannot be written as
 * UTF-8. Nothing is expanded or escaped: the text stays data.
 */
final class PlainText {
  static final int MAXIMUM_CHARACTERS = 1024;

  private PlainText() {}

  static String of(String text) {
    StringBuilder plain = new StringBuilder(Math.min(text.length(), MAXIMUM_CHARACTERS));
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      if (isDropped(character)) {
        continue;
      }
      if (plain.length() + Character.charCount(character) > MAXIMUM_CHARACTERS) {
        break;
      }
      plain.appendCodePoint(character);
    }
    return plain.toString();
  }

  private static boolean isDropped(int character) {
    return Character.isISOControl(character)
        || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
  }
}
