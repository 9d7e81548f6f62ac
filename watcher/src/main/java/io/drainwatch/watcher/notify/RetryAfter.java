package io.drainwatch.watcher.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long a receiver asks to be left alone: seconds or a date in the header, or in the body. */
final class RetryAfter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RetryAfter() {}

  static Optional<Duration> of(Optional<String> header, String body, Instant now) {
    return header.flatMap(text -> ofHeader(text.strip(), now)).or(() -> ofBody(body));
  }

  private static Optional<Duration> ofHeader(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
      return Optional.of(Duration.between(now, at)).filter(pause -> !pause.isNegative());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Telegram tells it here. */
  private static Optional<Duration> ofBody(String body) {
    try {
      JsonNode seconds = JSON.readTree(body).path("parameters").path("retry_after");
      return seconds.isIntegralNumber() && seconds.asLong() >= 0
          ? Optional.of(Duration.ofSeconds(Math.min(seconds.asLong(), 1_000_000)))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
