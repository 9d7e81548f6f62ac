package io.drainwatch.watcher.cli;

import java.io.PrintStream;

/**
 * Prints facts as a label and a text, always in the same columns, on a terminal and in a pipe
 * alike. Control characters are dropped: some texts come from the platform.
 */
final class Lines {
  private static final int LABEL = 15;

  private final PrintStream out;

  Lines(PrintStream out) {
    this.out = out;
  }

  void add(String label, String text) {
    out.println(plain(padded(label, LABEL) + text).stripTrailing());
  }

  static String padded(String text, int width) {
    return text.length() >= width ? text + ' ' : text + " ".repeat(width - text.length());
  }

  /** Without control characters. */
  static String plain(String text) {
    return text.codePoints()
        .filter(each -> !Character.isISOControl(each))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
