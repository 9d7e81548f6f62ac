package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodePatch;
import io.drainwatch.drainer.record.EpisodeJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cordon is undone where it is ours, and nowhere else (I3), whatever happened in between. */
class WhoseCordonTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));

  private final NodeRig rig = new NodeRig();

  private boolean isCordoned() {
    return rig.node().facts().unschedulable();
  }

  @Test
  @DisplayName("I3 a cordon asked for anew, too late, where ours stands: said to be ours (1223)")
  void saysThatTheCordonIsOursThoughItIsTooLateForOne() {
    rig.platform(REBOOT);
    rig.start().run("5S");
    assertThat(isCordoned()).isTrue();
    ObjectNode asked = EpisodeJson.write(rig.episode().orElseThrow());
    asked.put("state", "RUNNING").put("cordon", "BEGUN").put("cordonOurs", false);
    Episode episode = ((EpisodeJson.Reading.Read) EpisodeJson.read(asked)).episode();

    NodeStep step =
        new NodeWork(NodeSettings.defaults("watcher-1"), LifecycleSettings.defaults().policy())
            .next(
                rig.state(),
                new NodeObservation.Stepped(
                    Optional.of(rig.machine), Optional.of(episode), List.of(new Action.Cordon())),
                rig.cluster.now());

    assertThat(step.actions())
        .as("nobody else would ever undo it")
        .contains(new NodeAction.Report(new Observation.CordonDone(true)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "killed", "killed before", "killed after", "cancelled, killed"})
  @DisplayName("I3 K53 what a person cordons on a Node that was made anew on the way back stays so")
  void leavesAPersonsCordonOnANodeMadeAnewOnTheWayBack(String how) {
    rig.platform(REBOOT);
    rig.start().run(how.startsWith("cancelled") ? "5S" : "20S");
    if (!how.startsWith("cancelled")) {
      rig.platform(NodeRig.started(REBOOT));
      rig.run("3S");
    }
    rig.cluster.notReady(NodeRig.NODE);
    var old = rig.episode();
    rig.platform();
    rig.run("30S");
    assertThat(rig.stateWord()).isEqualTo("Running");
    assertThat(isCordoned()).isTrue();
    var journal = how.endsWith("before") ? old : rig.episode();
    if (how.endsWith("killed")) {
      rig.kill();
    }
    NodeSuccessionTest.madeAnew(rig);
    rig.cluster.cordon(NodeRig.NODE, true);
    rig.run("1S");
    if (how.contains("killed")) {
      rig.kill();
      rig.start(journal);
    }
    rig.run("10M");
    assertThat(isCordoned()).isTrue();
    assertThat(rig.annotation(NodeKeys.RECORD)).isEmpty();
    assertThat(rig.episode()).isEmpty();
  }

  @Test
  @DisplayName("a person had uncordoned, it is too late to hold, and nothing is known: said once")
  void takesNoOrderToCordonWhatAPersonUncordonedForOneThatWaitsForEver() {
    rig.platform(REBOOT);
    rig.start().run("10S");
    rig.cluster.cordon(NodeRig.NODE, false);
    rig.run("5S");
    assertThat(rig.episode().orElseThrow().held()).isPresent();
    rig.kill();
    rig.api.faults().forever(Verb.GET_NODE, Fault.UNAVAILABLE);
    rig.api.faults().forever(Verb.WATCH, Fault.UNAVAILABLE);
    rig.start().run("3S");
    rig.platform(NodeRig.started(REBOOT));
    rig.run("3S");
    assertThat(rig.episode().orElseThrow().cordon()).isEqualTo(Episode.Step.BEGUN);
    rig.api.faults().heal();
    rig.run("2M"); // history 7324 did not get that far
    assertThat(rig.stateWord()).isEqualTo("MaintenanceStarted");
    assertThat(isCordoned()).isFalse();
    rig.cluster.rebooted(NodeRig.NODE, "boot-2");
    rig.platform();
    rig.run("5M");
    assertThat(rig.annotation(NodeKeys.RECORD)).isEmpty();
    assertThat(rig.episode()).isEmpty();
  }

  @Test
  @DisplayName(
      "I3 a person uncordoned, then another of ours cordoned for an event of its own: ours")
  void undoesWhatAnotherCordonedForAnEventOfItsOwn() {
    rig.platform(REBOOT);
    rig.start().run("4S");
    String theirs =
        rig.annotation(NodeKeys.RECORD)
            .orElseThrow()
            .replace("watcher-1", "watcher-3")
            .replaceFirst("(\"episode\":\")[0-9a-f]{4}", "$10000");
    rig.cluster.cordon(NodeRig.NODE, false);
    rig.run("2S");
    assertThat(rig.annotation(NodeKeys.RECORD)).get().asString().contains("ForeignUncordon");
    rig.kill();
    rig.api.faults().forever(Verb.PATCH_NODE, Fault.UNAVAILABLE);
    rig.startAs("watcher-2").run("2S"); // it has seen that, and written nothing yet
    rig.api.faults().heal();
    rig.cluster.annotate(NodeRig.NODE, NodeKeys.RECORD, theirs);
    rig.cluster.cordon(NodeRig.NODE, true);
    rig.run("10S");
    assertThat(rig.episode().orElseThrow().held()).as("it goes by what it saw").isPresent();
    assertThat(rig.annotation(NodeKeys.RECORD)).get().asString().contains("watcher-2");
    assertThat(isCordoned()).isTrue();
    rig.platform();
    rig.run("5M");
    assertThat(rig.annotation(NodeKeys.RECORD)).isEmpty();
    assertThat(isCordoned()).as("history 210464").isFalse();
  }

  /** Answers what that one would have written next. */
  private String uncordonedUnderTheRecordOfOneThatDied() {
    rig.platform(REBOOT);
    rig.start().run("4S");
    rig.kill();
    rig.cluster.cordon(NodeRig.NODE, false);
    return rig.annotation(NodeKeys.RECORD).orElseThrow().replace("\"attempt\":1", "\"attempt\":2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName(
      "I3 of one episode, after a person uncordoned: ours by a newer record, else a person's")
  void undoesWhatAnotherCordonedAnewAndNoMore(boolean byAnotherOfOurs) {
    String newer = uncordonedUnderTheRecordOfOneThatDied();
    rig.api.faults().forever(Verb.PATCH_NODE, Fault.UNAVAILABLE);
    rig.startAs("watcher-2").run("2S"); // it has seen that, and written nothing yet
    rig.api.faults().heal();
    if (byAnotherOfOurs) {
      rig.cluster.annotate(NodeRig.NODE, NodeKeys.RECORD, newer);
    }
    rig.cluster.cordon(NodeRig.NODE, true);
    rig.run("10S");
    assertThat(rig.episode().orElseThrow().held()).as("it goes by what it saw").isPresent();
    assertThat(rig.annotation(NodeKeys.RECORD)).get().asString().contains("watcher-2");
    rig.platform();
    rig.run("5M");
    assertThat(rig.annotation(NodeKeys.RECORD)).isEmpty();
    assertThat(isCordoned()).as("every way").isEqualTo(!byAnotherOfOurs);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("I3 the same where it wrote once more before its core had heard of the uncordon")
  void goesByWhatItWroteBeforeTheCoreHeard(boolean byAnotherOfOurs) {
    String newer = uncordonedUnderTheRecordOfOneThatDied();
    rig.lag = () -> Duration.ofMillis(1_500);
    rig.startAs("watcher-2").run("3.2S"); // it has told its core, which knows the record by now
    NodePatch cordon =
        new NodePatch(
            rig.node().facts().resourceVersion(),
            byAnotherOfOurs
                ? new TreeMap<>(Map.of(NodeKeys.RECORD, Optional.of(newer)))
                : new TreeMap<>(),
            new TreeMap<>(),
            Optional.of(true),
            Optional.empty());
    assertThat(rig.api.patchNode(NodeRig.NODE, cordon)).isInstanceOf(WriteAnswer.Done.class);
    rig.run("1M");
    assertThat(rig.episode().orElseThrow().held()).isPresent();
    rig.platform();
    rig.run("5M");
    assertThat(rig.annotation(NodeKeys.RECORD)).isEmpty();
    assertThat(isCordoned()).as("fleet 10296").isEqualTo(!byAnotherOfOurs);
  }

  @Test
  @DisplayName("I3 a journal tells of the uncordon, and the record of before stands: a person's")
  void undoesNothingByARecordOfBeforeTheUncordonInTheJournal() {
    rig.platform(REBOOT);
    rig.start().run("4S");
    rig.api.faults().forever(Verb.PATCH_NODE, Fault.UNAVAILABLE);
    rig.cluster.cordon(NodeRig.NODE, false);
    rig.run("2S");
    var journal = rig.episode();
    assertThat(journal.orElseThrow().held()).isPresent();
    rig.kill();
    rig.cluster.cordon(NodeRig.NODE, true);
    rig.api.faults().heal();
    rig.startAs("watcher-2", journal).run("10S");
    assertThat(rig.annotation(NodeKeys.RECORD)).get().asString().contains("watcher-2");
    rig.platform();
    rig.run("5M");
    assertThat(rig.annotation(NodeKeys.RECORD)).isEmpty();
    assertThat(isCordoned()).isTrue();
  }

  @Test
  @DisplayName("I3 another's record came while a write was under way, and the read after it failed")
  void takesInWhatCameWhileAWriteWasUnderWay() {
    NodeFacts before = rig.node().facts();
    rig.platform(REBOOT);
    rig.start().run("4S");
    NodeFacts theirs = rig.node().facts();
    ObjectNode asked = EpisodeJson.write(rig.episode().orElseThrow());
    asked.put("state", "CORDONED").put("cordon", "BEGUN").put("cordonOurs", false);
    Episode episode = ((EpisodeJson.Reading.Read) EpisodeJson.read(asked)).episode();
    List<NodeObservation> meanwhile =
        List.of(
            new NodeObservation.NodeRead(new NodeReading.Found(before), false),
            new NodeObservation.Stepped(
                Optional.of(rig.machine), Optional.of(episode), List.of(new Action.Cordon())),
            new NodeObservation.NodeRead(new NodeReading.Found(theirs), false),
            new NodeObservation.Written(new WriteAnswer.Conflict()),
            new NodeObservation.NodeRead(new NodeReading.Unknown("reset"), true));
    NodeWork other =
        new NodeWork(NodeSettings.defaults("watcher-2"), LifecycleSettings.defaults().policy());
    NodeState state = NodeState.of(NodeRig.NODE, other.settings());
    for (NodeObservation each : meanwhile) {
      state = other.next(state, each, rig.cluster.now()).state();
    }
    NodeStep then =
        other.next(state, new NodeObservation.Tick(), rig.cluster.now().plusSeconds(60));
    assertThat(then.actions().toString()).contains("watcher-2");
    assertThat(then.state().record().orElseThrow().did().cordon()).as("fleet 8480").isTrue();
  }

  @Test
  @DisplayName("I3 by the record of another that it took away itself nothing is undone any more")
  void undoesNothingByWhatAnotherGaveBack() {
    rig.platform(REBOOT);
    rig.start().run("4S");
    rig.kill();
    rig.api.faults().forever(Verb.PATCH_NODE, Fault.UNAVAILABLE);
    rig.startAs("watcher-2").run("2S"); // it has found the record, and written nothing yet
    rig.cluster.removeAnnotation(NodeRig.NODE, NodeKeys.RECORD);
    rig.cluster.cordon(NodeRig.NODE, false);
    rig.run("1S");
    rig.cluster.cordon(NodeRig.NODE, true);
    rig.platform();
    rig.api.faults().heal();
    rig.run("5M");
    assertThat(isCordoned()).as("a person's (every way)").isTrue();
    assertThat(rig.annotation(NodeKeys.RECORD)).isEmpty();
  }
}
