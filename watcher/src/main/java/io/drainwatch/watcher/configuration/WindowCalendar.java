package io.drainwatch.watcher.configuration;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.quartz.Calendar;
import org.quartz.impl.calendar.DailyCalendar;
import org.quartz.impl.calendar.HolidayCalendar;
import org.quartz.impl.calendar.WeeklyCalendar;

/**
 * One window: a part in the evening and, if it crosses midnight, a part in the morning after, each
 * of a daily, a weekly and a holiday calendar that must all include a moment.
 *
 * <p>Quartz is asked whether a moment is included, never for the next one: its chained calendars go
 * back to midnight there and may never come to an end. The next opening is found among the only
 * moments at which a window can open: its own beginning and midnight.
 *
 * <p>Immutable after construction, and the calendars are only read: safe for any thread.
 */
final class WindowCalendar {
  private static final int DAYS_OF_A_WEEK = 7;

  // Quartz refuses what is before 1970
  private static final Instant FIRST = Instant.EPOCH.plusMillis(1);
  private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

  private final LocalTime from;
  private final ZoneId zone;
  private final int horizonInDays;
  private final List<List<Calendar>> parts;

  WindowCalendar(Window window) {
    from = window.from();
    zone = window.zone();
    // each excepted date closes at most two openings, so this many weeks hold one if any do
    horizonInDays = DAYS_OF_A_WEEK * (2 * window.except().size() + 2);
    TimeZone timeZone = TimeZone.getTimeZone(zone);
    parts =
        window.crossesMidnight()
            ? List.of(
                part(window.from(), LocalTime.MIDNIGHT, window.days(), window.except(), timeZone),
                part(
                    LocalTime.MIDNIGHT,
                    window.to(),
                    dayAfter(window.days()),
                    withDayAfter(window.except()),
                    timeZone))
            : List.of(part(window.from(), window.to(), window.days(), window.except(), timeZone));
  }

  Optional<Instant> nextOpening(Instant after) {
    if (isOpen(after)) {
      return Optional.of(after);
    }
    if (after.isBefore(FIRST) || after.isAfter(LAST)) {
      return Optional.empty();
    }
    return Stream.iterate(after.atZone(zone).toLocalDate(), day -> day.plusDays(1))
        .limit(horizonInDays)
        .flatMap(this::possibleOpenings)
        .filter(opening -> opening.isAfter(after))
        .filter(this::isOpen)
        .findFirst();
  }

  // in an hour that comes twice, Quartz takes the later one
  private Stream<Instant> possibleOpenings(LocalDate day) {
    ZonedDateTime opening = day.atTime(from).atZone(zone);
    return Stream.of(
            day.atStartOfDay(zone),
            opening.withEarlierOffsetAtOverlap(),
            opening.withLaterOffsetAtOverlap())
        .map(ZonedDateTime::toInstant);
  }

  private boolean isOpen(Instant at) {
    if (at.isBefore(FIRST) || at.isAfter(LAST)) {
      return false;
    }
    long millis = at.toEpochMilli();
    return parts.stream()
        .anyMatch(part -> part.stream().allMatch(each -> each.isTimeIncluded(millis)));
  }

  private static List<Calendar> part(
      LocalTime from, LocalTime to, Set<DayOfWeek> days, Set<LocalDate> except, TimeZone timeZone) {
    DailyCalendar daily = new DailyCalendar(timeZone, 0L, 1L);
    LocalTime last = to.minusNanos(1_000_000);
    daily.setTimeRange(
        from.getHour(),
        from.getMinute(),
        0,
        0,
        last.getHour(),
        last.getMinute(),
        last.getSecond(),
        last.getNano() / 1_000_000);
    daily.setInvertTimeRange(true);
    WeeklyCalendar weekly = new WeeklyCalendar(timeZone);
    for (DayOfWeek day : DayOfWeek.values()) {
      weekly.setDayExcluded(day.getValue() % DAYS_OF_A_WEEK + 1, !days.contains(day));
    }
    HolidayCalendar holidays = new HolidayCalendar(timeZone);
    for (LocalDate date : except) {
      holidays.addExcludedDate(Date.from(date.atStartOfDay(timeZone.toZoneId()).toInstant()));
    }
    return List.of(daily, weekly, holidays);
  }

  private static Set<DayOfWeek> dayAfter(Set<DayOfWeek> days) {
    Set<DayOfWeek> after = new HashSet<>();
    days.forEach(day -> after.add(day.plus(1)));
    return after;
  }

  private static Set<LocalDate> withDayAfter(Set<LocalDate> dates) {
    Set<LocalDate> both = new HashSet<>(dates);
    dates.forEach(date -> both.add(date.plusDays(1)));
    return both;
  }
}
