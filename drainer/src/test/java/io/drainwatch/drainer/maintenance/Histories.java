package io.drainwatch.drainer.maintenance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The random histories that the properties of the invariants share: played once in batches, each
 * property looks for its own. {@code -Ddrainwatch.histories} says how many, {@code
 * -Ddrainwatch.seed} where the seeds begin.
 */
final class Histories {
  static final int BATCHES = 50;
  private static final int TOTAL = Integer.getInteger("drainwatch.histories", 2_000);
  private static final long FIRST_SEED = Long.getLong("drainwatch.seed", 1L);
  private static final int LENGTH = 200;
  private static final int MOST_LOG_LINES = 60;

  /**
   * @param broken by invariant: the shortest story for the first seed that does it
   * @param seen what happened, and how often
   */
  private record Batch(Map<String, String> broken, Map<String, Integer> seen) {}

  /**
   * At the first question, on all cores: they have nothing to do with each other. A class of its
   * own, of which they need nothing: it is not there before they have ended.
   */
  private static final class Played {
    static final List<Batch> ALL =
        IntStream.range(0, BATCHES).parallel().mapToObj(Histories::play).toList();
  }

  private Histories() {}

  static int total() {
    return TOTAL;
  }

  /**
   * What happened in all of them, and in how many: a property over histories without it is void.
   */
  static Map<String, Integer> seen() {
    Map<String, Integer> seen = new HashMap<>();
    for (Batch batch : Played.ALL) {
      batch.seen.forEach((what, times) -> seen.merge(what, times, Integer::sum));
    }
    return seen;
  }

  /** What broke in a batch, by invariant, with its story. */
  static Map<String, String> brokenIn(int batch) {
    return Played.ALL.get(batch).broken;
  }

  private static Batch play(int batch) {
    Map<String, String> broken = new HashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    int size = Math.max(1, TOTAL / BATCHES);
    for (int i = 0; i < size; i++) {
      History history = History.of(FIRST_SEED + (long) batch * size + i, LENGTH);
      HistoryRun run = new HistoryRun(history).play().thenAllIsWell();
      run.seen().forEach(what -> seen.merge(what, 1, Integer::sum));
      for (Invariants.Violation violation : run.vm().violations) {
        broken.computeIfAbsent(violation.invariant(), name -> story(shrunk(history, name), name));
      }
    }
    return new Batch(broken, seen);
  }

  private static List<Invariants.Violation> violations(History history) {
    return new HistoryRun(history).play().thenAllIsWell().vm().violations;
  }

  private static boolean breaks(History history, String invariant) {
    return violations(history).stream().anyMatch(each -> each.invariant().equals(invariant));
  }

  /** Leaves moves out for as long as it still breaks. */
  private static History shrunk(History history, String invariant) {
    History best = history;
    for (int chunk = 64; chunk >= 1; chunk /= 2) {
      for (int at = best.moves().size() - chunk; at >= 0; at -= chunk) {
        if (at + chunk <= best.moves().size()) {
          History fewer = best.without(at, at + chunk);
          best = breaks(fewer, invariant) ? fewer : best;
        }
      }
    }
    return best;
  }

  private static String story(History history, String invariant) {
    HistoryRun run = new HistoryRun(history).play();
    int stood = run.vm().log.size();
    run.thenAllIsWell();
    List<String> log = run.vm().log;
    List<String> shown =
        log.subList(Math.max(0, stood - MOST_LOG_LINES), Math.min(stood + 20, log.size()));
    return "seed %d%nmoves %s%nbroken %s%nsettings %s%nlog%n  %s"
        .formatted(
            history.seed(),
            history.moves(),
            run.vm().violations.stream()
                .filter(each -> each.invariant().equals(invariant))
                .toList(),
            run.vm().settings,
            shown.stream().collect(Collectors.joining(System.lineSeparator() + "  ")));
  }
}
