package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.ModelBudget;
import io.drainwatch.drainer.model.ModelBudget.Spec;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.pods.PodOption;
import io.drainwatch.drainer.pods.PodRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Disruption budgets that are read: section 9's option, from the watch to the eviction. */
class ReadBudgetsTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofHours(4));
  private static final Map<String, String> SHOP = Map.of("part-of", "shop");

  private final NodeRig rig = rig(Set.of(PodOption.READ_BUDGETS));

  private static NodeRig rig(Set<PodOption> options) {
    return new NodeRig(
        NodeSettings.defaults("watcher-1")
            .withPods(
                new PodRules(
                    List.of(),
                    options,
                    PodRules.DEFAULT_STUCK_AFTER,
                    PodRules.DEFAULT_DETACH_TIMEOUT)),
        LifecycleSettings.defaults());
  }

  /** Replicas of several controllers on the Node, all with the label of {@link #SHOP}. */
  private static void deployments(NodeRig rig, int controllers, int replicas) {
    for (int i = 0; i < controllers; i++) {
      rig.cluster.replicaSet(
          "shop", "web-" + i, replicas, pod -> pod.labelled("part-of", "shop"), NodeRig.NODE);
    }
  }

  private static List<Instant> evictions(NodeRig rig) {
    return rig.api.requests(Verb.EVICT).stream().map(ModelRequest::at).toList();
  }

  private static void drainFor(NodeRig rig, String time) {
    rig.platform(REBOOT);
    rig.start().run(time);
  }

  @Test
  @DisplayName("K26 pods of one budget share one probe before its first refusal, whoever owns them")
  void probesOncePerBudgetFromTheFirstRequestOn() {
    deployments(rig, 8, 2);
    rig.cluster.addBudget("shop", "all", Spec.maxUnavailable(SHOP, "0"));
    drainFor(rig, "10S");
    assertThat(evictions(rig)).hasSize(1);

    NodeRig without = rig(Set.of());
    deployments(without, 8, 2);
    without.cluster.addBudget("shop", "all", Spec.maxUnavailable(SHOP, "0"));
    drainFor(without, "10S");
    assertThat(evictions(without)).as("budgets not read").hasSize(8);
  }

  @Test
  @DisplayName("K29 budget loosened after 3 h: noticed by the watch at once")
  void goesOnAtOnceWhenTheBudgetIsLoosened() {
    deployments(rig, 1, 3);
    rig.cluster.addBudget("shop", "all", Spec.maxUnavailable(SHOP, "0"));
    rig.platform(REBOOT);
    rig.start().leap(Duration.ofHours(3), () -> false);
    Instant last = evictions(rig).getLast();
    while (rig.cluster.now().isBefore(last.plusSeconds(3))) {
      rig.run("0.1S"); // in the middle of an interval
    }
    Instant loosened = rig.cluster.now();
    int before = evictions(rig).size();
    rig.cluster.changeBudget("shop", "all", Spec.maxUnavailable(SHOP, "3"));
    rig.run("1S");
    assertThat(evictions(rig).subList(before, evictions(rig).size()))
        .isNotEmpty()
        .first()
        .satisfies(at -> assertThat(at).isBefore(loosened.plusMillis(400)));
  }

  @Test
  @DisplayName("K27 a status that is behind the budget's spec wakes nobody")
  void isNotWokenByAStaleStatus() {
    deployments(rig, 1, 3);
    rig.cluster.addBudget("shop", "all", Spec.maxUnavailable(SHOP, "0"));
    drainFor(rig, "3M");
    rig.cluster.pauseBudgets();
    rig.cluster.changeBudget("shop", "all", Spec.maxUnavailable(SHOP, "3"));
    int before = evictions(rig).size();
    Instant last = evictions(rig).getLast();
    ModelBudget.State state = rig.cluster.budget("shop", "all").state();
    rig.cluster.forceState(
        "shop",
        "all",
        new ModelBudget.State(
            state.observedGeneration(), 3, 3, 0, 3, Map.of())); // of the spec before
    rig.run("2S");
    assertThat(evictions(rig)).as("last before: " + last).hasSize(before);
  }

  @Test
  @DisplayName("K28 budget deleted midway: the group dissolves at once, the pods go on")
  void goesOnWhenTheBudgetIsDeleted() {
    deployments(rig, 4, 2);
    rig.cluster.addBudget("shop", "all", Spec.maxUnavailable(SHOP, "0"));
    drainFor(rig, "3M");
    int before = evictions(rig).size();
    rig.cluster.deleteBudget("shop", "all");
    rig.run("3S");
    assertThat(evictions(rig)).hasSize(before + 8);
  }

  @Test
  @DisplayName("K25 two budgets on one pod: both are named")
  void namesBothBudgets() {
    deployments(rig, 1, 1);
    rig.cluster.addBudget("shop", "one", Spec.maxUnavailable(SHOP, "1"));
    rig.cluster.addBudget("shop", "two", Spec.maxUnavailable(SHOP, "1"));
    drainFor(rig, "15S");
    assertThat(rig.state().evicting().state().left())
        .singleElement()
        .satisfies(left -> assertThat(left.why()).contains("multi-pdb", "one, two"));
    assertThat(rig.told).anyMatch(news -> news.detail().contains("one, two"));
  }

  @Test
  @DisplayName("budgets that may not be read leave the drain as it is without them")
  void drainsWithoutTheRightToReadThem() {
    rig.api
        .faults()
        .forever(
            request -> request.verb() == Verb.OTHER && request.target().equals("budgets"),
            Fault.FORBIDDEN);
    deployments(rig, 8, 2);
    rig.cluster.addBudget("shop", "all", Spec.maxUnavailable(SHOP, "1"));
    drainFor(rig, "10S");
    assertThat(evictions(rig)).hasSizeGreaterThanOrEqualTo(8);
    rig.run("5M");
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  @DisplayName("budgets are watched only while a Node is drained")
  void watchesOnlyForADrain() {
    deployments(rig, 1, 2);
    rig.start().run("10S");
    assertThat(rig.api.requests(Verb.OTHER)).isEmpty();
    rig.platform(REBOOT);
    rig.run("10S");
    assertThat(rig.api.requests(Verb.OTHER)).hasSize(1);
  }
}
