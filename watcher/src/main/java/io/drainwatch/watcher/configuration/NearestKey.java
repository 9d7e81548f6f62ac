package io.drainwatch.watcher.configuration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which known key was probably meant.
 *
 * <ol>
 *   <li>A variable of the environment: the one of nearest spelling.
 *   <li>A key that is right up to one segment: the nearest sibling of that segment.
 *   <li>A key in the wrong place: a known one with the same last segments.
 * </ol>
 */
final class NearestKey {
  private static final int LONGEST_COMPARED = 200;

  private final List<String> known;

  NearestKey(Set<String> known) {
    this.known = List.copyOf(known);
  }

  Optional<String> to(String key) {
    String asked = key.substring(0, Math.min(key.length(), LONGEST_COMPARED));
    if (VariableNames.isVariable(asked)) {
      return nearest(asked, known.stream().map(VariableNames::of).toList());
    }
    List<String> segments = List.of(asked.split("\\.", -1));
    return bySibling(segments).or(() -> byLastSegments(segments));
  }

  private Optional<String> bySibling(List<String> segments) {
    String prefix = "";
    for (int i = 0; i < segments.size(); i++) {
      Set<String> siblings = childrenOf(prefix);
      String segment = segments.get(i);
      if (!siblings.contains(segment)) {
        String before = prefix;
        String after = String.join(".", segments.subList(i + 1, segments.size()));
        return nearest(segment, List.copyOf(siblings))
            .map(sibling -> before + sibling + (after.isEmpty() ? "" : "." + after))
            .filter(this::isKnownOrSection);
      }
      prefix += segment + ".";
    }
    return Optional.empty();
  }

  private boolean isKnownOrSection(String key) {
    return known.stream().anyMatch(each -> each.equals(key) || each.startsWith(key + '.'));
  }

  private Set<String> childrenOf(String prefix) {
    Set<String> children = new LinkedHashSet<>();
    for (String each : known) {
      if (each.startsWith(prefix)) {
        children.add(each.substring(prefix.length()).split("\\.", 2)[0]);
      }
    }
    return children;
  }

  private Optional<String> byLastSegments(List<String> segments) {
    for (int i = 0; i < segments.size(); i++) {
      String tail = "." + kebab(String.join(".", segments.subList(i, segments.size())));
      List<String> same = known.stream().filter(each -> each.endsWith(tail)).toList();
      if (tail.length() > 1 && !same.isEmpty()) {
        return same.stream().min(Comparator.comparingInt(String::length));
      }
    }
    return Optional.empty();
  }

  /** At most a third of the letters may differ. */
  private static Optional<String> nearest(String asked, List<String> candidates) {
    String plain = kebab(asked);
    List<String> near = new ArrayList<>(candidates);
    near.removeIf(each -> distance(plain, kebab(each)) > Math.max(1, each.length() / 3));
    return near.stream().min(Comparator.comparingInt(each -> distance(plain, kebab(each))));
  }

  /** {@code pollInterval} and {@code POLL_INTERVAL} as {@code poll-interval}. */
  private static String kebab(String text) {
    return text.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /** Levenshtein's. */
  private static int distance(String one, String other) {
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[other.length()];
  }
}
