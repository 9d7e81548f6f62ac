package io.drainwatch.watcher.configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sources on top of each other: of two that give a key the later counts. A list is one key,
 * whatever its entries: it comes from one source as a whole.
 */
final class Layers {
  private Layers() {}

  /**
   * @param lowestFirst the one that counts most comes last
   */
  static Map<String, Given> merge(List<Map<String, Given>> lowestFirst) {
    Map<String, Given> merged = new LinkedHashMap<>();
    for (Map<String, Given> layer : lowestFirst) {
      Set<String> replaced = layer.keySet().stream().map(Layers::whole).collect(Collectors.toSet());
      merged.keySet().removeIf(key -> replaced.contains(whole(key)));
      merged.putAll(layer);
    }
    return merged;
  }

  /**
   * {@code drainwatch.policy[0].type} is of {@code drainwatch.policy}. Types of event are the same
   * in any case: a variable of the environment cannot but be in lower case, and must replace the
   * file's.
   */
  static String whole(String key) {
    int bracket = key.indexOf('[');
    String whole = bracket < 0 ? key : key.substring(0, bracket);
    return whole.startsWith(SlipStreamReader.ACTIONS + '.')
        ? whole.toLowerCase(Locale.ROOT)
        : whole;
  }
}
