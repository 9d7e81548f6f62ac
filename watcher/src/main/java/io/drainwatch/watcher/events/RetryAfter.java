package io.drainwatch.watcher.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a {@code Retry-After} header: seconds or a date. Never negative, never above 5 min. */
final class RetryAfter {
  /** Longer than that nobody may keep us from looking for a Preempt. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private RetryAfter() {}

  static Optional<Duration> read(String header, Instant now) {
    String text = header.strip();
    Optional<Duration> asked =
        SECONDS.matcher(text).matches()
            ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
            : PlatformDates.read(text).map(moment -> Duration.between(now, moment));
    return asked.map(RetryAfter::withinBounds);
  }

  private static Duration withinBounds(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
