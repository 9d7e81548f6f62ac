package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.PodConduct;
import io.drainwatch.drainer.model.PodFields;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.ForeignUncordon;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong around a Node, and what must not come of it. */
class NodeFaultsTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));

  private NodeRig rig = new NodeRig();

  private void tenSlowPods() {
    rig.cluster.replicaSet("shop", "web", 10, pod -> pod.conduct(stopsIn(20)), NodeRig.NODE);
  }

  private static PodConduct stopsIn(int seconds) {
    return PodConduct.PROMPT.stopsIn(Duration.ofSeconds(seconds));
  }

  private int evictions() {
    return rig.api.requests(Verb.EVICT).size();
  }

  private boolean isCordoned() {
    return rig.node().facts().unschedulable();
  }

  @Test
  @DisplayName("K75 answers that come after another process took over ask for no further pod")
  void asksForNothingAfterATakeover() {
    rig.api.latency(Duration.ofMillis(300));
    tenSlowPods();
    rig.platform(REBOOT);
    rig.start().run("5S");
    while (evictions() == 0) {
      rig.run("0.1S");
    }
    rig.cluster.annotate(
        NodeRig.NODE,
        NodeKeys.RECORD,
        rig.annotation(NodeKeys.RECORD).orElseThrow().replace("watcher-1", "watcher-2"));
    rig.run("0.2S");
    int before = evictions();
    rig.run("30S");
    assertThat(evictions()).isEqualTo(before);
  }

  @Test
  @DisplayName("K52 answers that come after the Node is gone ask for no further pod")
  void asksForNothingOnceTheNodeIsGone() {
    rig.api.latency(Duration.ofMillis(300));
    tenSlowPods();
    rig.platform(REBOOT);
    rig.start().run("5S");
    while (evictions() == 0) {
      rig.run("0.1S");
    }
    rig.cluster.deleteNode(NodeRig.NODE);
    rig.run("0.2S");
    int before = evictions();
    rig.run("30S");
    assertThat(evictions()).isEqualTo(before);
  }

  @Test
  @DisplayName(
      "an event that is back under its old id after its episode ended is drained for again")
  void drainsForAnIdThatIsBack() {
    rig.platform(REBOOT);
    rig.start().run("3S");
    rig.platform();
    rig.run("6M");
    assertThat(isCordoned()).isFalse();
    assertThat(rig.episode()).isEmpty();
    rig.platform(REBOOT);
    rig.run("20S");
    assertThat(isCordoned()).isTrue();
  }

  @Test
  @DisplayName("a cordon that was asked for and never made holds nobody up once the event is over")
  void letsGoOfACordonThatWasNeverMade() {
    rig.api.faults().forever(Verb.PATCH_NODE, Fault.UNAVAILABLE);
    rig.platform(REBOOT);
    rig.start().run("10S");
    rig.platform();
    rig.run("10S");
    rig.api.faults().heal();
    rig.run("3M");
    assertThat(isCordoned()).isFalse();
    assertThat(rig.episode()).isEmpty();
    assertThat(rig.annotation(NodeKeys.RECORD)).isEmpty();
  }

  @Test
  @DisplayName("K55 a cordon that somebody made after undoing ours is theirs")
  void leavesTheCordonOfWhoUncordonedUs() {
    rig.platform(REBOOT);
    rig.start().run("20S");
    rig.platform(started(REBOOT));
    rig.run("3S");
    rig.cluster.cordon(NodeRig.NODE, false);
    rig.run("3S");
    rig.cluster.cordon(NodeRig.NODE, true);
    rig.run("3S");
    rig.platform();
    rig.run("7M");
    assertThat(rig.episode()).isEmpty();
    assertThat(isCordoned()).isTrue();
    assertThat(rig.acknowledged).containsExactly("A");
  }

  private static ScheduledEvent started(ScheduledEvent event) {
    assertThat(event.status()).isEqualTo(EventStatus.SCHEDULED);
    return NodeRig.started(event);
  }

  @Test
  @DisplayName("on-foreign-uncordon: recordon cordons again, three times at most")
  void cordonsAgainThreeTimes() {
    NodeSettings usual = NodeSettings.defaults("watcher-1");
    rig =
        new NodeRig(
            new NodeSettings(
                usual.holder(),
                usual.marks(),
                usual.settle(),
                usual.lbSettle(),
                usual.pods(),
                usual.evictions(),
                ForeignUncordon.RECORDON,
                usual.returning(),
                usual.conditions(),
                usual.podEvents(),
                usual.ourselves(),
                usual.drainSafe(),
                usual.writes()),
            LifecycleSettings.defaults());
    rig.cluster.replicaSet(
        "shop",
        "web",
        1,
        pod -> pod.conduct(stopsIn(600)).grace(Duration.ofMinutes(10)),
        NodeRig.NODE);
    rig.platform(REBOOT);
    rig.start().run("10S");
    List<Boolean> after = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rig.cluster.cordon(NodeRig.NODE, false);
      rig.run("5S");
      after.add(isCordoned());
    }
    assertThat(after).containsExactly(true, true, true, false);
  }

  @Test
  @DisplayName(
      "L1 a pod that appears after the acknowledgement is no reason to go round in circles")
  void leavesWhatAppearsAfterTheAcknowledgement() {
    rig.platform(REBOOT);
    rig.start().run("20S");
    assertThat(rig.acknowledged).containsExactly("A");
    rig.cluster.add(new PodFields("shop", "late").on(NodeRig.NODE));
    rig.run("30S");
    assertThat(rig.api.requests(Verb.EVICT)).isEmpty();
    assertThat(rig.stateWord()).isEqualTo("Drained");
  }

  @Test
  @DisplayName("L2 the record does not wait for conditions that cannot be written")
  void writesTheRecordWhateverBecomesOfTheConditions() {
    rig.api.faults().forever(Verb.PATCH_STATUS, Fault.CONFLICT);
    rig.cluster.replicaSet(
        "shop",
        "web",
        1,
        pod -> pod.conduct(stopsIn(90)).grace(Duration.ofMinutes(3)),
        NodeRig.NODE);
    rig.platform(REBOOT);
    rig.start();
    for (int i = 0; i < 200 && rig.acknowledged.isEmpty(); i++) {
      rig.run("1S");
    }
    rig.run("2S");
    assertThat(rig.acknowledged).containsExactly("A");
    assertThat(rig.stateWord()).isEqualTo("Drained");
    assertThat(rig.api.requests(Verb.PATCH_STATUS)).hasSizeLessThan(20);
  }

  @ParameterizedTest(name = "L1 conditions that cannot be cleared ({0}) are not cleared in a loop")
  @EnumSource(
      value = Fault.class,
      names = {"BAD_REQUEST", "CONFLICT", "NOT_FOUND", "UNAVAILABLE"})
  void clearsConditionsAtAPace(Fault fault) {
    rig.platform(REBOOT);
    rig.start().run("20S");
    rig.platform();
    rig.run("1S");
    rig.api.faults().forever(Verb.PATCH_STATUS, fault);
    rig.run("8M");
    assertThat(isCordoned()).isFalse();
    assertThat(rig.api.requests(Verb.PATCH_STATUS)).hasSizeLessThan(60);
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @DisplayName("L2 a Node that is there to be read and 404 to be written is not asked in a loop")
  void doesNotGoRoundAndRound() {
    rig.api.faults().forever(Verb.PATCH_NODE, Fault.NOT_FOUND);
    rig.platform(REBOOT);
    rig.start().run("5M");
    assertThat(rig.api.requests(Verb.PATCH_NODE)).hasSizeBetween(3, 20);
    assertThat(rig.acknowledged).isEmpty();
  }

  @Test
  @DisplayName("a record that does not fit is written once, not for ever")
  void writesACutRecordOnce() {
    List<String> many =
        IntStream.range(0, 400).mapToObj(i -> "vm-with-a-rather-long-name-" + i).toList();
    List<String> all = new ArrayList<>(List.of(NodeRig.VM));
    all.addAll(many);
    rig.platform(
        new ScheduledEvent(
            "A",
            true,
            "Reboot",
            EventStatus.SCHEDULED,
            REBOOT.source(),
            "VirtualMachine",
            all,
            REBOOT.notBefore(),
            Optional.empty(),
            "",
            Optional.empty()));
    rig.start().run("20S");
    assertThat(rig.stateWord()).isEqualTo("Drained");
    rig.api.forgetRequests();
    rig.run("1M");
    rig.cluster.annotate(NodeRig.NODE, "example.com/of-somebody-else", "news"); // read anew
    rig.run("1M");
    assertThat(rig.api.requests(Verb.PATCH_NODE)).isEmpty();
  }

  @Test
  @DisplayName("a Node that cannot be read for the fence is asked for with patience")
  void readsTheNodeWithPatience() {
    rig.platform(REBOOT);
    rig.start().run("1S");
    rig.api.faults().forever(Verb.GET_NODE, Fault.BUSY_10);
    rig.run("20S");
    assertThat(rig.acknowledged).isEmpty();
    assertThat(rig.api.requests(Verb.GET_NODE)).hasSizeLessThan(12);
    rig.api.faults().heal();
    rig.run("90S");
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  @DisplayName(
      "K33 K34 a list that fails is asked for less and less, and hardly after the deadline")
  void listsWithPatience() {
    rig.api.faults().forever(Verb.LIST_PODS, Fault.UNAVAILABLE);
    rig.api.faults().forever(Verb.WATCH, Fault.UNAVAILABLE);
    rig.platform(REBOOT);
    rig.start().run("14M");
    // the watch, which does likewise, included
    assertThat(rig.api.requests(Verb.LIST_PODS)).hasSizeBetween(20, 150);
    rig.api.forgetRequests();
    rig.run("5M");
    assertThat(rig.api.requests(Verb.LIST_PODS)).hasSizeLessThan(30);
    assertThat(rig.acknowledged).isEmpty();
  }

  @Test
  @DisplayName("K32 a list is not asked for again before the time that the server gave")
  void listsWhenTheServerSaysSo() {
    rig.api.faults().forever(Verb.LIST_PODS, Fault.BUSY_10);
    rig.api.faults().forever(Verb.WATCH, Fault.UNAVAILABLE);
    rig.platform(REBOOT);
    rig.start().run("60S");
    assertThat(rig.api.requests(Verb.LIST_PODS)).hasSizeBetween(3, 18);
  }

  @Test
  @DisplayName("K78 who starts again without a journal goes on with what the record says, not anew")
  void resumesWithTheRecordedDeadline() {
    tenSlowPods();
    rig.platform(REBOOT);
    rig.start().run("10S");
    var deadline = rig.episode().orElseThrow().deadline();
    rig.kill();
    rig.run("3S");
    rig.startAs("watcher-2").run("3S");
    assertThat(rig.episode().orElseThrow().deadline()).isEqualTo(deadline);
    assertThat(rig.episode().orElseThrow().state()).isEqualTo(MaintenanceState.DRAINING);
    assertThat(rig.episode().orElseThrow().cordonOurs()).isTrue();
  }

  @Test
  @DisplayName(
      "K50 who starts again without a journal respects an uncordon that was respected before")
  void remembersAForeignUncordon() {
    tenSlowPods();
    rig.platform(REBOOT);
    rig.start().run("10S");
    rig.cluster.cordon(NodeRig.NODE, false);
    rig.run("5S");
    rig.kill();
    rig.startAs("watcher-2").run("2M");
    assertThat(isCordoned()).isFalse();
    assertThat(rig.acknowledged).isEmpty();
  }

  @Test
  @DisplayName("K04 a pod that came while nobody watched leads a successor back to Draining")
  void findsWhatCameWhileItWasAway() {
    rig.acknowledges = false;
    rig.metadataAnswers(true);
    rig.platform(REBOOT);
    rig.start().run("5S");
    rig.kill();
    rig.cluster.add(new PodFields("shop", "late").on(NodeRig.NODE));
    rig.startAs("watcher-2").run("40S");
    assertThat(rig.cluster.podsOn(NodeRig.NODE)).isEmpty();
  }

  @Test
  @DisplayName("a record that somebody took away is written again, and our cordon is still undone")
  void survivesTheLossOfItsAnnotation() {
    rig.platform(REBOOT);
    rig.start().run("20S");
    rig.cluster.annotate(NodeRig.NODE, NodeKeys.RECORD, "");
    rig.run("2S");
    rig.platform();
    rig.run("7M");
    assertThat(isCordoned()).isFalse();
  }
}
