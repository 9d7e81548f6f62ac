package io.drainwatch.drainer.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The controller of the budgets: counts healthy pods a moment after each change, and forgets about
 * pods that were evicted on paper but did not terminate within two minutes.
 */
final class Budgets {
  /** How long an entry of the disrupted pods counts. */
  static final Duration FORGET = Duration.ofMinutes(2);

  private final Store store;
  private final Timeline time;
  private final Stamps stamps;
  private final Function<String, Integer> replicas;
  private final Set<String> due = new HashSet<>();
  private Duration lag = Duration.ofMillis(20);
  private boolean paused;

  /**
   * @param replicas that a controller, by its uid, wants; 0 where it is not known
   */
  Budgets(Store store, Timeline time, Stamps stamps, Function<String, Integer> replicas) {
    this.store = store;
    this.time = time;
    this.stamps = stamps;
    this.replicas = replicas;
    store.listen(this::heard);
  }

  void lag(Duration other) {
    lag = other;
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    store.budgets().values().forEach(it -> later(it.key(), lag));
  }

  private void heard(Change change) {
    switch (change.latest()) {
      case ModelPod pod ->
          store.budgets().values().stream()
              .filter(budget -> budget.selects(pod))
              .forEach(budget -> later(budget.key(), lag));
      case ModelBudget budget when change.after().isPresent() -> later(budget.key(), lag);
      default -> {}
    }
  }

  private void later(String key, Duration delay) {
    if (due.add(key)) {
      time.in(
          delay,
          () -> {
            due.remove(key);
            if (!paused) {
              sync(key);
            }
          });
    }
  }

  void sync(String key) {
    ModelBudget budget = store.budgets().get(key);
    if (budget == null) {
      return;
    }
    List<ModelPod> pods = store.pods().values().stream().filter(budget::selects).toList();
    Map<String, Instant> disrupted = disrupted(budget, pods);
    int healthy =
        (int)
            pods.stream()
                .filter(pod -> !pod.isTerminating() && pod.facts().ready())
                .filter(pod -> !disrupted.containsKey(pod.facts().name()))
                .count();
    int expected = expected(budget, pods);
    int desired = desired(budget, expected);
    int allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
    ModelBudget.State state =
        new ModelBudget.State(budget.generation(), allowed, healthy, desired, expected, disrupted);
    if (!state.equals(budget.state())) {
      store.put(budget.with(state));
    }
    disrupted.values().stream()
        .min(Instant::compareTo)
        .ifPresent(
            oldest ->
                time.in(
                    Duration.between(stamps.server(), oldest.plus(FORGET)),
                    () -> later(key, Duration.ZERO)));
  }

  private Map<String, Instant> disrupted(ModelBudget budget, List<ModelPod> pods) {
    Map<String, Instant> still = new TreeMap<>();
    for (ModelPod pod : pods) {
      Instant since = budget.state().disruptedPods().get(pod.facts().name());
      if (since != null && !pod.isTerminating() && stamps.server().isBefore(since.plus(FORGET))) {
        still.put(pod.facts().name(), since);
      }
    }
    return still;
  }

  private int expected(ModelBudget budget, List<ModelPod> pods) {
    boolean counts = budget.spec().minAvailable().filter(it -> !it.endsWith("%")).isPresent();
    if (counts) {
      return pods.size();
    }
    Set<String> owners = new HashSet<>();
    pods.forEach(pod -> pod.facts().controller().ifPresent(owner -> owners.add(owner.uid())));
    return owners.stream().mapToInt(replicas::apply).sum();
  }

  private static int desired(ModelBudget budget, int expected) {
    return budget
        .spec()
        .minAvailable()
        .map(least -> amount(least, expected))
        .or(
            () ->
                budget
                    .spec()
                    .maxUnavailable()
                    .map(most -> Math.max(0, expected - amount(most, expected))))
        .orElse(0);
  }

  /** Per cents are rounded up. */
  private static int amount(String text, int of) {
    if (!text.endsWith("%")) {
      return Integer.parseInt(text);
    }
    return new BigDecimal(text.substring(0, text.length() - 1))
        .multiply(BigDecimal.valueOf(of))
        .divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING)
        .intValueExact();
  }
}
