package io.drainwatch.drainer.scripts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One process as {@code /proc/<pid>/stat} tells.
 *
 * @param threads of a process whose first thread alone has ended: more than 1, and state Z
 * @param startTicks since boot; with the pid it tells a process from a later one of the same pid
 */
record ProcessStat(
    long pid, String name, char state, long parent, long group, int threads, long startTicks) {

  /** The name may hold blanks and parentheses: its end is the last one. */
  private static final Pattern STAT =
      Pattern.compile(
          "(?s)(\\d+) \\((.*)\\) (\\S) (-?\\d+) (-?\\d+) (?:-?\\d+ ){14}(\\d+) -?\\d+ (\\d+) .*");

  static Optional<ProcessStat> parse(String stat) {
    Matcher m = STAT.matcher(stat);
    if (!m.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessStat(
            Long.parseLong(m.group(1)),
            PlainText.of(m.group(2)),
            m.group(3).charAt(0),
            Long.parseLong(m.group(4)),
            Long.parseLong(m.group(5)),
            Integer.parseInt(m.group(6)),
            Long.parseLong(m.group(7))));
  }

  /**
   * A zombie runs no more. Nobody may ever collect it: a JVM that is process 1 of a container does
   * not (drain-scripts.md 6.5).
   */
  boolean isAlive() {
    return state != 'X' && (state != 'Z' || threads > 1);
  }
}
