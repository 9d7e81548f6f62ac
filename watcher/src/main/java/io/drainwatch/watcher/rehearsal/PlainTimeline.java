package io.drainwatch.watcher.rehearsal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** One line an entry, for pipes and files. */
final class PlainTimeline implements Timeline {
  private final PrintStream out;

  PlainTimeline(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin(String headline) {
    out.println(headline);
    out.println("    time      left  what");
  }

  @Override
  public void add(TimelineEntry entry) {
    out.println(line(entry));
  }

  static String line(TimelineEntry entry) {
    return time(entry.at())
        + left(entry.left())
        + "  "
        + String.format(Locale.ROOT, "%-12s", entry.kind().word())
        + entry.text();
  }

  static String time(Duration at) {
    return String.format(Locale.ROOT, "%6.1f s", at.toMillis() / 1000.0);
  }

  static String left(Optional<Duration> left) {
    return left.map(
            each -> String.format(Locale.ROOT, "%8.1f s", Math.max(0, each.toMillis()) / 1000.0))
        .orElse("          ");
  }

  @Override
  public void end(Verdict verdict) {
    out.println();
    out.println((verdict.passed() ? "PASSED  " : "FAILED  ") + verdict.sentence());
    out.flush();
  }
}
