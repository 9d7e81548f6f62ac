package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
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
    assertThat(rig.summaries).hasSize(1);
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
