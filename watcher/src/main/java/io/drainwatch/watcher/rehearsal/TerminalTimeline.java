package io.drainwatch.watcher.rehearsal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/** Colours, and a last line that counts down. */
final class TerminalTimeline implements Timeline {
  private static final String CLEAR_LINE = "\r\u001b[2K";
  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String CYAN = "\u001b[36m";
  private static final String MAGENTA = "\u001b[35m";

  private final PrintStream out;

  TerminalTimeline(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin(String headline) {
    out.println(BOLD + headline + RESET);
    out.println(DIM + "    time      left  what" + RESET);
  }

  @Override
  public void add(TimelineEntry entry) {
    out.println(CLEAR_LINE + colour(entry.kind()) + PlainTimeline.line(entry) + RESET);
  }

  private static String colour(TimelineEntry.Kind kind) {
    return switch (kind) {
      case PLATFORM -> MAGENTA;
      case STATE -> BOLD;
      case HOOK -> "";
      case OUTPUT -> DIM;
      case ACKNOWLEDGE -> CYAN;
      case NOTICE -> YELLOW;
    };
  }

  @Override
  public void tick(Duration at, Optional<Duration> left, String state) {
    out.print(
        CLEAR_LINE
            + PlainTimeline.time(at)
            + PlainTimeline.left(left)
            + "  "
            + BOLD
            + state
            + RESET
            + left.map(each -> ", deadline in " + Judgement.seconds(each)).orElse(""));
    out.flush();
  }

  @Override
  public void end(Verdict verdict) {
    out.print(CLEAR_LINE);
    out.println();
    out.println(
        (verdict.passed() ? GREEN + BOLD + "PASSED  " : RED + BOLD + "FAILED  ")
            + RESET
            + verdict.sentence());
    out.flush();
  }
}
