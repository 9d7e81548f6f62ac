package io.drainwatch.watcher.events;

import static java.time.temporal.ChronoField.DAY_OF_MONTH;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.MONTH_OF_YEAR;
import static java.time.temporal.ChronoField.OFFSET_SECONDS;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;
import static java.time.temporal.ChronoField.YEAR;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the platform's dates: RFC 1123 with right or wrong weekday, then ISO with an offset
 * (azure-scheduled-events.md, section 3). Microsoft's own samples have wrong weekdays, so the
 * weekday is not looked at.
 *
 * <p>A year before 2000 or after 2999 is no date: the platform's language writes an empty date as
 * year 1, and taken as it stands it would put a deadline in the past and stop a drain.
 */
public final class PlatformDates {
  private static final int LONGEST = 64;
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");
  private static final Pattern ZONE_UTC = Pattern.compile("\\s+UTC$", Pattern.CASE_INSENSITIVE);

  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME.withResolverFields(
              YEAR,
              MONTH_OF_YEAR,
              DAY_OF_MONTH,
              HOUR_OF_DAY,
              MINUTE_OF_HOUR,
              SECOND_OF_MINUTE,
              OFFSET_SECONDS),
          DateTimeFormatter.ISO_OFFSET_DATE_TIME);

  private PlatformDates() {}

  /** Empty when there is no date in it, or none that can be meant. */
  public static Optional<Instant> read(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty() || trimmed.length() > LONGEST) {
      return Optional.empty();
    }
    String date = ZONE_UTC.matcher(trimmed).replaceFirst(" GMT");
    for (DateTimeFormatter format : FORMATS) {
      try {
        return Optional.of(format.parse(date, Instant::from))
            .filter(moment -> !moment.isBefore(EARLIEST) && moment.isBefore(LATEST));
      } catch (DateTimeException otherFormat) {
        // not written this way; the next format, then none
      }
    }
    return Optional.empty();
  }
}
