package io.drainwatch.drainer.cleaning;

import java.util.List;

/**
 * The namespaces whose sets are looked after.
 *
 * @param namespaces one watch of each kind for each; the empty name stands for all
 */
public record Scope(List<String> namespaces) {
  private static final String ALL = "";

  public Scope {
    namespaces = namespaces.stream().distinct().toList();
    if (namespaces.isEmpty() || (namespaces.contains(ALL) && namespaces.size() > 1)) {
      throw new IllegalArgumentException("some namespaces, or all: " + namespaces);
    }
  }

  public static Scope all() {
    return new Scope(List.of(ALL));
  }

  public static Scope of(String... namespaces) {
    return new Scope(List.of(namespaces));
  }

  boolean isAll() {
    return namespaces.contains(ALL);
  }

  /** Which of {@link #namespaces} tells of that one. */
  String watched(String namespace) {
    return isAll() ? ALL : namespace;
  }

  /** For people. */
  public String text() {
    return isAll() ? "all namespaces" : "namespaces " + String.join(", ", namespaces);
  }
}
