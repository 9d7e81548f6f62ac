package io.drainwatch.watcher.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Times for people, in UTC as everywhere. */
final class Moments {
  private static final int TIME_OF_DAY = 11;

  private Moments() {}

  /** {@code 03:04:05Z}; with its date when that is another day. */
  static String clock(Instant at, Instant now) {
    String whole = StatusText.moment(at);
    return day(at).equals(day(now)) ? whole.substring(TIME_OF_DAY) : whole;
  }

  private static LocalDate day(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  static String ago(Instant at, Instant now) {
    return length(Duration.between(at, now)) + " ago";
  }

  /** {@code 0s}, {@code 14m59s}, {@code 2h3m}, {@code 3d4h}; never below zero. */
  static String length(Duration time) {
    if (time.compareTo(Duration.ofSeconds(1)) < 0) {
      return "0s";
    }
    return time.toDays() > 0
        ? time.toDays() + "d" + time.toHoursPart() + "h"
        : HistoryTable.duration(time);
  }
}
