package io.drainwatch.watcher.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Samples by what was measured, and their table. */
final class Figures {
  private final Map<List<String>, List<Double>> samples = new LinkedHashMap<>();

  void add(String command, String what, double sample) {
    samples.computeIfAbsent(List.of(command, what), key -> new ArrayList<>()).add(sample);
  }

  /** Of all samples whose name begins so. */
  double worst(String command, String what) {
    return samples.entrySet().stream()
        .filter(each -> each.getKey().getFirst().equals(command))
        .filter(each -> each.getKey().getLast().startsWith(what))
        .flatMap(each -> each.getValue().stream())
        .mapToDouble(Double::doubleValue)
        .max()
        .orElseThrow();
  }

  List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add("| command | what | median | min | max | runs |");
    lines.add("|---|---|---|---|---|---|");
    samples.forEach(
        (key, all) -> {
          List<Double> sorted = all.stream().sorted().toList();
          lines.add(
              "| `%s` | %s | %s | %s | %s | %d |"
                  .formatted(
                      key.getFirst(),
                      key.getLast(),
                      rounded(sorted.get(sorted.size() / 2)),
                      rounded(sorted.getFirst()),
                      rounded(sorted.getLast()),
                      sorted.size()));
        });
    return lines;
  }

  private static String rounded(double figure) {
    return String.format(Locale.ROOT, figure < 10 ? "%.2f" : "%.0f", figure);
  }
}
