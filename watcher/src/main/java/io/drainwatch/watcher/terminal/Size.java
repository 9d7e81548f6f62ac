package io.drainwatch.watcher.terminal;

/** Of a terminal, in characters; at least one each way. */
public record Size(int columns, int rows) {
  /** Where nobody tells. */
  static final Size USUAL = new Size(80, 24);

  public Size {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException("no size of a terminal: " + columns + " x " + rows);
    }
  }
}
