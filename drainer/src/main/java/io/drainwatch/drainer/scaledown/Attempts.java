package io.drainwatch.drainer.scaledown;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How often clean-ups were tried before, by ordinal; those of first tries are not written down.
 * Stands on the set, as {@code 1=3,4=1}, before a pod that failed is deleted: so the back-off goes
 * on where it was, whatever ends between this deletion and the next creation.
 */
public record Attempts(Map<Integer, Integer> byOrdinal) {
  public static final Attempts NONE = new Attempts(Map.of());

  /** Of a text that somebody else has written. */
  private static final int MOST = 1_000;

  public Attempts {
    byOrdinal = Map.copyOf(byOrdinal);
  }

  /** What is not understood is passed over: a back-off begins anew then, and no more. */
  public static Attempts of(String text) {
    Map<Integer, Integer> read = new TreeMap<>();
    for (String each : text.split(",", MOST)) {
      String[] sides = each.split("=", 2);
      if (sides.length == 2) {
        OptionalInt ordinal = whole(sides[0]);
        OptionalInt attempt = whole(sides[1]);
        if (ordinal.isPresent() && attempt.isPresent() && attempt.getAsInt() > 0) {
          read.put(ordinal.getAsInt(), attempt.getAsInt());
        }
      }
    }
    return new Attempts(read);
  }

  private static OptionalInt whole(String text) {
    if (!text.matches("[0-9]{1,10}")) {
      return OptionalInt.empty();
    }
    long number = Long.parseLong(text);
    return number > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) number);
  }

  int of(int ordinal) {
    return byOrdinal.getOrDefault(ordinal, 0);
  }

  boolean areNone() {
    return byOrdinal.isEmpty();
  }

  /** Of what was tried more often than it says there. */
  Set<Integer> risenFrom(Attempts before) {
    return byOrdinal.entrySet().stream()
        .filter(each -> each.getValue() > before.of(each.getKey()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  Attempts with(int ordinal, int attempt) {
    Map<Integer, Integer> more = new TreeMap<>(byOrdinal);
    more.put(ordinal, attempt);
    return new Attempts(more);
  }

  Attempts without(int ordinal) {
    Map<Integer, Integer> fewer = new TreeMap<>(byOrdinal);
    fewer.remove(ordinal);
    return new Attempts(fewer);
  }

  Attempts only(Collection<Integer> ordinals) {
    Map<Integer, Integer> fewer = new TreeMap<>(byOrdinal);
    fewer.keySet().retainAll(ordinals);
    return new Attempts(fewer);
  }

  String text() {
    List<String> parts = new ArrayList<>();
    new TreeMap<>(byOrdinal).forEach((ordinal, attempt) -> parts.add(ordinal + "=" + attempt));
    return String.join(",", parts);
  }
}
