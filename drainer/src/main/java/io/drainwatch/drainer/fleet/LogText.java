package io.drainwatch.drainer.fleet;

/** Foreign text made fit for a line of the log: printable ASCII, bounded. */
final class LogText {
  private static final int MOST_CHARACTERS = 512;

  private LogText() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && out.length() < MOST_CHARACTERS; i++) {
      char each = text.charAt(i);
      out.append(each >= ' ' && each < 0x7f ? each : '?');
    }
    return out.toString();
  }
}
