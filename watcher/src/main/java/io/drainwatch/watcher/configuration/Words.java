package io.drainwatch.watcher.configuration;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A fixed choice: the words of the configuration file and what they stand for. */
final class Words<T> {
  private final Map<String, T> meanings = new LinkedHashMap<>();
  private final Function<T, String> word;

  private Words(List<T> choices, Function<T, String> word) {
    this.word = word;
    choices.forEach(choice -> meanings.put(word.apply(choice), choice));
  }

  static <T> Words<T> of(List<T> choices, Function<T, String> word) {
    return new Words<>(choices, word);
  }

  /** All constants, {@code AFTER_DRAIN} as {@code after-drain}. */
  static <E extends Enum<E>> Words<E> of(Class<E> type) {
    return of(Arrays.asList(type.getEnumConstants()), Words::kebab);
  }

  static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String print(T choice) {
    return word.apply(choice);
  }

  /** Case does not matter. */
  Parsed<T> parse(String text) {
    for (Map.Entry<String, T> each : meanings.entrySet()) {
      if (each.getKey().equalsIgnoreCase(text)) {
        return Parsed.of(each.getValue());
      }
    }
    return Parsed.refused("must be one of " + String.join(", ", meanings.keySet()));
  }
}
