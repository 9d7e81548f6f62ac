package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.maintenance.EventKind;
import java.util.stream.Stream;

/** The label {@code type}: the types we know, and one word for all others. */
final class TypeLabel {
  private static final String UNKNOWN = "unknown";

  private TypeLabel() {}

  static String of(EventKind kind) {
    return kind == EventKind.UNKNOWN ? UNKNOWN : kind.word();
  }

  static Stream<EventKind> kinds() {
    return Stream.of(EventKind.values());
  }
}
