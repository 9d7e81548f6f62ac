package io.drainwatch.watcher.terminal;

import java.lang.Character.UnicodeScript;

/** Texts of others as a terminal may see them, and how many columns they take. */
public final class Glyphs {
  private static final int FIRST_PICTURE = 0x1F300;
  private static final int LAST_PICTURE = 0x1FAFF;

  private Glyphs() {}

  /** One line without anything that steers a terminal, turns a line around or breaks encoding. */
  public static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().map(each -> isPrintable(each) ? each : ' ').forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }

  static int width(String text) {
    return text.codePoints().map(Glyphs::width).sum();
  }

  static int width(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default -> isWide(codePoint) ? 2 : 1;
    };
  }

  private static boolean isWide(int codePoint) {
    if (codePoint >= FIRST_PICTURE && codePoint <= LAST_PICTURE) {
      return true;
    }
    // full forms of Latin letters and signs, ideographic punctuation
    if ((codePoint >= 0xFF01 && codePoint <= 0xFF60)
        || (codePoint >= 0x3000 && codePoint <= 0x303E)) {
      return true;
    }
    return switch (UnicodeScript.of(codePoint)) {
      case HAN, HANGUL, HIRAGANA, KATAKANA, BOPOMOFO, YI -> true;
      default -> false;
    };
  }
}
