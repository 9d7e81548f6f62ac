package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.drainsafe.DrainSafeCompat;
import io.drainwatch.drainer.drainsafe.DrainSafeMode;
import io.drainwatch.drainer.maintenance.DryRun;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.PodConduct;
import io.drainwatch.drainer.model.PodFields;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One maintenance of a Node from the first notice to the uncordon, core and cluster together. */
class NodeMaintenanceTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));

  private final NodeRig rig = new NodeRig();

  private void goesAndComesBack() {
    rig.platform(NodeRig.started(REBOOT));
    rig.run("3S");
    rig.cluster.notReady(NodeRig.NODE);
    rig.run("20S");
    rig.machine = new Machine(NodeRig.VM, Optional.of("id-1"), "boot-2", false);
    rig.cluster.rebooted(NodeRig.NODE, "boot-2");
    rig.cluster.ready(NodeRig.NODE);
    rig.core(new Observation.DaemonStarted(rig.machine));
    rig.platform();
    rig.run("60S");
  }

  @Test
  @DisplayName("a Node is cordoned, drained, acknowledged and given back")
  void goesTheWholeWay() {
    rig.cluster.replicaSet("shop", "web", 3, pod -> {}, NodeRig.NODE);
    rig.platform(REBOOT);
    rig.start().run("30S");
    assertThat(rig.story())
        .containsExactly(
            "MaintenanceScheduled", "Cordoned", "Draining", "Drained", "acknowledge A");
    assertThat(rig.node().facts().unschedulable()).isTrue();
    assertThat(rig.stateWord()).isEqualTo("Drained");
    assertThat(rig.cluster.podsOn(NodeRig.NODE)).isEmpty();
    goesAndComesBack();
    assertThat(rig.node().facts().unschedulable()).isFalse();
    assertThat(rig.stateWord()).isEqualTo("none");
    assertThat(rig.annotation(NodeKeys.LAST))
        .hasValueSatisfying(it -> assertThat(it).contains("returned"));
    assertThat(rig.node().facts().conditions()).isEmpty();
    assertThat(rig.summaries).hasSize(1);
  }

  @Test
  @DisplayName("record and cordon are one patch, and nothing is evicted before it")
  void cordonsInOnePatch() {
    rig.cluster.replicaSet("shop", "web", 1, pod -> {}, NodeRig.NODE);
    rig.platform(REBOOT);
    rig.start().run("20S");
    ModelRequest first = rig.api.requests(Verb.PATCH_NODE).getFirst();
    assertThat(first.toString()).contains("unschedulable", NodeKeys.RECORD, NodeKeys.STATE);
    assertThat(rig.api.requests().stream().map(ModelRequest::verb).toList())
        .containsSubsequence(Verb.PATCH_NODE, Verb.EVICT);
    assertThat(rig.api.requests(Verb.EVICT)).hasSize(1);
  }

  @Test
  @DisplayName("K49 a Node that somebody else had cordoned is drained and never uncordoned")
  void leavesAForeignCordon() {
    rig.cluster.replicaSet("shop", "web", 1, pod -> {}, NodeRig.NODE);
    rig.cluster.cordon(NodeRig.NODE, true);
    rig.platform(REBOOT);
    rig.start().run("30S");
    assertThat(rig.acknowledged).containsExactly("A");
    goesAndComesBack();
    assertThat(rig.node().facts().unschedulable()).isTrue();
    assertThat(rig.stateWord()).isEqualTo("none");
  }

  @Test
  @DisplayName(
      "K50 an uncordon by somebody else in mid-drain is respected, nothing is acknowledged")
  void respectsAnUncordon() {
    rig.cluster.replicaSet("shop", "web", 1, pod -> pod.conduct(stopsSlowly()), NodeRig.NODE);
    rig.platform(REBOOT);
    rig.start().run("12S");
    assertThat(rig.stateWord()).isEqualTo("Draining");
    rig.cluster.cordon(NodeRig.NODE, false);
    rig.run("2S");
    rig.api.forgetRequests();
    rig.run("5M");
    assertThat(rig.acknowledged).isEmpty();
    assertThat(rig.api.requests(Verb.EVICT)).isEmpty();
    assertThat(rig.node().facts().unschedulable()).isFalse();
    assertThat(rig.annotation(NodeKeys.RECORD))
        .hasValueSatisfying(it -> assertThat(it).contains("ForeignUncordon"));
  }

  private static PodConduct stopsSlowly() {
    return PodConduct.PROMPT.stopsIn(Duration.ofSeconds(25));
  }

  @Test
  @DisplayName("K51 keep-cordoned, set in mid-maintenance, keeps the Node out of service")
  void keepsTheCordonWhenAskedTo() {
    rig.platform(REBOOT);
    rig.start().run("20S");
    rig.cluster.annotate(NodeRig.NODE, NodeKeys.KEEP_CORDONED, "true");
    goesAndComesBack();
    assertThat(rig.node().facts().unschedulable()).isTrue();
    assertThat(rig.stateWord()).isEqualTo("none");
  }

  @Test
  @DisplayName("K04 a pod bound after Drained and before the POST leads back to Draining")
  void drainsWhatAppears() {
    rig.acknowledges = false;
    rig.platform(REBOOT);
    rig.start();
    rig.metadataAnswers(true);
    rig.run("4S");
    rig.cluster.add(new PodFields("shop", "late").on(NodeRig.NODE));
    rig.run("20S");
    assertThat(rig.cluster.podsOn(NodeRig.NODE)).isEmpty();
    assertThat(rig.acknowledged).containsOnly("A");
  }

  @Test
  @DisplayName(
      "K61 a cancelled event stops within a second; the Node is given back after two documents")
  void stopsAtACancellation() {
    rig.cluster.replicaSet(
        "shop",
        "web",
        8,
        pod -> pod.conduct(stopsSlowly()).grace(Duration.ofSeconds(30)),
        NodeRig.NODE);
    rig.platform(REBOOT);
    rig.start().run("8S");
    rig.platform();
    rig.run("1S");
    rig.api.forgetRequests();
    rig.run("60S");
    assertThat(rig.api.requests(Verb.EVICT)).isEmpty();
    assertThat(rig.acknowledged).isEmpty();
    assertThat(rig.node().facts().unschedulable()).isFalse();
    assertThat(rig.stateWord()).isEqualTo("none");
  }

  @Test
  @DisplayName("K78 a process without another memory resumes from the Node's record")
  void resumesFromTheRecord() {
    rig.cluster.replicaSet("shop", "web", 2, pod -> pod.conduct(stopsSlowly()), NodeRig.NODE);
    rig.platform(REBOOT);
    rig.start().run("10S");
    assertThat(rig.stateWord()).isEqualTo("Draining");
    rig.kill();
    rig.run("2S");
    rig.startAs("watcher-2").run("40S");
    assertThat(rig.acknowledged).containsExactly("A");
    goesAndComesBack();
    assertThat(rig.node().facts().unschedulable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"this", "another"})
  @DisplayName("K75 of two processes on one Node the one that lost the record does nothing more")
  void yieldsToItsSuccessor(String episode) {
    rig.cluster.replicaSet("shop", "web", 1, pod -> pod.conduct(stopsSlowly()), NodeRig.NODE);
    rig.platform(REBOOT);
    rig.start().run("10S");
    String theirs = rig.annotation(NodeKeys.RECORD).orElseThrow().replace("watcher-1", "watcher-2");
    if (episode.equals("another")) { // one that its successor heard of first (history 100834)
      theirs = theirs.replaceFirst("(\"episode\":\")[0-9a-f]{4}", "$10000");
    }
    rig.cluster.annotate(NodeRig.NODE, NodeKeys.RECORD, theirs);
    rig.run("1S");
    rig.api.forgetRequests();
    rig.run("60S");
    assertThat(rig.api.requests()).noneMatch(each -> each.verb() == Verb.PATCH_NODE);
    assertThat(rig.acknowledged).isEmpty();
  }

  private NodeStep yields(NodeObservation observation, Duration later) {
    rig.platform(REBOOT);
    rig.start().run("4S");
    String theirs = rig.annotation(NodeKeys.RECORD).orElseThrow().replace("watcher-1", "watcher-2");
    rig.cluster.annotate(NodeRig.NODE, NodeKeys.RECORD, theirs);
    rig.run("1S");
    return work().next(rig.state(), observation, rig.cluster.now().plus(later));
  }

  private static NodeWork work() {
    return new NodeWork(NodeSettings.defaults("watcher-1"), LifecycleSettings.defaults().policy());
  }

  @Test
  @DisplayName("K47 since when it yields moves with the clock")
  void yieldsByItsOwnClock() {
    Duration by = Duration.ofHours(1);
    NodeStep step = yields(new NodeObservation.ClockStepped(by), by);
    Instant lostAt = rig.state().lostAt().orElseThrow();
    assertThat(step.state().lostAt()).contains(lostAt.plus(by));
  }

  @Test
  @DisplayName("K75 where a Lease decides it wakes when it may take the Node up again")
  void wakesToTakeUpAgain() {
    NodeTerms byLease = new NodeTerms(HeldBy.NOTHING, Optional.of(Set.of()), false);
    NodeStep step = yields(new NodeObservation.TermsSet(byLease), Duration.ZERO);
    Instant due = rig.state().lostAt().orElseThrow().plusSeconds(30);
    assertThat(work().wakeAt(step.state(), due.minusMillis(1))).contains(due);
    NodeState then = work().next(step.state(), new NodeObservation.Tick(), due).state();
    assertThat(then.lostAt()).isEmpty();
  }

  @Test
  @DisplayName("K52 a Node that is deleted ends the work on it")
  void endsWithTheNode() {
    rig.cluster.replicaSet("shop", "web", 1, pod -> pod.conduct(stopsSlowly()), NodeRig.NODE);
    rig.platform(REBOOT);
    rig.start().run("10S");
    rig.cluster.deleteNode(NodeRig.NODE);
    rig.run("5S");
    rig.api.forgetRequests();
    rig.run("60S");
    assertThat(rig.acknowledged).isEmpty();
    assertThat(rig.api.requests()).noneMatch(each -> each.verb() == Verb.PATCH_NODE);
  }

  @Test
  @DisplayName("K52 a Node that is deleted for good ends the episode as node-gone, once")
  void endsTheEpisodeWithTheNode() {
    rig.cluster.replicaSet("shop", "web", 1, pod -> pod.conduct(stopsSlowly()), NodeRig.NODE);
    rig.platform(REBOOT);
    rig.start().run("10S");
    rig.cluster.deleteNode(NodeRig.NODE);
    rig.run("9S");
    assertThat(rig.summaries).as("it may be made anew").isEmpty();
    rig.run("3S");
    assertThat(rig.summaries).extracting(Summary::ending).containsExactly(Summary.Ending.NODE_GONE);
    rig.run("30M");
    rig.platform();
    rig.run("1M");
    assertThat(rig.episode()).isEmpty();
    assertThat(rig.summaries).hasSize(1);
    assertThat(rig.acknowledged).isEmpty();
  }

  @Test
  @DisplayName("K90 a Node that goes after its drain: node-gone, one summary")
  void endsADrainedEpisodeWithTheNode() {
    rig.acknowledges = false;
    rig.platform(REBOOT);
    rig.start().run("20S");
    assertThat(rig.stateWord()).isEqualTo("Drained");
    rig.cluster.deleteNode(NodeRig.NODE);
    rig.run("1M");
    rig.platform();
    rig.run("1M");
    assertThat(rig.episode()).isEmpty();
    assertThat(rig.summaries).extracting(Summary::ending).containsExactly(Summary.Ending.NODE_GONE);
  }

  @Test
  @DisplayName("K52 K53 a Node that comes long after begins an episode of its own")
  void beginsAnewOnANodeThatComesLater() {
    rig.platform(REBOOT);
    rig.start().run("3S");
    rig.cluster.deleteNode(NodeRig.NODE);
    rig.run("1M");
    rig.cluster.addNode(NodeRig.NODE);
    rig.cluster.rebooted(NodeRig.NODE, "boot-1");
    rig.cluster.ready(NodeRig.NODE);
    rig.run("30S");
    assertThat(rig.stateWord()).isEqualTo("Drained");
    assertThat(rig.acknowledged).containsExactly("A");
    rig.platform(NodeRig.started(REBOOT));
    rig.run("3S");
    rig.platform();
    rig.run("7M");
    assertThat(rig.node().facts().unschedulable()).isFalse();
    assertThat(rig.summaries)
        .extracting(Summary::ending)
        .containsExactly(Summary.Ending.NODE_GONE, Summary.Ending.RETURNED);
  }

  @Test
  @DisplayName("K52 a Node that cannot be read is not gone")
  void isNotGoneBecauseItCannotBeRead() {
    rig.cluster.replicaSet("shop", "web", 1, pod -> pod.conduct(stopsSlowly()), NodeRig.NODE);
    rig.platform(REBOOT);
    rig.start().run("8S");
    rig.api.faults().forever(Verb.GET_NODE, Fault.UNAVAILABLE);
    rig.api.faults().forever(Verb.WATCH, Fault.UNAVAILABLE);
    rig.api.closeWatches();
    rig.run("2M");
    assertThat(rig.summaries).isEmpty();
  }

  @Test
  @DisplayName("nothing is written and nothing evicted in dry-run")
  void dryRunTouchesNothing() {
    NodeRig dry =
        new NodeRig(
            NodeSettings.defaults("watcher-1").withWrites(false),
            LifecycleSettings.defaults().withDryRun(DryRun.REPORT));
    dry.cluster.replicaSet("shop", "web", 1, pod -> {}, NodeRig.NODE);
    dry.platform(REBOOT);
    dry.start().run("60S");
    assertThat(dry.api.requests())
        .noneMatch(
            each ->
                each.verb() == Verb.PATCH_NODE
                    || each.verb() == Verb.PATCH_STATUS
                    || each.verb() == Verb.EVICT
                    || each.verb() == Verb.DELETE_POD
                    || each.verb() == Verb.POST_EVENT);
    assertThat(dry.cluster.podsOn(NodeRig.NODE)).hasSize(1).allMatch(pod -> !pod.isTerminating());
  }

  @Test
  @DisplayName("DS02 DrainSafe's annotations follow the record; the owner goes with the cordon")
  void tellsWhatDrainSafeTold() {
    NodeRig compat =
        new NodeRig(
            NodeSettings.defaults("watcher-1")
                .withDrainSafe(new DrainSafeCompat(DrainSafeMode.WRITE, false)),
            LifecycleSettings.defaults());
    compat.platform(REBOOT);
    compat.start().run("20S");
    assertThat(compat.annotation("drainsafe.azure.com/maintenanceowner")).contains("Drainsafe");
    assertThat(compat.annotation("drainsafe.azure.com/maintenancetype")).contains("Reboot");
    assertThat(compat.node().facts().unschedulable()).isTrue();
    compat.platform();
    compat.run("6M"); // it was acknowledged, so a heartbeat of after it is waited for
    assertThat(compat.node().facts().unschedulable()).isFalse();
    assertThat(compat.annotation("drainsafe.azure.com/maintenanceowner")).contains("");
    assertThat(compat.annotation("drainsafe.azure.com/maintenancestate")).contains("NodeRunning");
  }

  @Test
  @DisplayName("an empty Node is acknowledged as soon as the cordon has settled")
  void isQuickWhereNothingIsToGo() {
    rig.platform(REBOOT);
    rig.start().run("8S");
    assertThat(rig.acknowledged).containsExactly("A");
  }
}
