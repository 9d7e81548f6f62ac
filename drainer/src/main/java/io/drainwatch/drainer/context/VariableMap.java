package io.drainwatch.drainer.context;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Environment variables as they can be passed to a process. A value above the limit is left out,
 * never cut: half a list or half a JSON text would be believed.
 */
final class VariableMap {
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final int maximumBytes;

  VariableMap(int maximumBytes) {
    this.maximumBytes = maximumBytes;
  }

  void put(String name, String value) {
    // The system starts no process with a NUL in its environment.
    String passable = value.replace("\0", "");
    if (passable.getBytes(StandardCharsets.UTF_8).length <= maximumBytes) {
      variables.put(name, passable);
    }
  }

  void put(String name, long number) {
    put(name, Long.toString(number));
  }

  void put(String name, boolean yes) {
    put(name, Boolean.toString(yes));
  }

  Map<String, String> asMap() {
    return Collections.unmodifiableMap(variables);
  }

  /** The member's word unknown is a variable's empty value. */
  static String source(DrainContext.Event.Source source) {
    return switch (source) {
      case PLATFORM, USER -> source.word();
      case UNKNOWN -> "";
    };
  }
}
