package io.drainwatch.watcher.rehearsal;

import java.io.PrintStream;

/** Picks how a rehearsal is told. */
public final class Timelines {
  private Timelines() {}

  public static Timeline on(PrintStream out, boolean json) {
    if (json) {
      return new JsonTimeline(out);
    }
    boolean isTerminal = System.console() != null && System.console().isTerminal();
    return isTerminal ? new TerminalTimeline(out) : new PlainTimeline(out);
  }
}
