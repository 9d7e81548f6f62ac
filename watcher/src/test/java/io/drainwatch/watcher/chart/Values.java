package io.drainwatch.watcher.chart;

import java.util.LinkedHashMap;
import java.util.Map;

/** Values for the chart, over its own defaults. Keys with dots: {@code watcher.hostNetwork}. */
record Values(Map<String, Object> tree) {

  /** What must be given, and nothing else. */
  static Values least() {
    return new Values(Map.of()).with("image.repository", "registry.example.com/drainwatch");
  }

  Values with(String key, Object value) {
    return new Values(put(tree, key, value));
  }

  private static Map<String, Object> put(Map<String, Object> tree, String key, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(tree);
    int dot = key.indexOf('.');
    if (dot < 0) {
      changed.put(key, value);
    } else {
      String section = key.substring(0, dot);
      changed.put(section, put(section(changed.get(section)), key.substring(dot + 1), value));
    }
    return changed;
  }

  @SuppressWarnings("unchecked") // only put makes sections
  private static Map<String, Object> section(Object found) {
    return found instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
