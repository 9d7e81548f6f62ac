package io.drainwatch.watcher.pages;

/**
 * Text from platform or scripts, made fit to be looked at: bounded, without control characters, and
 * without those that turn the direction of what follows. It is still not HTML: the template escapes
 * it.
 */
public final class ShownText {
  /** Of a name, an id, a reason. */
  public static final int LONGEST = 500;

  private ShownText() {}

  public static String of(String text) {
    return of(text, LONGEST);
  }

  /**
   * @param longest in characters; what is cut off is told by an ellipsis
   */
  public static String of(String text, int longest) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), longest + 1));
    for (int at = 0; at < text.length(); ) {
      int each = text.codePointAt(at);
      at += Character.charCount(each);
      if (isHidden(each)) {
        continue;
      }
      if (shown.length() + Character.charCount(each) > longest) {
        return shown.append('\u2026').toString();
      }
      shown.appendCodePoint(each);
    }
    return shown.toString();
  }

  private static boolean isHidden(int each) {
    return switch (Character.getType(each)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> true;
      default -> false;
    };
  }
}
