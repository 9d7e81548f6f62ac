package io.drainwatch.drainer.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What goes on around a Node while it is drained, made up from dice: pods, budgets, faults. */
public final class NodeTroubles {
  private static final List<Verb> VERBS = Verb.ofTheFaultMatrix();
  private static final List<Fault> FAULTS =
      Fault.matrix().stream()
          // a server that lies about a Node or knows no evictions is another story
          .filter(each -> each != Fault.NOT_FOUND && each != Fault.NOT_ALLOWED)
          .toList();

  private final ModelApi api;
  private final String node;
  private int pods;

  public NodeTroubles(ModelApi api, String node) {
    this.api = api;
    this.node = node;
  }

  /** A few pods, some behind a budget. */
  public void begin(SplittableRandom dice) {
    for (int i = dice.nextInt(4); i > 0; i--) {
      podComes(dice);
    }
    if (dice.nextBoolean()) {
      api.cluster()
          .replicaSet(
              "shop", "db", 2, pod -> pod.labelled("app", "db").stopsIn(seconds(dice, 20)), node);
      api.cluster()
          .addBudget(
              "shop",
              "db",
              ModelBudget.Spec.maxUnavailable(Map.of("app", "db"), dice.nextBoolean() ? "0" : "1"));
    }
  }

  public void podComes(SplittableRandom dice) {
    podComes(dice, "p");
  }

  /**
   * @param name of it, but for a number
   */
  public void podComes(SplittableRandom dice, String name) {
    api.cluster()
        .add(
            new PodFields("shop", name + ++pods)
                .on(node)
                .grace(seconds(dice, 90))
                .stopsIn(seconds(dice, 40)));
  }

  public void fault(SplittableRandom dice) {
    Verb verb = VERBS.get(dice.nextInt(VERBS.size()));
    Fault fault = FAULTS.get(dice.nextInt(FAULTS.size()));
    switch (dice.nextInt(3)) {
      case 0 -> api.faults().times(verb, fault, 1 + dice.nextInt(3));
      case 1 -> api.faults().during(verb, fault, seconds(dice, 120));
      default -> {
        api.faults().everything(fault);
        api.cluster().in(seconds(dice, 60), () -> api.faults().heal());
      }
    }
  }

  public void watches(SplittableRandom dice) {
    switch (dice.nextInt(3)) {
      case 0 -> api.closeWatches();
      case 1 -> api.expireWatches();
      default -> api.loseWatchEvents(1 + dice.nextInt(3));
    }
  }

  /** Everything that was in the way is gone. */
  public void areOver() {
    api.faults().heal();
    api.loseWatchEvents(0);
    List.copyOf(api.cluster().budgets()).forEach(each -> api.cluster().deleteBudget("shop", "db"));
    api.closeWatches();
  }

  static Duration seconds(SplittableRandom dice, int most) {
    return Duration.ofSeconds(1 + dice.nextInt(most));
  }
}
