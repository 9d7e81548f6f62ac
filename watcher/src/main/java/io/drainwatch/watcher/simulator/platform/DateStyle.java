package io.drainwatch.watcher.simulator.platform;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How {@code NotBefore} is written: as the platform does, or as some of its samples do. */
public enum DateStyle {
  /** {@code Mon, 01 Jun 2026 08:14:50 GMT}. */
  RFC_1123("rfc-1123"),
  /** {@code 2026-06-01T08:14:50Z}, as on one of Microsoft's pages. */
  ISO("iso"),
  /** RFC 1123 with the next day's name, as in Microsoft's samples. */
  WRONG_WEEKDAY("wrong-weekday");

  private static final DateTimeFormatter DAY_NAME =
      DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH);
  private static final DateTimeFormatter AFTER_DAY_NAME =
      DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private final String word;

  DateStyle(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** Whole seconds, rounded down: the event does not start before what is written. */
  String write(Instant moment) {
    OffsetDateTime time = moment.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC);
    return switch (this) {
      case RFC_1123 -> DAY_NAME.format(time) + ", " + AFTER_DAY_NAME.format(time);
      case ISO -> DateTimeFormatter.ISO_INSTANT.format(time);
      case WRONG_WEEKDAY -> DAY_NAME.format(time.plusDays(1)) + ", " + AFTER_DAY_NAME.format(time);
    };
  }
}
