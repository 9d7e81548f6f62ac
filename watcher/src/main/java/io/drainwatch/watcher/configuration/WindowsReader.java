package io.drainwatch.watcher.configuration;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** {@code drainwatch.windows.<name>.*}: when a planned drain may start. */
final class WindowsReader {
  static final String KEY = "drainwatch.windows";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

  private WindowsReader() {}

  /** The names under which anything was said, good or not. */
  static Set<String> names(Iterable<String> keys) {
    Set<String> names = new TreeSet<>();
    for (String key : keys) {
      if (key.startsWith(KEY + '.')) {
        names.add(key.substring(KEY.length() + 1).split("[.\\[]", 2)[0]);
      }
    }
    return names;
  }

  static Map<String, Window> read(Values values) {
    Map<String, Window> windows = new TreeMap<>();
    for (String name : names(values.keys())) {
      if (!NAME.matcher(name).matches()) {
        values
            .findings()
            .fault(
                KEY + '.' + name,
                "a window's name begins with a letter and has lower-case letters, digits and -");
      }
      read(values, KEY + '.' + name).ifPresent(window -> windows.put(name, window));
    }
    return windows;
  }

  private static Optional<Window> read(Values values, String section) {
    Optional<LocalTime> from = values.one(section + ".from", text -> time(text, false));
    Optional<LocalTime> to = values.one(section + ".to", text -> time(text, true));
    Optional<List<DayOfWeek>> days = values.many(section + ".days", WindowsReader::day);
    Optional<ZoneId> zone = values.one(section + ".zone", WindowsReader::zone);
    Optional<List<LocalDate>> except = values.many(section + ".except", WindowsReader::date);
    if (from.isPresent() && from.equals(to) && !from.get().equals(LocalTime.MIDNIGHT)) {
      values.fault(section + ".to", "must differ from " + section + ".from");
      return Optional.empty();
    }
    if (days.isPresent() && days.get().isEmpty()) {
      // days that could not be read have been named already
      if (values.given(section + ".days").filter(Given::isEmptyList).isPresent()) {
        values.fault(section + ".days", "names no day on which the window opens");
      }
      return Optional.empty();
    }
    return Optional.of(
        new Window(
            from.orElse(LocalTime.MIDNIGHT),
            to.orElse(LocalTime.MIDNIGHT),
            days.<Set<DayOfWeek>>map(HashSet::new).orElse(EnumSet.allOf(DayOfWeek.class)),
            zone.orElse(ZoneOffset.UTC),
            except.<Set<LocalDate>>map(HashSet::new).orElse(Set.of())));
  }

  private static Parsed<LocalTime> time(String text, boolean mayEndTheDay) {
    if (mayEndTheDay && text.equals("24:00")) {
      return Parsed.of(LocalTime.MIDNIGHT);
    }
    return TIME.matcher(text).matches()
        ? Parsed.of(LocalTime.parse(text))
        : Parsed.refused(
            "must be a time from 00:00 to " + (mayEndTheDay ? "24:00" : "23:59") + " (HH:mm)");
  }

  private static Parsed<DayOfWeek> day(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (text.equalsIgnoreCase(day.name()) || text.equalsIgnoreCase(word(day))) {
        return Parsed.of(day);
      }
    }
    return Parsed.refused("must be one of Mon, Tue, Wed, Thu, Fri, Sat, Sun");
  }

  static String word(DayOfWeek day) {
    return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
  }

  private static Parsed<ZoneId> zone(String text) {
    try {
      ZoneId zone = ZoneId.of(text);
      return Parsed.of(zone.equals(ZoneId.of("UTC")) ? ZoneOffset.UTC : zone);
    } catch (DateTimeException e) {
      return Parsed.refused("not a time zone; UTC, Europe/Zurich or +02:00 is expected");
    }
  }

  private static Parsed<LocalDate> date(String text) {
    try {
      LocalDate date = LocalDate.parse(text);
      if (date.getYear() >= 1970 && date.getYear() < 9999) {
        return Parsed.of(date);
      }
    } catch (DateTimeException e) {
      // said below
    }
    return Parsed.refused("must be a date such as 2026-12-24");
  }
}
