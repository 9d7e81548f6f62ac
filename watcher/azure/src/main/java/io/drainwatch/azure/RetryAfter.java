package io.drainwatch.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What an answer says of when to come again: milliseconds, seconds or a date. */
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  static Optional<Duration> of(HttpHeaders headers, Instant now) {
    for (String name : new String[] {"retry-after-ms", "x-ms-retry-after-ms"}) {
      Optional<Duration> millis =
          number(headers.getValue(HttpHeaderName.fromString(name))).map(Duration::ofMillis);
      if (millis.isPresent()) {
        return millis;
      }
    }
    String text = headers.getValue(HttpHeaderName.RETRY_AFTER);
    return number(text)
        .map(Duration::ofSeconds)
        .or(() -> date(text, now))
        .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }

  private static Optional<Long> number(@org.jspecify.annotations.Nullable String text) {
    return text != null && text.strip().matches("[0-9]{1,9}")
        ? Optional.of(Long.parseLong(text.strip()))
        : Optional.empty();
  }

  private static Optional<Duration> date(
      @org.jspecify.annotations.Nullable String text, Instant now) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip()));
      return Optional.of(at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
