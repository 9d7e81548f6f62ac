package io.drainwatch.watcher.configuration;

import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Optional;

/**
 * One value as it was given.
 *
 * @param value text, number or boolean; a list only when it is empty or not taken apart
 * @param origin for people: {@code /etc/drainwatch/drainwatch.yml line 12}, {@code environment
 *     variable DRAINWATCH_DRY_RUN}; may be empty
 */
public record Given(Object value, String origin) {

  public static Given of(Object value) {
    return new Given(value, "");
  }

  /** The value as text, trimmed; empty where it is no single value. */
  Optional<String> text() {
    return switch (value) {
      case CharSequence text -> Optional.of(text.toString().strip());
      case Number number -> Optional.of(number.toString());
      case Boolean flag -> Optional.of(flag.toString());
      case TemporalAccessor moment -> Optional.of(moment.toString());
      case TemporalAmount amount -> Optional.of(amount.toString());
      default -> Optional.empty();
    };
  }

  /** A key without a value, as in {@code vm-name:}, says nothing. */
  boolean isBlank() {
    return text().map(String::isEmpty).orElse(false);
  }

  boolean isEmptyList() {
    return value instanceof List<?> list && list.isEmpty();
  }
}
