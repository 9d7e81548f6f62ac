package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.maintenance.EventKind;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The type of an event, in any case. */
final class EventTypeText implements ITypeConverter<EventKind> {
  @Override
  public EventKind convert(String text) {
    EventKind kind = EventKind.of(text.strip());
    if (kind == EventKind.UNKNOWN) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is no type of event: "
              + Arrays.stream(EventKind.values())
                  .filter(each -> each != EventKind.UNKNOWN)
                  .map(EventKind::word)
                  .collect(Collectors.joining(", ")));
    }
    return kind;
  }
}
