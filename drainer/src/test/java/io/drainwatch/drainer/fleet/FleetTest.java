package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.model.PodFields;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.DrainNote;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ObservationNote.HookOutcome;
import io.drainwatch.drainer.nodes.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One drainer for a cluster: from the watchers' notes to Nodes that are given back. */
class FleetTest {
  private final FleetRun run = new FleetRun().nodes("n1", "n2", "n3");

  @AfterEach
  void noInvariantIsBroken() {
    assertThat(run.violations).isEmpty();
  }

  private Instant inMinutes(int minutes) {
    return run.cluster.now().plus(Duration.ofMinutes(minutes));
  }

  @Test
  void goesTheWholeWay() {
    run.cluster.replicaSet("shop", "web", 3, pod -> {}, "n1");
    Fleet fleet = run.leading(FleetRun.settings());
    run.pass(Duration.ofSeconds(1));
    assertThat(fleet.openFolds()).isZero();

    Instant notBefore = inMinutes(15);
    run.tell("n1", run.note("n1").event("e1", "Reboot", notBefore));
    run.pass(Duration.ofSeconds(1));
    assertThat(run.isCordoned("n1")).isTrue();
    run.pass(Duration.ofSeconds(20));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.DRAINED.word());
    assertThat(run.record("n1").orElseThrow().drain().ackable()).containsExactly("e1");
    assertThat(run.record("n1").orElseThrow().progress().phase()).isEqualTo(Phase.ACKNOWLEDGING);
    assertThat(run.cluster.podsOn("n1")).isEmpty();

    run.tell("n1", run.note("n1").event("e1", "Reboot", notBefore).ack("e1", 200));
    run.pass(Duration.ofSeconds(1));
    assertThat(run.record("n1").orElseThrow().progress().phase()).isEqualTo(Phase.ACKNOWLEDGED);

    run.tell("n1", run.note("n1").started("e1", "Reboot").ack("e1", 200));
    run.pass(Duration.ofSeconds(1));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.MAINTENANCE_STARTED.word());

    run.cluster.notReady("n1");
    run.pass(Duration.ofMinutes(2));
    run.cluster.rebooted("n1", "boot-2");
    run.tell("n1", run.note("n1").boot("boot-2").missing("e1"));
    run.pass(Duration.ofSeconds(2));
    run.tell("n1", run.note("n1").boot("boot-2").gone("e1"));
    run.pass(Duration.ofSeconds(2));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.RUNNING.word());
    assertThat(run.isCordoned("n1")).isTrue();
    run.pass(Duration.ofSeconds(40));
    assertThat(run.isCordoned("n1")).isFalse();
    assertThat(run.state("n1")).isEqualTo("none");
    assertThat(run.cluster.node("n1").annotations()).containsKey(NodeKeys.LAST);
    assertThat(run.summaries).containsExactly("n1 returned");
    run.pass(Duration.ofSeconds(30));
    assertThat(fleet.openFolds()).isZero();
  }

  @Test
  void anEventThatVanishesBeforeItsAcknowledgementWasCancelled() {
    run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(20));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.DRAINED.word());
    run.tell("n1", run.note("n1").missing("e1"));
    run.pass(Duration.ofSeconds(1));
    run.tell("n1", run.note("n1").gone("e1"));
    run.pass(Duration.ofMinutes(1));
    assertThat(run.summaries).containsExactly("n1 cancelled");
    assertThat(run.isCordoned("n1")).isFalse();
  }

  @Test
  @DisplayName("K04 a pod that comes after Drained and before the POST takes the permission back")
  void whatIsNotEmptyAnyMoreMayNotBeAcknowledged() {
    run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(20));
    assertThat(run.record("n1").orElseThrow().drain().ackable()).containsExactly("e1");
    run.cluster.add(new PodFields("shop", "late").on("n1").stopsIn(Duration.ofSeconds(20)));
    run.pass(Duration.ofSeconds(2));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.DRAINING.word());
    assertThat(run.record("n1").orElseThrow().drain().ackable()).isEmpty();
    run.pass(Duration.ofMinutes(1));
    assertThat(run.record("n1").orElseThrow().drain().ackable()).containsExactly("e1");
  }

  @Test
  void whatWasWrittenBeforeTheStartCountsAsTold() {
    run.reboots("n1", "e1");
    run.tell("n2", run.note("n2").missing("e2"));
    run.tell("n3", run.note("n3").gone("e3"));
    run.pass(Duration.ofMinutes(5));
    run.leading(FleetRun.settings());
    run.pass(Duration.ofSeconds(10));
    assertThat(run.isCordoned("n1")).isTrue();
    assertThat(run.isCordoned("n2")).isFalse();
    assertThat(run.isCordoned("n3")).isFalse();
  }

  @Test
  void theDrainWaitsForTheHooksOfTheMachine() {
    run.leading(FleetRun.settings());
    Instant notBefore = inMinutes(15);
    String episode = "e1/vm-n1";
    run.tell(
        "n1",
        run.note("n1")
            .event("e1", "Reboot", notBefore)
            .hook(episode, "drain", HookOutcome.PLANNED));
    run.pass(Duration.ofMinutes(2));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.DRAINING.word());
    assertThat(run.record("n1").orElseThrow().progress().phase()).isEqualTo(Phase.DETACHING);
    run.tell(
        "n1",
        run.note("n1")
            .event("e1", "Reboot", notBefore)
            .hook(episode, "drain", HookOutcome.SUCCEEDED));
    run.pass(Duration.ofSeconds(1));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.DRAINED.word());
  }

  @Test
  void aHookThatFailsWithholdsTheAcknowledgement() {
    run.leading(FleetRun.settings());
    run.tell(
        "n1",
        run.note("n1")
            .event("e1", "Reboot", inMinutes(15))
            .hook("e1/vm-n1", "drain", HookOutcome.FAILED));
    run.pass(Duration.ofMinutes(1));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.DRAINING.word());
    assertThat(run.record("n1").orElseThrow().drain().ackable()).isEmpty();
  }

  @Test
  void anEventThatStaysMissingIsNotBackBecauseAnotherOneIsNews() {
    run.cluster.replicaSet("shop", "web", 1, pod -> pod.stopsIn(Duration.ofSeconds(20)), "n1");
    run.leading(FleetRun.settings());
    Instant notBefore = inMinutes(15);
    run.tell("n1", run.note("n1").event("e1", "Reboot", notBefore));
    run.pass(Duration.ofSeconds(2));
    run.tell("n1", run.note("n1").missing("e1"));
    run.pass(Duration.ofSeconds(2));
    run.api.forgetRequests();
    Instant nextWeek = inMinutes(10_000);
    run.tell(
        "n1",
        run.note("n1")
            .missing("e1")
            .event("e2", "Freeze", EventStatus.SCHEDULED, Optional.of(nextWeek), "vm-n1"));
    run.pass(Duration.ofMinutes(5));
    assertThat(run.evictions()).isEmpty();
    assertThat(run.summaries).isEmpty();
    assertThat(run.cluster.podsOn("n1")).hasSize(1);
  }

  @Test
  void aDrainOverBudgetIsHeldAndNothingIsTouched() {
    run.leading(FleetRun.atMost(1));
    run.pass(Duration.ofSeconds(3));
    run.tell("n1", run.note("n1").event("e1", "Reboot", inMinutes(14)));
    run.pass(Duration.ofSeconds(1));
    run.reboots("n2", "e2");
    run.pass(Duration.ofSeconds(1));
    assertThat(run.isCordoned("n1")).isTrue();
    assertThat(run.isCordoned("n2")).isFalse();
    NodeRecord held = run.record("n2").orElseThrow();
    assertThat(held.progress().held()).isEqualTo(HeldBy.BUDGET);
    assertThat(held.progress().phase()).isEqualTo(Phase.HELD);
    assertThat(held.progress().state()).isEqualTo(MaintenanceState.MAINTENANCE_SCHEDULED);
    assertThat(held.did().cordon()).isFalse();
    run.pass(Duration.ofMinutes(8));
    assertThat(run.isCordoned("n2")).as("half of the notice is used up").isTrue();
  }

  @Test
  void aPlaceThatGetsFreeIsTheNextOnes() {
    run.leading(FleetRun.atMost(1));
    run.pass(Duration.ofSeconds(3));
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(1));
    run.reboots("n2", "e2");
    run.pass(Duration.ofSeconds(1));
    run.tell("n1", run.note("n1").gone("e1"));
    run.pass(Duration.ofSeconds(45));
    assertThat(run.isCordoned("n1")).isFalse();
    assertThat(run.isCordoned("n2")).isTrue();
  }

  @Test
  void theNextLeaderCountsWhatIsUnderWay() {
    Fleet first = run.leading(FleetRun.atMost(1));
    run.pass(Duration.ofSeconds(3));
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(1));
    run.reboots("n2", "e2");
    run.pass(Duration.ofSeconds(1));
    first.stop();
    run.drainer("drainer-b", FleetRun.atMost(1)).start();
    run.pass(Duration.ofMinutes(1));
    assertThat(run.isCordoned("n1")).isTrue();
    assertThat(run.isCordoned("n2")).isFalse();
  }

  @Test
  void kuredIsWaitedForByPlannedDrainsOnly() {
    run.leading(FleetRun.settings());
    run.cluster.annotate("n1", "weave.works/kured-reboot-in-progress", "2026-11-21T12:00:00Z");
    run.cluster.annotate("n2", "weave.works/kured-reboot-in-progress", "2026-11-21T12:00:00Z");
    run.reboots("n1", "e1");
    run.tell("n2", run.note("n2").event("e2", "Preempt", run.cluster.now().plusSeconds(30)));
    run.pass(Duration.ofSeconds(5));
    assertThat(run.isCordoned("n1")).isFalse();
    assertThat(run.isCordoned("n2")).isTrue();
  }

  @Test
  void whatTheLastEpisodeServedBeginsNoOther() {
    run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(20));
    run.tell("n1", run.note("n1").gone("e1"));
    run.pass(Duration.ofMinutes(1));
    assertThat(run.summaries).containsExactly("n1 cancelled");
    run.reboots("n1", "E1");
    run.pass(Duration.ofMinutes(1));
    assertThat(run.isCordoned("n1")).isFalse();
    assertThat(run.record("n1").map(NodeRecord::drain).map(DrainNote::drained)).isEmpty();
  }

  @Test
  void aStopLeavesTheNodesAsTheyAre() {
    run.cluster.replicaSet("shop", "web", 5, pod -> pod.stopsIn(Duration.ofSeconds(20)), "n1");
    Fleet fleet = run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(2));
    fleet.stop();
    run.api.forgetRequests();
    run.pass(Duration.ofMinutes(5));
    assertThat(run.api.requests()).isEmpty();
    assertThat(run.isCordoned("n1")).isTrue();
    assertThat(run.record("n1")).isPresent();
  }

  @Test
  @DisplayName("K47 a clock that is set moves the waits of the cores and of the work on the Nodes")
  void waitsAreAsLongAsTheyWere() {
    run.cluster.replicaSet("shop", "web", 1, pod -> {}, "n1");
    Fleet fleet = run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(2));
    assertThat(run.isCordoned("n1")).isTrue();
    fleet.clockStepped(Duration.ofMinutes(10)); // told only: so each wait is ten minutes longer
    run.pass(Duration.ofMinutes(5));
    assertThat(run.evictions()).as("still settling").isEmpty();
    fleet.clockStepped(Duration.ofMinutes(-10));
    run.pass(Duration.ofMinutes(1));
    assertThat(run.evictions()).hasSize(1);
    fleet.clockStepped(Duration.ofMinutes(10));
    run.pass(Duration.ofSeconds(1));
    run.cluster.deleteNode("n1");
    run.pass(Duration.ofSeconds(1));
    assertThat(run.summarized)
        .singleElement()
        .satisfies(
            summary ->
                assertThat(summary.begunAt()).isAfter(FleetRun.NOON.plus(Duration.ofMinutes(9))));
  }

  @Test
  @DisplayName("a Node that is looked after is not asked for, and its pods are looked at once")
  void asksForNothingThatItKnows() {
    FleetRun run = new FleetRun().nodes("n1");
    run.cluster.replicaSet("shop", "web", 3, pod -> {}, "n1");
    run.leading(FleetRun.settings());
    run.pass(Duration.ofSeconds(5));
    run.reboots("n1", "A");
    run.pass(Duration.ofSeconds(2));
    assertThat(run.isCordoned("n1")).isTrue();
    assertThat(run.api.requests(Verb.GET_NODE)).isEmpty();
    assertThat(
            run.api.requests(Verb.WATCH).stream().filter(each -> each.target().equals("pods n1")))
        .hasSize(1);
  }

  @Test
  @DisplayName("without hooks Drained is written at once, and nothing between it and the evictions")
  void writesNothingBetweenTheEvictionsAndDrained() {
    FleetRun run = new FleetRun().nodes("n1");
    run.cluster.replicaSet("shop", "web", 3, pod -> pod.stopsIn(Duration.ofSeconds(1)), "n1");
    run.leading(FleetRun.settings());
    run.pass(Duration.ofSeconds(5));
    run.reboots("n1", "A");
    run.pass(Duration.ofSeconds(30));
    assertThat(run.is("n1", MaintenanceState.DRAINED)).isTrue();
    assertThat(run.api.requests(Verb.PATCH_NODE))
        .noneMatch(each -> each.body().contains("detaching"));
  }
}
