package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.drainsafe.DrainSafeAnnotations;
import io.drainwatch.drainer.drainsafe.DrainSafeCompat;
import io.drainwatch.drainer.drainsafe.DrainSafeMode;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code compat.drainsafe: read} and {@code drainsafe-grace} on a Node (drain-scripts.md part 5).
 */
class TakingOverTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));

  private final NodeRig rig = reading(DrainSafeMode.READ);

  private static NodeRig reading(DrainSafeMode mode) {
    return new NodeRig(
        NodeSettings.defaults("watcher-1").withDrainSafe(new DrainSafeCompat(mode, false)),
        LifecycleSettings.defaults());
  }

  private static void left(NodeRig rig, String state, String owner, boolean cordoned) {
    rig.cluster.annotate(NodeRig.NODE, DrainSafeAnnotations.STATE_KEY, state);
    rig.cluster.annotate(NodeRig.NODE, DrainSafeAnnotations.TYPE_KEY, "Reboot");
    rig.cluster.annotate(NodeRig.NODE, DrainSafeAnnotations.OWNER_KEY, owner);
    rig.cluster.cordon(NodeRig.NODE, cordoned);
  }

  private boolean isCordoned() {
    return rig.node().facts().unschedulable();
  }

  @ParameterizedTest(name = "{0}, owner {1}: the cordon is ours: {2}")
  @CsvSource({
    "NodeCordoning, Drainsafe, false",
    "NodeCordoned, Drainsafe, true",
    "NodeDraining, Drainsafe, true",
    "NodeDrained, Drainsafe, true",
    "MaintenanceStarted, Drainsafe, true",
    "MaintenanceStarted, '', false",
    "NodeDrained, somebody, false",
    "NodeRunning, Drainsafe, false",
    "MaintenancePending, Drainsafe, false"
  })
  @DisplayName("DS02 DS03 DrainSafe's cordon is undone where it owned it, and no other")
  void undoesWhatDrainSafeOwned(String state, String owner, boolean ours) {
    left(rig, state, owner, true);
    rig.start().run("7M");
    assertThat(isCordoned()).isEqualTo(!ours);
    assertThat(rig.episode()).isEmpty();
    assertThat(rig.api.requests(Verb.EVICT)).isEmpty();
    assertThat(rig.acknowledged).isEmpty();
  }

  @Test
  @DisplayName("DS01 a maintenance that DrainSafe saw start lasts as long as its event stands")
  void staysCordonedWhileTheEventStands() {
    left(rig, "MaintenanceStarted", "Drainsafe", true);
    rig.platform(NodeRig.started(REBOOT));
    rig.start().run("10M");
    assertThat(isCordoned()).isTrue();
    assertThat(rig.stateWord()).isEqualTo("MaintenanceStarted");
    rig.platform();
    rig.run("7M");
    assertThat(isCordoned()).isFalse();
    assertThat(rig.summaries).extracting(Summary::ending).containsExactly(Summary.Ending.RETURNED);
  }

  @Test
  @DisplayName("DS01 the same where the document is read before the Node is")
  void callsTheCordonOursWhereTheDocumentCameFirst() {
    left(rig, "NodeDraining", "Drainsafe", true);
    rig.cluster.replicaSet("shop", "web", 2, pod -> {}, NodeRig.NODE);
    rig.platform(REBOOT);
    rig.start();
    rig.core(document(REBOOT));
    rig.run("2M");
    assertThat(rig.acknowledged).containsExactly("A");
    assertThat(rig.annotation(NodeKeys.RECORD).orElseThrow()).contains("\"cordon\":true");
    rig.platform(NodeRig.started(REBOOT));
    rig.run("3S");
    rig.platform();
    rig.run("7M");
    assertThat(isCordoned()).isFalse();
    assertThat(rig.summaries).hasSize(1);
  }

  private Observation document(ScheduledEvent event) {
    return new Observation.DocumentRead(
        new Document(OptionalLong.empty(), List.of(event), rig.cluster.now()));
  }

  @Test
  @DisplayName("K54 a cordon that is taken over is undone on a Node that is Ready, and not before")
  void undoesItOnAReadyNode() {
    left(rig, "MaintenanceStarted", "Drainsafe", true);
    rig.cluster.notReady(NodeRig.NODE);
    rig.platform(NodeRig.started(REBOOT));
    rig.start();
    rig.core(document(NodeRig.started(REBOOT)));
    rig.run("5S");
    rig.platform();
    rig.run("7M");
    assertThat(isCordoned()).isTrue();
    rig.cluster.ready(NodeRig.NODE);
    rig.run("7M");
    assertThat(isCordoned()).isFalse();
    assertThat(rig.summaries).hasSize(1);
  }

  @Test
  @DisplayName("I1 what DrainSafe called drained is drained again before it is acknowledged")
  void drainsWhatDrainSafeCalledDrained() {
    left(rig, "NodeDrained", "Drainsafe", true);
    rig.cluster.replicaSet("shop", "web", 1, pod -> {}, NodeRig.NODE);
    rig.start().run("0.5S");
    assertThat(rig.episode().orElseThrow().state()).isEqualTo(MaintenanceState.DRAINING);
    rig.platform(REBOOT);
    rig.run("2M");
    assertThat(rig.cluster.podsOn(NodeRig.NODE)).isEmpty();
    assertThat(rig.acknowledged).containsExactly("A");
    assertThat(rig.annotation(NodeKeys.RECORD).orElseThrow()).contains("\"drained\":[\"A\"]");
  }

  private void conditionsTell(int seconds, ScheduledEvent... events) {
    for (int i = 0; i < seconds; i++) {
      rig.core(new Observation.NodeConditionsRead(List.of(events)));
      rig.run("1S");
    }
  }

  private static ScheduledEvent announced(String type) {
    return new ScheduledEvent(
        "condition/" + type + "/1",
        false,
        type,
        EventStatus.SCHEDULED,
        EventSource.NODE_CONDITION,
        "VirtualMachine",
        List.of(),
        Optional.of(NodeRig.START.plus(Duration.ofMinutes(15))),
        Optional.empty(),
        "",
        Optional.empty());
  }

  @Test
  @DisplayName(
      "without a document what conditions announce takes the place of what DrainSafe began")
  void goesOnForWhatConditionsAnnounce() {
    left(rig, "NodeDraining", "Drainsafe", true);
    rig.cluster.replicaSet("shop", "web", 1, pod -> {}, NodeRig.NODE);
    rig.metadataAnswers(false);
    rig.start();
    conditionsTell(60, announced("Reboot"));
    assertThat(rig.stateWord()).isEqualTo("Drained");
    assertThat(rig.cluster.podsOn(NodeRig.NODE)).isEmpty();
    assertThat(rig.episode().orElseThrow().acting())
        .extracting(each -> each.event().id())
        .containsExactly("condition/Reboot/1");
    conditionsTell(2);
    rig.run("7M");
    assertThat(isCordoned()).isFalse();
    assertThat(rig.summaries).hasSize(1);
    assertThat(rig.acknowledged).isEmpty();
  }

  @Test
  @DisplayName("without a document conditions that announce nothing end what DrainSafe had begun")
  void endsWhereConditionsAnnounceNothing() {
    left(rig, "MaintenanceStarted", "Drainsafe", true);
    rig.metadataAnswers(false);
    rig.start().run("5S");
    assertThat(isCordoned()).as("nobody has told of events").isTrue();
    conditionsTell(2);
    rig.run("7M");
    assertThat(isCordoned()).isFalse();
    assertThat(rig.summaries).extracting(Summary::ending).containsExactly(Summary.Ending.RETURNED);
  }

  @Test
  @DisplayName("DS02 it is taken over once: a person's cordon after it is left alone")
  void takesOverOnce() {
    left(rig, "NodeCordoned", "Drainsafe", true);
    rig.start().run("7M");
    assertThat(isCordoned()).isFalse();
    rig.cluster.cordon(NodeRig.NODE, true);
    rig.kill();
    rig.startAs("watcher-2").run("7M");
    assertThat(isCordoned()).isTrue();
    assertThat(rig.summaries).hasSize(1);
  }

  @Test
  @DisplayName("DS03 a person's cordon is kept: not taken over with off and write")
  void takesNothingOverUnlessItIsToRead() {
    for (DrainSafeMode mode : List.of(DrainSafeMode.OFF, DrainSafeMode.WRITE)) {
      NodeRig other = reading(mode);
      left(other, "NodeCordoned", "Drainsafe", true);
      other.start().run("7M");
      assertThat(other.node().facts().unschedulable()).as(mode.word()).isTrue();
      assertThat(other.annotation(NodeKeys.RECORD)).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}, own grace {1} s: sent {2}")
  @CsvSource({
    "Reboot, 3600, 840",
    "Redeploy, 3600, 540",
    "Terminate, 3600, 60",
    "Preempt, 30, 15",
    "Preempt, 10, ''",
    "Reboot, 30, ''"
  })
  @DisplayName("drainsafe-grace: no more than DrainSafe's grace, and no more than the pod's own")
  void givesDrainSafesGrace(String type, int own, String sent) {
    NodeRig compat =
        new NodeRig(
            NodeSettings.defaults("watcher-1")
                .withDrainSafe(new DrainSafeCompat(DrainSafeMode.OFF, true)),
            LifecycleSettings.defaults());
    compat.cluster.replicaSet(
        "shop", "web", 1, pod -> pod.grace(Duration.ofSeconds(own)), NodeRig.NODE);
    compat.platform(NodeRig.event("A", type, Duration.ofHours(2)));
    compat.start().run("10S");
    assertThat(compat.api.requests(Verb.EVICT))
        .hasSize(1)
        .allSatisfy(
            request -> {
              if (sent.isEmpty()) {
                assertThat(request.body()).doesNotContain("gracePeriodSeconds");
              } else {
                assertThat(request.body()).contains("\"gracePeriodSeconds\":" + sent);
              }
            });
  }
}
