package io.drainwatch.watcher.configuration;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * When a planned drain may start ({@code drainwatch.windows.<name>.*}). A window that crosses
 * midnight belongs to the day on which it opens.
 *
 * @param from minute on which it opens
 * @param to minute on which it closes; {@code 00:00} is the end of the day, before {@code from} is
 *     the next day
 * @param days on which it opens
 * @param except dates that stay closed from midnight to midnight, with the night that begins on
 *     them
 */
public record Window(
    LocalTime from, LocalTime to, Set<DayOfWeek> days, ZoneId zone, Set<LocalDate> except) {

  public Window {
    days = Set.copyOf(days);
    except = Set.copyOf(except);
    if (days.isEmpty()) {
      throw new IllegalArgumentException("a window without a day never opens");
    }
    if (from.equals(to) && !from.equals(LocalTime.MIDNIGHT)) {
      throw new IllegalArgumentException("a window that closes when it opens: " + from);
    }
  }

  boolean crossesMidnight() {
    return !to.equals(LocalTime.MIDNIGHT) && to.isBefore(from);
  }
}
