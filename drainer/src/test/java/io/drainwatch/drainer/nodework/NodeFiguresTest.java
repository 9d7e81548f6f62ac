package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.distant.Standing;
import io.drainwatch.drainer.evictions.BlockedCause;
import io.drainwatch.drainer.evictions.PodDecision;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.ModelBudget.Spec;
import io.drainwatch.drainer.model.PodConduct;
import io.drainwatch.drainer.model.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Section 17: what metrics tell of a drain under way. */
class NodeFiguresTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofHours(1));
  private static final Map<String, String> SHOP = Map.of("part-of", "shop");

  private final NodeRig rig = new NodeRig();

  private NodeFigures figures() {
    return rig.state().figures(rig.cluster.now());
  }

  @Test
  @DisplayName("pods by what becomes of them, while the Node is drained and no longer")
  void countsPods() {
    rig.cluster.replicaSet(
        "shop",
        "slow",
        2,
        pod -> pod.conduct(PodConduct.PROMPT.stopsIn(Duration.ofSeconds(25))),
        NodeRig.NODE);
    rig.platform(REBOOT);
    rig.start().run("3S");
    assertThat(figures().pods()).containsEntry(PodDecision.EVICT, 2);
    rig.run("9S");
    assertThat(figures().pods()).containsEntry(PodDecision.WAIT, 2);
    rig.run("60S");
    assertThat(rig.stateWord()).isEqualTo("Drained");
    assertThat(figures()).isEqualTo(NodeFigures.NONE);
  }

  @Test
  @DisplayName("how long the pod that waits longest has been refused, by why, until it may go")
  void tellsHowLongItIsBlocked() {
    rig.cluster.replicaSet(
        "shop",
        "web",
        3,
        pod ->
            pod.labelled("part-of", "shop")
                .grace(Duration.ofMinutes(5))
                .conduct(PodConduct.PROMPT.stopsIn(Duration.ofMinutes(4))),
        NodeRig.NODE);
    rig.cluster.addBudget("shop", "all", Spec.maxUnavailable(SHOP, "0"));
    rig.platform(REBOOT);
    rig.start().run("5M");
    assertThat(figures().blocked()).containsOnlyKeys(BlockedCause.PDB);
    assertThat(figures().blocked().get(BlockedCause.PDB))
        .isBetween(Duration.ofSeconds(280), Duration.ofSeconds(300));
    rig.cluster.changeBudget("shop", "all", Spec.maxUnavailable(SHOP, "3"));
    rig.run("40S");
    assertThat(figures().pods()).containsEntry(PodDecision.WAIT, 3); // admitted, and still there
    assertThat(figures().blocked()).isEmpty();
  }

  @Test
  @DisplayName("K37 the age of the view rises while the server does not answer")
  void tellsTheAgeOfTheView() {
    rig.cluster.replicaSet("shop", "web", 3, pod -> pod.labelled("part-of", "shop"), NodeRig.NODE);
    rig.cluster.addBudget("shop", "all", Spec.maxUnavailable(SHOP, "0"));
    rig.platform(REBOOT);
    rig.start().run("1M");
    assertThat(figures().viewAge()).isLessThanOrEqualTo(Duration.ofSeconds(21));
    rig.api.faults().forever(Verb.LIST_PODS, Fault.UNAVAILABLE);
    rig.api.closeWatches();
    rig.run("2M");
    assertThat(figures().viewAge()).isGreaterThan(Duration.ofSeconds(100));
  }

  @Test
  @DisplayName("how long the Node has waited to be given back")
  void tellsHowLongTheReturnTakes() {
    rig.platform(REBOOT);
    rig.start().run("30S");
    rig.cluster.notReady(NodeRig.NODE);
    rig.platform();
    rig.run("5M");
    assertThat(rig.stateWord()).isEqualTo("Running");
    assertThat(figures().uncordonWait())
        .isBetween(Duration.ofSeconds(280), Duration.ofSeconds(300));
    rig.cluster.ready(NodeRig.NODE);
    rig.run("1M");
    assertThat(figures().uncordonWait()).isZero();
  }

  @Test
  @DisplayName("a Node that was given back is not waited for while its last hooks run")
  void waitsForNoNodeThatWasGivenBack() {
    Standing standing = new Standing();
    standing.state = MaintenanceState.UNCORDONED;
    standing.uncordon = Episode.Step.BEGUN;
    Instant later = Standing.NOW.plusSeconds(9);
    assertThat(NodeFigures.uncordonWait(standing.episode(), later)).hasSeconds(9);
    standing.uncordon = Episode.Step.DONE;
    assertThat(NodeFigures.uncordonWait(standing.episode(), later)).isZero();
  }

  @Test
  @DisplayName("a clock that was set back makes no age negative")
  void hasNoNegativeAges() {
    rig.cluster.replicaSet("shop", "web", 3, pod -> pod.labelled("part-of", "shop"), NodeRig.NODE);
    rig.cluster.addBudget("shop", "all", Spec.maxUnavailable(SHOP, "0"));
    rig.platform(REBOOT);
    rig.start().run("1M");
    NodeFigures before = rig.state().figures(rig.cluster.now().minus(Duration.ofHours(1)));
    assertThat(before.viewAge()).isZero();
    assertThat(before.blocked()).containsEntry(BlockedCause.PDB, Duration.ZERO);
  }
}
