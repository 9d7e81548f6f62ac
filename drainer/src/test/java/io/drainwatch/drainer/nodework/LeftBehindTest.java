package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A record stands on the Node, and the core knows of no episode. */
class LeftBehindTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));

  private final NodeRig rig = new NodeRig();
  private final NodeWork work =
      new NodeWork(NodeSettings.defaults("watcher-1"), LifecycleSettings.defaults().policy());
  private Instant now;

  @BeforeEach
  void aRecordStands() {
    rig.platform(REBOOT);
    rig.start().run("4S");
    assertThat(rig.annotation(NodeKeys.RECORD)).isPresent();
    now = rig.cluster.now();
  }

  private NodeStep step(NodeState state, NodeObservation observation) {
    return work.next(state, observation, now);
  }

  private NodeState withoutEpisode() {
    return step(
            rig.state(),
            new NodeObservation.Stepped(Optional.of(rig.machine), Optional.empty(), List.of()))
        .state();
  }

  private static boolean isFound(NodeStep step) {
    return step.actions().stream()
        .anyMatch(
            each ->
                each instanceof NodeAction.Report(Observation observation)
                    && observation instanceof Observation.RecordFound);
  }

  @Test
  @DisplayName("what is being cleared away is not found anew, however long that takes")
  void isNotFoundWhileItIsCleared() {
    NodeState clearing = withoutEpisode();
    now = now.plus(Duration.ofMinutes(5));
    assertThat(isFound(step(clearing, new NodeObservation.Tick()))).isFalse();
  }

  @Test
  @DisplayName("in dry-run what stands on the Node stays, and is found once")
  void isFoundOnceInDryRun() {
    rig.kill();
    NodeRig dry =
        new NodeRig(
            NodeSettings.defaults("watcher-1").withWrites(false),
            LifecycleSettings.defaults(),
            rig.cluster,
            Optional.empty());
    dry.start().run("10M");
    assertThat(dry.annotation(NodeKeys.RECORD)).isPresent();
    assertThat(dry.story).filteredOn(each -> each.contains("RESUMED")).hasSizeLessThan(2);
    assertThat(dry.summaries).hasSizeLessThan(2);
  }

  @Test
  @DisplayName("I9 one that was over died before the record was cleared: cleared, and one summary")
  void isClearedWhereTheCoreHasNothingToDo() {
    rig.kill();
    String over =
        rig.annotation(NodeKeys.RECORD)
            .orElseThrow()
            .replaceFirst("\"state\":\"[A-Za-z]+\"", "\"state\":\"Uncordoned\"")
            .replaceFirst("\"phase\":\"[a-z-]+\"", "\"phase\":\"\"")
            .replace("\"cordon\":true", "\"cordon\":false")
            .replace("\"prior\":{\"unschedulable\":false},", "")
            .replace("\"was\":{", "\"was\":{\"cancelled\":true,");
    rig.cluster.cordon(NodeRig.NODE, false);
    rig.cluster.annotate(NodeRig.NODE, NodeKeys.RECORD, over);
    rig.platform();
    rig.summaries.clear();
    rig.lag = () -> Duration.ofMillis(700);
    rig.start().run("2M");
    assertThat(rig.annotation(NodeKeys.RECORD)).as("history 60402").isEmpty();
    assertThat(rig.annotation(NodeKeys.LAST)).get().asString().contains("\"cancelled\"");
    assertThat(rig.summaries).hasSize(1);
  }

  @Test
  @DisplayName("what another gave back is not written anew on the way back, or two would in turns")
  void isNotMadeAnewOfWhatAnotherGaveBack() {
    rig.platform(NodeRig.started(REBOOT));
    rig.run("3S");
    rig.cluster.notReady(NodeRig.NODE);
    rig.platform();
    rig.run("5S");
    assertThat(rig.stateWord()).isEqualTo("Running");
    NodeFacts theirs = rig.node().facts();
    Optional<Episode> episode = rig.episode();
    rig.cluster.ready(NodeRig.NODE);
    rig.run("5M");
    NodeFacts given = rig.node().facts();
    assertThat(given.annotations()).doesNotContainKey(NodeKeys.RECORD);
    now = rig.cluster.now();
    NodeWork other =
        new NodeWork(NodeSettings.defaults("watcher-2"), LifecycleSettings.defaults().policy());
    NodeStep last = new NodeStep(NodeState.of(NodeRig.NODE, other.settings()), List.of());
    for (NodeObservation each :
        List.of(
            new NodeObservation.NodeRead(new NodeReading.Found(theirs), false),
            new NodeObservation.Stepped(Optional.of(rig.machine), episode, List.of()),
            new NodeObservation.Written(new WriteAnswer.Conflict()),
            new NodeObservation.NodeRead(new NodeReading.Found(given), true))) {
      last = other.next(last.state(), each, now);
    }
    assertThat(last.actions()).noneMatch(each -> each instanceof NodeAction.Patch);
    now = now.plusSeconds(1);
    assertThat(other.next(last.state(), new NodeObservation.Tick(), now).actions())
        .as("fleet 7295")
        .noneMatch(each -> each instanceof NodeAction.Patch);
  }

  private NodeState found() {
    NodeState fresh = NodeState.of(NodeRig.NODE, work.settings());
    NodeStep looked =
        step(
            step(
                    fresh,
                    new NodeObservation.Stepped(
                        Optional.of(rig.machine), Optional.empty(), List.of()))
                .state(),
            new NodeObservation.NodeRead(new NodeReading.Found(rig.node().facts()), false));
    assertThat(isFound(looked)).as("at the first look").isTrue();
    return looked.state();
  }

  @Test
  @DisplayName("it is found once more when the core has not taken it up for half a minute")
  void isFoundAgain() {
    NodeState left = found();
    now = now.plusSeconds(29);
    assertThat(isFound(step(left, new NodeObservation.Tick()))).isFalse();
    now = now.plusSeconds(1);
    assertThat(isFound(step(left, new NodeObservation.Tick()))).isTrue();
    assertThat(work.wakeAt(left, now.minusSeconds(1))).contains(now);
  }

  @Test
  @DisplayName("since when it stands moves with the clock")
  void movesWithTheClock() {
    NodeState left = found();
    Instant before = left.returning().leftSince().orElseThrow();
    Duration by = Duration.ofHours(1);
    now = now.plus(by);
    NodeStep then = step(left, new NodeObservation.ClockStepped(by));
    assertThat(then.state().returning().leftSince()).contains(before.plus(by));
    assertThat(isFound(then)).as("no time has passed").isFalse();
  }
}
