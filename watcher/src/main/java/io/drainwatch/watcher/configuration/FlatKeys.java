package io.drainwatch.watcher.configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes nested maps and lists apart into flat keys: {@code drainwatch.policy[0].types[1]}. */
final class FlatKeys {
  private static final int DEEPEST = 20;

  /** {@code policy.0.type}, as Micronaut also writes it. */
  private static final Pattern NUMBER = Pattern.compile("\\.([0-9]+)(?=[.\\[]|$)");

  private FlatKeys() {}

  static Map<String, Given> of(Map<String, ?> values) {
    Map<String, Given> flat = new LinkedHashMap<>();
    values.forEach((key, value) -> put(flat, canonical(key), value, DEEPEST));
    return flat;
  }

  static String canonical(String key) {
    return NUMBER.matcher(key).replaceAll("[$1]");
  }

  private static void put(Map<String, Given> flat, String key, Object value, int depth) {
    if (depth > 0 && value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((name, each) -> put(flat, canonical(key + '.' + name), each, depth - 1));
    } else if (depth > 0 && value instanceof List<?> list && !list.isEmpty()) {
      for (int i = 0; i < list.size(); i++) {
        put(flat, key + '[' + i + ']', list.get(i), depth - 1);
      }
    } else if (value == null || value instanceof Map<?, ?> map && map.isEmpty()) {
      flat.put(key, Given.of(""));
    } else {
      flat.put(key, Given.of(value));
    }
  }
}
