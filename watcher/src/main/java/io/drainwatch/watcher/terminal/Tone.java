package io.drainwatch.watcher.terminal;

/** How a piece of text is meant; the sixteen colours of the terminal's own theme show it. */
public enum Tone {
  PLAIN(""),
  STRONG("1"),
  FAINT("2"),
  GOOD("32"),
  WARNING("33"),
  BAD("1;31");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  /** As "select graphic rendition" has it; empty: nothing is to be selected. */
  String code() {
    return code;
  }
}
