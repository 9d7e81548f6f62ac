package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.scaledown.OrdinalName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Objects whose names end with ordinals, found by what stands before. Not thread-safe. */
final class ByStem<T> {
  private final Map<String, Map<String, Map<String, T>>> spaces = new HashMap<>();
  private final Function<T, String> namespace;
  private final Function<T, String> name;

  ByStem(Function<T, String> namespace, Function<T, String> name) {
    this.namespace = namespace;
    this.name = name;
  }

  void put(T one) {
    spaces
        .computeIfAbsent(namespace.apply(one), _ -> new HashMap<>())
        .computeIfAbsent(stem(one), _ -> new HashMap<>(4))
        .put(name.apply(one), one);
  }

  void remove(T one) {
    Map<String, Map<String, T>> space = spaces.getOrDefault(namespace.apply(one), Map.of());
    Map<String, T> named = space.get(stem(one));
    if (named != null) {
      named.remove(name.apply(one));
      if (named.isEmpty()) {
        space.remove(stem(one));
      }
    }
  }

  private String stem(T one) {
    return OrdinalName.of(name.apply(one)).map(OrdinalName::stem).orElse("");
  }

  /** Empty: of all. */
  void clear(String space) {
    if (space.isEmpty()) {
      spaces.clear();
    } else {
      spaces.remove(space);
    }
  }

  Collection<T> find(String space, String stem) {
    return List.copyOf(spaces.getOrDefault(space, Map.of()).getOrDefault(stem, Map.of()).values());
  }

  Stream<T> all() {
    return spaces.values().stream()
        .flatMap(space -> space.values().stream())
        .flatMap(named -> named.values().stream());
  }
}
