package io.drainwatch.watcher.simulator.scenario;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 20s}, {@code 1m30s}, {@code 7d}. */
final class DurationText {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  private DurationText() {}

  /** Empty if it is none. Zero must have its unit too: {@code 0s}. */
  static Optional<Duration> read(String text) {
    if (text.startsWith("PT") || text.startsWith("P")) {
      try {
        return Optional.of(Duration.parse(text)).filter(given -> !given.isNegative());
      } catch (DateTimeException notIso) {
        return Optional.empty();
      }
    }
    Matcher parts = FORM.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofDays(number(parts, 1))
            .plusHours(number(parts, 2))
            .plusMinutes(number(parts, 3))
            .plusSeconds(number(parts, 4))
            .plusMillis(number(parts, 5)));
  }

  private static long number(Matcher parts, int group) {
    return Optional.ofNullable(parts.group(group)).map(Long::parseLong).orElse(0L);
  }
}
