package io.drainwatch.watcher.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Moments and durations for people. Moments are UTC, as in logs and the portal; the script adds the
 * reader's own time. {@code live.js} writes durations in the same way.
 */
public final class ShownTime {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ShownTime() {}

  /** {@code 2026-11-22 03:04:05 UTC}. */
  public static String moment(Instant at) {
    return MOMENT.format(at);
  }

  /** {@code 03:04:05}, where the day is told elsewhere. */
  public static String clock(Instant at) {
    return CLOCK.format(at);
  }

  /** {@code 850 ms}, {@code 12 s}, {@code 14 min 59 s}, {@code 2 h 3 min}, {@code 3 d 4 h}. */
  public static String duration(Duration time) {
    if (time.isNegative()) {
      return "-" + duration(time.negated());
    }
    if (time.compareTo(Duration.ofSeconds(1)) < 0) {
      return time.toMillis() + " ms";
    }
    if (time.toDays() > 0) {
      return time.toDays() + " d" + and(time.toHoursPart(), " h");
    }
    if (time.toHours() > 0) {
      return time.toHours() + " h" + and(time.toMinutesPart(), " min");
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + " min" + and(time.toSecondsPart(), " s")
        : time.toSeconds() + " s";
  }

  /** Without what is less than a second, and not less than none: {@code 0 s}. */
  public static String seconds(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    return seconds == 0 ? "0 s" : duration(Duration.ofSeconds(seconds));
  }

  /** {@code 12 s left}, {@code passed 3 s ago}. */
  public static String left(Duration left) {
    return left.isNegative()
        ? "passed " + seconds(left.negated()) + " ago"
        : seconds(left) + " left";
  }

  private static String and(int rest, String unit) {
    return rest == 0 ? "" : " " + rest + unit;
  }
}
