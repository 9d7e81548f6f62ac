package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.PodConduct;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process dies, the API is away: the end is the same, or nothing is acknowledged. */
class NodeOutagesTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));

  private final NodeRig rig = new NodeRig();

  private void threePods() {
    rig.cluster.replicaSet(
        "shop",
        "web",
        3,
        pod -> pod.conduct(PodConduct.PROMPT.stopsIn(Duration.ofSeconds(4))),
        NodeRig.NODE);
  }

  private void rebootAndReturn() {
    rig.platform(NodeRig.started(REBOOT));
    rig.run("3S");
    rig.cluster.notReady(NodeRig.NODE);
    rig.run("10S");
    rig.machine = new Machine(NodeRig.VM, Optional.of("id-1"), "boot-2", false);
    rig.cluster.rebooted(NodeRig.NODE, "boot-2");
    rig.cluster.ready(NodeRig.NODE);
    rig.core(new Observation.DaemonStarted(rig.machine));
    rig.platform();
    rig.run("90S");
  }

  private void assertBackInService() {
    assertThat(rig.node().facts().unschedulable()).isFalse();
    assertThat(rig.annotation(NodeKeys.RECORD)).isEmpty();
    assertThat(rig.cluster.podsOn(NodeRig.NODE)).isEmpty();
    assertThat(rig.acknowledged).containsOnly("A");
  }

  @ParameterizedTest(name = "K72 K76 killed after {0} ms, and started again without a journal")
  @ValueSource(
      ints = {100, 200, 300, 500, 1_000, 2_500, 5_000, 5_300, 6_000, 9_000, 9_500, 11_000, 12_000})
  void endsAsIfItHadNotDied(int milliseconds) {
    threePods();
    rig.platform(REBOOT);
    rig.start().run(milliseconds / 1000.0 + "S");
    rig.kill();
    rig.run("1S");
    rig.startAs("watcher-2").run("60S");
    assertThat(rig.acknowledged).isNotEmpty();
    rebootAndReturn();
    assertBackInService();
  }

  @Test
  @DisplayName(
      "K48 while the API is away nothing is acknowledged; when it is back the drain goes on")
  void acknowledgesNothingWithoutTheApi() {
    threePods();
    rig.platform(REBOOT);
    rig.start().run("3S");
    rig.api.faults().everything(Fault.UNAVAILABLE);
    rig.api.closeWatches();
    rig.run("3M");
    assertThat(rig.acknowledged).isEmpty();
    rig.api.faults().heal();
    rig.run("3M");
    assertThat(rig.acknowledged).containsExactly("A");
    rebootAndReturn();
    assertBackInService();
  }

  @Test
  @DisplayName("K22 a gap of the API in mid-drain costs time and nothing else")
  void survivesAGap() {
    threePods();
    rig.platform(REBOOT);
    rig.start().run("6S");
    rig.api.faults().everything(Fault.RESET_BEFORE);
    rig.api.closeWatches();
    rig.run("20S");
    rig.api.faults().heal();
    rig.run("2M");
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  @DisplayName("K21 a webhook that cannot admit one pod's eviction holds up that pod alone")
  void letsTheOthersGoFirst() {
    threePods();
    rig.cluster.replicaSet("infra", "webhook", 1, pod -> {}, NodeRig.NODE);
    rig.api
        .faults()
        .forever(
            request -> request.verb() == Verb.EVICT && request.target().startsWith("infra/"),
            Fault.WEBHOOK);
    rig.platform(REBOOT);
    rig.start().run("1M");
    assertThat(rig.cluster.podsOn(NodeRig.NODE))
        .singleElement()
        .satisfies(pod -> assertThat(pod.facts().namespace()).isEqualTo("infra"));
    assertThat(rig.acknowledged).isEmpty();
    rig.api.faults().heal();
    rig.run("2M");
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  @DisplayName("K65 a NotBefore that moves earlier tightens the deadline in the record")
  void tightensTheDeadline() {
    threePods();
    rig.cluster.replicaSet(
        "shop",
        "slow",
        1,
        pod -> pod.grace(Duration.ofMinutes(20)).conduct(PodConduct.PROMPT.neverGone()),
        NodeRig.NODE);
    rig.platform(REBOOT);
    rig.start().run("10S");
    String before = rig.annotation(NodeKeys.RECORD).orElseThrow();
    rig.platform(NodeRig.event("A", "Reboot", Duration.ofMinutes(5)));
    rig.run("3S");
    assertThat(rig.episode().orElseThrow().deadline())
        .hasValueSatisfying(
            at -> assertThat(at).isBefore(NodeRig.START.plus(Duration.ofMinutes(5))));
    assertThat(rig.annotation(NodeKeys.RECORD)).isPresent().get().isNotEqualTo(before);
  }

  @Test
  @DisplayName("K68 a NotBefore in the past: the deadline is reached, no drain starts")
  void startsNoDrainThatCannotEnd() {
    threePods();
    rig.platform(NodeRig.event("A", "Reboot", Duration.ofMinutes(-1)));
    rig.start().run("30S");
    assertThat(rig.api.requests(Verb.EVICT)).isEmpty();
    assertThat(rig.acknowledged).isEmpty();
    assertThat(rig.episode().orElseThrow().state()).isNotEqualTo(MaintenanceState.DRAINED);
  }
}
