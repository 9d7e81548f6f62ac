package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.maintenance.Windows;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The windows of the configuration as Quartz calendars.
 *
 * <p>A name that is not configured is always open. The reader admits no rule with such a name, but
 * a maintenance in the record may have begun under another configuration, and a drain must not wait
 * for a window that nobody will ever open.
 */
public final class CalendarWindows implements Windows {
  private final Map<String, WindowCalendar> calendars;

  public CalendarWindows(Map<String, Window> windows) {
    calendars =
        windows.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, each -> new WindowCalendar(each.getValue())));
  }

  @Override
  public Optional<Instant> nextOpening(String window, Instant after) {
    return Optional.ofNullable(calendars.get(window))
        .map(calendar -> calendar.nextOpening(after))
        .orElse(Optional.of(after));
  }
}
