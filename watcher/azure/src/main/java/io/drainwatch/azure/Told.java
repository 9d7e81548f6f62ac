package io.drainwatch.azure;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SDK's models have nulls wherever Azure left something out; past here there are none. */
final class Told {
  private Told() {}

  static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  static Optional<String> some(@Nullable Object value) {
    return Optional.ofNullable(value).map(Object::toString).filter(text -> !text.isBlank());
  }

  static boolean yes(@Nullable Boolean value) {
    return value != null && value;
  }

  static <T> List<T> list(@Nullable List<T> values) {
    return values == null ? List.of() : values;
  }

  static Optional<Instant> moment(@Nullable OffsetDateTime at) {
    return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
  }

  /** ISO 8601; empty also for what cannot be read. */
  static Optional<Duration> duration(@Nullable String text) {
    try {
      return some(text).map(Duration::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
