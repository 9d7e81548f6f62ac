package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.evictions.Evictions;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.PodConduct;
import io.drainwatch.drainer.model.PodFields;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another process goes on, or another Node object stands where the old one stood. */
class NodeSuccessionTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));

  private final NodeRig rig = new NodeRig();

  private void tenSlowPods() {
    rig.cluster.replicaSet(
        "shop",
        "web",
        10,
        pod -> pod.conduct(PodConduct.PROMPT.stopsIn(Duration.ofSeconds(20))),
        NodeRig.NODE);
  }

  private boolean isCordoned() {
    return rig.node().facts().unschedulable();
  }

  /** It died between Drained and its POST. */
  private void diedBeforeItAcknowledged() {
    rig.platform(REBOOT);
    rig.start().run("20S");
    assertThat(rig.stateWord()).isEqualTo("Drained");
    rig.kill();
    String record = rig.annotation(NodeKeys.RECORD).orElseThrow();
    assertThat(record).contains("\"acknowledged\"");
    rig.cluster.annotate(
        NodeRig.NODE, NodeKeys.RECORD, record.replace("\"acknowledged\"", "\"acknowledging\""));
    rig.acknowledged.clear();
    rig.api.forgetRequests();
  }

  @Test
  @DisplayName("I1 K04 who goes on at Drained acknowledges nothing before a pod that came is gone")
  void looksBeforeItAcknowledges() {
    diedBeforeItAcknowledged();
    rig.cluster.add(
        new PodFields("shop", "late")
            .on(NodeRig.NODE)
            .conduct(PodConduct.PROMPT.stopsIn(Duration.ofSeconds(10))));
    rig.startAs("watcher-2");
    for (int i = 0; i < 600 && rig.acknowledged.isEmpty(); i++) {
      rig.run("0.1S");
      if (!rig.acknowledged.isEmpty()) {
        assertThat(rig.cluster.podsOn(NodeRig.NODE)).isEmpty();
      }
    }
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  @DisplayName("I1 who goes on at Drained acknowledges after a fence of its own, and soon")
  void acknowledgesAfterItsOwnFence() {
    diedBeforeItAcknowledged();
    rig.startAs("watcher-2").run("3S");
    assertThat(rig.acknowledged).as("the view alone is no proof").isEmpty();
    rig.run("9S");
    assertThat(rig.acknowledged).containsExactly("A");
    assertThat(rig.api.requests(Verb.LIST_PODS)).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  @DisplayName("I1 who goes on at Drained and cannot list the pods acknowledges nothing")
  void acknowledgesNothingUnseen() {
    diedBeforeItAcknowledged();
    rig.api.faults().forever(Verb.LIST_PODS, Fault.UNAVAILABLE);
    rig.startAs("watcher-2").run("2M");
    assertThat(rig.acknowledged).isEmpty();
    rig.api.faults().heal();
    rig.run("1M");
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  @DisplayName("I1 nothing is acknowledged before the record on the Node says Drained")
  void waitsForTheRecord() {
    rig.platform(REBOOT);
    rig.start().run("3S");
    rig.api.faults().forever(Verb.PATCH_NODE, Fault.UNAVAILABLE);
    rig.run("1M");
    assertThat(rig.episode().orElseThrow().state()).isEqualTo(MaintenanceState.DRAINED);
    assertThat(rig.acknowledged).isEmpty();
    rig.api.faults().heal();
    rig.run("1M");
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  @DisplayName("K39 K48 what was empty a while ago is not empty once the view is old")
  void acknowledgesNothingByAnOldView() {
    AtomicBoolean patches = new AtomicBoolean();
    rig.platform(REBOOT);
    rig.start().run("3S");
    rig.api
        .faults()
        .forever(request -> !patches.get() && request.verb() == Verb.PATCH_NODE, Fault.UNAVAILABLE);
    rig.run("10S");
    assertThat(rig.episode().orElseThrow().state()).isEqualTo(MaintenanceState.DRAINED);
    rig.api.faults().forever(Verb.LIST_PODS, Fault.UNAVAILABLE);
    rig.api.faults().forever(Verb.WATCH, Fault.UNAVAILABLE);
    rig.api.closeWatches();
    rig.run("1M");
    patches.set(true);
    rig.run("2M");
    assertThat(rig.stateWord()).isEqualTo("Drained");
    assertThat(rig.acknowledged).isEmpty();
    rig.api.faults().heal();
    rig.run("2M");
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  @DisplayName("K70 K72 the record says acknowledged only once the POST may have left")
  void saysAcknowledgedOnlyOnceItMayHaveBeen() {
    rig.onlooker =
        () -> {
          if (rig.annotation(NodeKeys.RECORD).orElse("").contains("\"acknowledged\"")) {
            assertThat(rig.acknowledged).isNotEmpty();
          }
        };
    rig.platform(REBOOT);
    rig.start().run("20S");
    assertThat(rig.annotation(NodeKeys.RECORD).orElseThrow()).contains("\"acknowledged\"");
  }

  @Test
  @DisplayName("K70 who finds an acknowledgement in the record sends the same id once more")
  void sendsTheSameIdAgain() {
    rig.platform(REBOOT);
    rig.start().run("20S");
    assertThat(rig.acknowledged).containsExactly("A");
    rig.kill();
    rig.startAs("watcher-2").run("1M");
    assertThat(rig.acknowledged).containsExactly("A", "A");
    rig.platform();
    rig.run("1M");
    assertThat(rig.story()).as("it ran unseen").contains("Running");
    assertThat(rig.episode().filter(Episode::cancelled)).isEmpty();
  }

  private void madeAnew() {
    madeAnew(rig);
  }

  static void madeAnew(NodeRig rig) {
    rig.cluster.deleteNode(NodeRig.NODE);
    rig.run("2S");
    rig.cluster.addNode(NodeRig.NODE);
    rig.cluster.rebooted(NodeRig.NODE, "boot-1");
    rig.cluster.ready(NodeRig.NODE);
  }

  @Test
  @DisplayName("K53 a Node made anew under the same name in mid-drain is cordoned and emptied anew")
  void cordonsTheNodeThatWasMadeAnew() {
    tenSlowPods();
    rig.platform(REBOOT);
    rig.start().run("8S");
    String before = rig.node().facts().uid();
    madeAnew();
    rig.cluster.add(new PodFields("shop", "came-back").on(NodeRig.NODE));
    rig.run("3S");
    assertThat(rig.node().facts().uid()).isNotEqualTo(before);
    assertThat(isCordoned()).isTrue();
    assertThat(rig.annotation(NodeKeys.RECORD).orElseThrow())
        .contains(rig.node().facts().uid())
        .doesNotContain(before);
    rig.run("1M");
    assertThat(rig.cluster.podsOn(NodeRig.NODE)).isEmpty();
    assertThat(rig.acknowledged).containsExactly("A");
    rig.platform(NodeRig.started(REBOOT));
    rig.run("3S");
    rig.platform();
    rig.run("7M");
    assertThat(isCordoned()).as("the cordon is ours to undo").isFalse();
    assertThat(rig.summaries).hasSize(1);
  }

  @Test
  @DisplayName("K53 who starts with a journal on a Node that was made anew cordons it anew")
  void cordonsWhatWasMadeAnewWhileItWasAway() {
    tenSlowPods();
    rig.platform(REBOOT);
    rig.start().run("8S");
    var journal = rig.episode();
    rig.kill();
    madeAnew();
    rig.start(journal).run("3S");
    assertThat(isCordoned()).isTrue();
    rig.run("1M");
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  @DisplayName("K53 once acknowledged a Node that was made anew is left alone")
  void leavesWhatWasMadeAnewAfterTheAcknowledgement() {
    rig.platform(REBOOT);
    rig.start().run("20S");
    assertThat(rig.acknowledged).containsExactly("A");
    madeAnew();
    rig.run("10S");
    assertThat(isCordoned()).isFalse();
    rig.platform(NodeRig.started(REBOOT));
    rig.run("3S");
    rig.platform();
    rig.run("7M");
    assertThat(rig.episode()).isEmpty();
    assertThat(rig.summaries).hasSize(1);
  }

  @Test
  @DisplayName(
      "K54 who starts first after the start keeps to the record: not Ready, not uncordoned")
  void keepsToTheRecordWhereTheEventHasStarted() {
    rig.platform(REBOOT);
    rig.start().run("20S");
    rig.platform(NodeRig.started(REBOOT));
    rig.run("3S");
    rig.kill();
    rig.startAs("watcher-2").run("3S");
    assertThat(rig.episode().orElseThrow().cordonOurs()).isTrue();
    rig.cluster.notReady(NodeRig.NODE);
    rig.platform();
    rig.run("2M");
    assertThat(isCordoned()).isTrue();
    rig.cluster.ready(NodeRig.NODE);
    rig.run("7M");
    assertThat(isCordoned()).isFalse();
    assertThat(rig.summaries).hasSize(1);
  }

  @Test
  @DisplayName("I9 a Terminate that was summarized is not summarized again by a successor")
  void summarizesATerminateOnce() {
    ScheduledEvent terminate = NodeRig.event("T", "Terminate", Duration.ofMinutes(5));
    rig.platform(terminate);
    rig.start().run("15S");
    rig.platform(NodeRig.started(terminate));
    rig.run("3S");
    assertThat(rig.summaries).hasSize(1);
    rig.kill();
    rig.metadataAnswers(false);
    rig.startAs("watcher-2").run("3S");
    rig.metadataAnswers(true);
    rig.run("30S");
    assertThat(rig.episode()).isPresent();
    assertThat(rig.summaries).hasSize(1);
  }

  @Test
  @DisplayName("I9 nor where the successor reads the document before it finds the record")
  void summarizesATerminateOnceThoughTheDocumentComesFirst() {
    NodeRig late =
        new NodeRig(
            NodeSettings.defaults("watcher-1"), LifecycleSettings.defaults().withRecordOnNode());
    ScheduledEvent terminate = NodeRig.event("T", "Terminate", Duration.ofMinutes(5));
    late.platform(terminate);
    late.start().run("15S");
    late.platform(NodeRig.started(terminate));
    late.run("3S");
    assertThat(late.summaries).as("said with the start").hasSize(1);
    late.kill();
    late.api.faults().forever(Verb.GET_NODE, Fault.UNAVAILABLE);
    late.api.faults().forever(Verb.WATCH, Fault.UNAVAILABLE);
    late.startAs("watcher-2").run("4S");
    assertThat(late.episode()).isPresent();
    late.api.faults().heal();
    late.run("1M");
    assertThat(late.episode().orElseThrow().summarized()).isTrue();
    assertThat(late.summaries).hasSize(1);
  }

  @ParameterizedTest(name = "with a journal: {0}")
  @DisplayName(
      "I9 a Terminate seen first as Started is summarized once, whoever died before the end")
  @ValueSource(booleans = {false, true})
  void summarizesWhatItsPredecessorStillWaitedToSay(boolean journal) {
    NodeRig early =
        new NodeRig(
            NodeSettings.defaults("watcher-1"), LifecycleSettings.defaults().withRecordOnNode());
    early.platform(NodeRig.started(NodeRig.event("T", "Terminate", Duration.ofMinutes(5))));
    early.start().run("4S");
    assertThat(early.stateWord()).isEqualTo("MaintenanceStarted");
    assertThat(early.summaries).isEmpty();
    Optional<Episode> kept = journal ? early.durable() : Optional.empty();
    early.kill();
    early.startAs("watcher-2", kept).run("20S");
    early.kill();
    early.startAs("watcher-3", journal ? early.durable() : Optional.empty()).run("20S");
    assertThat(early.summaries).hasSize(1);
  }

  @Test
  @DisplayName("I9 a Terminate seen first as Started, without a record, is summarized once, later")
  void summarizesWhatNoRecordTellsOf() {
    NodeRig late =
        new NodeRig(
            NodeSettings.defaults("watcher-1"), LifecycleSettings.defaults().withRecordOnNode());
    late.platform(NodeRig.started(NodeRig.event("T", "Terminate", Duration.ofMinutes(5))));
    late.start().run("9S");
    assertThat(late.summaries).isEmpty();
    late.run("2S");
    assertThat(late.summaries).hasSize(1);
  }

  @Test
  @DisplayName("K39 a reading of before our cordon that comes late is no uncordon by somebody else")
  void takesNoOldReadingForNews() {
    tenSlowPods();
    NodeFacts before = rig.node().facts();
    rig.platform(REBOOT);
    rig.start().run("8S");
    rig.tell(new NodeObservation.NodeRead(new NodeReading.Found(before), false));
    assertThat(rig.episode().orElseThrow().held()).isEmpty();
    rig.run("1M");
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  @DisplayName("I7 a stop is heard though what others decide changed right before it")
  void hearsAStopAfterNewTerms() {
    tenSlowPods();
    rig.platform(REBOOT);
    rig.start().run("8S");
    assertThat(rig.state().evicting().state().isAsking()).isTrue();
    NodeSettings settings = NodeSettings.defaults("watcher-1");
    NodeDraft draft = new NodeDraft(rig.state(), settings, rig.cluster.now());
    Evicting.onTerms(draft, new NodeTerms(HeldBy.NOTHING, Optional.empty(), true));
    NodeState.Orders orders = draft.orders;
    draft.orders =
        new NodeState.Orders(
            orders.cordon(), orders.evict(), true, orders.ended(), orders.uncordon(), false);
    Evicting.stopWhatMustStop(draft, new Evictions(settings.evictions()));
    assertThat(draft.evicting.state().isAsking()).isFalse();
    assertThat(draft.step().actions()).contains(new NodeAction.CancelRequests());
  }
}
