package io.drainwatch.watcher.configuration;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as an operator writes them: {@code 500ms}, {@code 5s}, {@code 2m}, or ISO-8601. */
final class DurationText {
  private static final Pattern WITH_UNIT = Pattern.compile("([0-9]{1,18}) ?(ms|s|m|h|d)");
  private static final String ALLOWED =
      "not a duration; write a whole number with ms, s, m, h or d (500ms, 5s, 2m, 1h), or ISO-8601"
          + " (PT1M30S)";

  private DurationText() {}

  static Parsed<Duration> parse(String text, Duration least, Duration most) {
    Duration duration;
    try {
      Matcher matcher = WITH_UNIT.matcher(text);
      duration =
          matcher.matches()
              ? of(Long.parseLong(matcher.group(1)), matcher.group(2))
              : Duration.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      return Parsed.refused(ALLOWED);
    }
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      return Parsed.refused("must be " + print(least) + " to " + print(most));
    }
    return Parsed.of(duration);
  }

  private static Duration of(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> throw new IllegalStateException("the pattern admits no unit " + unit);
    };
  }

  /** The shortest form that {@link #parse} reads back to the same duration. */
  static String print(Duration duration) {
    if (duration.isNegative() || duration.getNano() % 1_000_000 != 0) {
      return duration.toString();
    }
    if (duration.getNano() != 0) {
      return duration.toMillis() + "ms";
    }
    long seconds = duration.toSeconds();
    if (seconds != 0 && seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
