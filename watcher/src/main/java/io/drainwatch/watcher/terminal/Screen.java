package io.drainwatch.watcher.terminal;

import java.io.PrintStream;
import java.util.List;

/**
 * Draws one picture over the other on the terminal's second page, so that what was there before
 * stays as it was. A picture is written at once, each line over the one that stood there, and only
 * what is left of a line is erased: nothing flickers. Closed, the terminal is as before and the
 * last picture stands on its first page. Any thread may close it; nothing is drawn afterwards.
 */
public final class Screen implements AutoCloseable {
  private static final String SECOND_PAGE = "\u001b[?1049h";
  private static final String FIRST_PAGE = "\u001b[?1049l";
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";

  /** A line that became too long by a resize is cut, not continued below. */
  private static final String NO_WRAP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";
  private static final String HOME = "\u001b[H";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_PAGE = "\u001b[J";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final boolean hasColours;
  private List<Line> shown = List.of();
  private boolean isOpen = true;

  private Screen(PrintStream out, boolean hasColours) {
    this.out = out;
    this.hasColours = hasColours;
  }

  public static Screen open(PrintStream out, boolean hasColours) {
    write(out, SECOND_PAGE + HIDE_CURSOR + NO_WRAP);
    return new Screen(out, hasColours);
  }

  /**
   * @param lines that fit; the terminal cuts what does not
   */
  public synchronized void draw(List<Line> lines) {
    if (!isOpen) {
      return;
    }
    shown = List.copyOf(lines);
    StringBuilder picture = new StringBuilder(HOME);
    for (int i = 0; i < lines.size(); i++) {
      // no line feed behind the last: in the last row it would move everything up
      picture.append(i == 0 ? "" : "\r\n").append(text(lines.get(i))).append(REST_OF_LINE);
    }
    write(out, picture.append(REST_OF_PAGE).toString());
  }

  @Override
  public synchronized void close() {
    if (!isOpen) {
      return;
    }
    isOpen = false;
    StringBuilder end = new StringBuilder(PLAIN + WRAP + SHOW_CURSOR + FIRST_PAGE);
    shown.forEach(line -> end.append(text(line)).append("\r\n"));
    write(out, end.toString());
  }

  private String text(Line line) {
    return hasColours ? line.coloured() : line.text();
  }

  private static void write(PrintStream out, String text) {
    out.print(text);
    out.flush();
  }
}
