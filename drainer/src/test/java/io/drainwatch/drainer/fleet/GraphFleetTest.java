package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resource Graph as a second source of events: when it counts, and what it never does. */
class GraphFleetTest {
  private static final Duration SILENT = Duration.ofSeconds(100);

  private final FleetRun run = new FleetRun().nodes("n1");
  private final PlayedGraph graph = new PlayedGraph(run.cluster);
  private final Instant notBefore = FleetRun.NOON.plus(Duration.ofHours(1));
  private final ScheduledEvent reboot =
      PlayedGraph.event("e1", "Reboot", EventStatus.SCHEDULED, notBefore);

  private String answered = "";

  GraphFleetTest() {
    run.companion = graph;
    run.cluster.replicaSet("shop", "web", 2, pod -> {}, "n1");
  }

  @AfterEach
  void noInvariantIsBroken() {
    assertThat(run.violations).isEmpty();
  }

  private void pass(Duration time) {
    run.pass(time);
  }

  private void minuteLater() {
    pass(PlayedGraph.INTERVAL);
  }

  private void drained() {
    silentThoughAsked();
    pass(Duration.ofSeconds(30));
    assertThat(run.is("n1", MaintenanceState.DRAINED)).isTrue();
  }

  private void silentThoughAsked() {
    pass(SILENT);
    graph.answers("n1", reboot);
    pass(SILENT);
    graph.answers("n1", reboot);
  }

  /** A watcher without maintenance writes nothing but answers. */
  private void livingFor(int halfMinutes, Health health, ScheduledEvent... ofTheGraph) {
    for (int i = 0; i < halfMinutes; i++) {
      pass(Duration.ofSeconds(30));
      graph.answers("n1", ofTheGraph);
      String question = run.cluster.node("n1").annotations().getOrDefault(NodeKeys.ASKED, "");
      if (!question.equals(answered)) {
        answered = question;
        pass(Duration.ofSeconds(1));
        run.tell("n1", run.note("n1").health(health));
      }
    }
  }

  private String sourceInRecord() {
    return run.record("n1").orElseThrow().events().stream()
        .map(NodeEvent::source)
        .map(EventSource::word)
        .reduce("", String::concat);
  }

  @Test
  void drainsANodeWhoseWatcherFellSilentAndNeverLetsItBeAcknowledged() {
    run.leading(FleetRun.settings());
    run.tell("n1", run.note("n1"));
    drained();
    assertThat(run.cluster.podsOn("n1")).isEmpty();
    assertThat(sourceInRecord()).isEqualTo("ResourceGraph");
    assertThat(run.record("n1").orElseThrow().drain().ackable()).isEmpty();
    assertThat(run.api.told())
        .as("Events")
        .anyMatch(each -> each.detail().contains("known from Resource Graph"));
  }

  @Test
  void drainsWhereNoWatcherWasEverHeardOf() {
    run.leading(FleetRun.settings());
    drained();
    assertThat(run.record("n1").orElseThrow().drain().ackable()).isEmpty();
  }

  @Test
  void drainsWhereTheMetadataServiceIsOutOfTheWatchersReach() {
    run.leading(FleetRun.settings());
    run.tell("n1", run.note("n1").health(Health.DEGRADED));
    pass(Duration.ofSeconds(1));
    graph.answers("n1", reboot);
    pass(Duration.ofSeconds(30));
    assertThat(run.is("n1", MaintenanceState.DRAINED)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"OK", "WARMING"})
  void leadsToNothingWhereTheWatcherSaysOtherwise(Health health) {
    run.leading(FleetRun.settings());
    run.tell("n1", run.note("n1").health(health));
    livingFor(30, health, reboot);
    assertThat(answered).as("it was asked").isNotEmpty();
    assertThat(run.isCordoned("n1")).isFalse();
    assertThat(run.record("n1")).isEmpty();
    assertThat(run.summaries).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"OK", "WARMING"})
  void joinsNothingToWhatAWatcherTellsThatReadsDocuments(Health health) {
    run.leading(FleetRun.settings());
    run.tell("n1", run.note("n1").health(health).event("e2", "Redeploy", notBefore));
    pass(Duration.ofSeconds(1));
    graph.answers("n1", reboot);
    pass(Duration.ofSeconds(20));
    assertThat(run.record("n1").orElseThrow().events())
        .extracting(NodeEvent::id)
        .containsOnly("e2");
  }

  @Test
  void whatTheWatcherTellsOfIsItsOwnEvenOutOfItsServicesReach() {
    run.leading(FleetRun.settings());
    drained();
    minuteLater();
    graph.answers("n1");
    run.tell("n1", run.note("n1").health(Health.DEGRADED).event("E1", "Reboot", notBefore));
    pass(Duration.ofSeconds(5));
    assertThat(sourceInRecord()).isEqualTo("Platform");
    assertThat(run.record("n1").orElseThrow().drain().ackable()).hasSize(1);
    minuteLater();
    graph.answers("n1");
    pass(Duration.ofSeconds(5));
    assertThat(run.summaries).isEmpty();
  }

  @Test
  void whatTheWatcherHadReadOverIsNoNewsWhenItFallsSilent() {
    run.leading(FleetRun.settings());
    run.tell("n1", run.note("n1"));
    livingFor(10, Health.OK, reboot);
    for (int i = 0; i < 5; i++) {
      minuteLater();
      graph.answers("n1", reboot);
    }
    pass(Duration.ofSeconds(30));
    assertThat(run.isCordoned("n1")).isFalse();
  }

  @Test
  void asksAWatcherOnceOfTheSameEvent() {
    run.leading(FleetRun.settings());
    run.tell("n1", run.note("n1"));
    livingFor(10, Health.OK, reboot);
    String first = answered;
    livingFor(20, Health.OK, reboot);
    assertThat(answered).isEqualTo(first);
  }

  @Test
  void doesNotOverruleAWatcherThatHasSpokenWhileTheGraphWasAsked() {
    run.leading(FleetRun.settings());
    run.tell("n1", run.note("n1"));
    pass(SILENT);
    graph.answers("n1", reboot);
    pass(SILENT);
    graph.hangs = true;
    run.tell("n1", run.note("n1"));
    pass(Duration.ofSeconds(1));
    graph.answers("n1", reboot);
    pass(Duration.ofSeconds(30));
    assertThat(run.isCordoned("n1")).isFalse();
    assertThat(run.record("n1")).isEmpty();
  }

  @Test
  void joinsNothingToWhatAWatcherTellsThatHasSpokenWhileTheGraphWasAsked() {
    run.leading(FleetRun.settings());
    run.tell("n1", run.note("n1").event("e2", "Redeploy", notBefore));
    pass(SILENT);
    graph.answers("n1", reboot);
    pass(SILENT);
    graph.hangs = true;
    run.tell("n1", run.note("n1").event("e2", "Redeploy", notBefore));
    pass(Duration.ofSeconds(1));
    graph.answers("n1", reboot);
    pass(Duration.ofSeconds(20));
    assertThat(run.record("n1").orElseThrow().events())
        .extracting(NodeEvent::id)
        .containsOnly("e2");
  }

  @Test
  void isOverWhenTwoCompleteAnswersInARowAreWithoutIt() {
    run.leading(FleetRun.settings());
    drained();
    minuteLater();
    graph.answers("n1");
    pass(Duration.ofSeconds(30));
    graph.answers("n1");
    assertThat(run.summaries).as("not far enough apart").isEmpty();
    pass(Duration.ofSeconds(31));
    graph.answers("n1");
    pass(Duration.ofMinutes(1));
    assertThat(run.summaries).hasSize(1);
    assertThat(run.isCordoned("n1")).isFalse();
    graph.answers("n1", reboot);
    pass(Duration.ofMinutes(1));
    assertThat(run.isCordoned("n1")).as("what was served begins nothing again").isFalse();
  }

  @Test
  void aFailedAnswerInBetweenIsNotNoEvents() {
    run.leading(FleetRun.settings());
    drained();
    for (int i = 0; i < 5; i++) {
      minuteLater();
      graph.answers("n1");
      minuteLater();
      graph.fails("n1");
    }
    pass(Duration.ofMinutes(10));
    assertThat(run.summaries).isEmpty();
    assertThat(run.isCordoned("n1")).isTrue();
  }

  @Test
  void aWatcherThatSpeaksAgainGoesOnWithTheSameMaintenance() {
    run.leading(FleetRun.settings());
    drained();
    String episode = run.record("n1").orElseThrow().episode();
    run.tell("n1", run.note("n1").event("E1", "Reboot", notBefore));
    pass(Duration.ofSeconds(5));
    assertThat(run.record("n1").orElseThrow().episode()).isEqualTo(episode);
    assertThat(sourceInRecord()).isEqualTo("Platform");
    assertThat(run.record("n1").orElseThrow().drain().ackable()).hasSize(1);
    for (int i = 0; i < 5; i++) {
      minuteLater();
      graph.answers("n1");
    }
    assertThat(run.summaries).as("what the watcher tells of is not the graph's to end").isEmpty();
  }

  @Test
  void aWatcherThatSpeaksAgainEndsWhatItDoesNotRead() {
    run.leading(FleetRun.settings());
    drained();
    run.tell("n1", run.note("n1").missing("e1").gone("e1"));
    pass(Duration.ofMinutes(1));
    graph.answers("n1", reboot);
    pass(SILENT);
    graph.answers("n1", reboot);
    pass(Duration.ofSeconds(30));
    assertThat(run.summaries).hasSize(1);
    assertThat(run.isCordoned("n1")).isFalse();
  }

  @Test
  void aSuccessorNeitherEndsItNorBeginsItAgain() {
    Fleet first = run.leading(FleetRun.settings());
    drained();
    String episode = run.record("n1").orElseThrow().episode();
    first.stop();
    run.drainer("drainer-b", FleetRun.settings()).start();
    pass(Duration.ofMinutes(10));
    assertThat(run.summaries).isEmpty();
    graph.answers("n1", reboot);
    pass(Duration.ofSeconds(10));
    assertThat(run.record("n1").orElseThrow().episode()).isEqualTo(episode);
    minuteLater();
    graph.answers("n1");
    minuteLater();
    graph.answers("n1");
    pass(Duration.ofMinutes(1));
    assertThat(run.summaries).hasSize(1);
  }

  @Test
  void whatAConditionOfTheNodeTellsOfIsNotToldTwice() {
    run.leading(FleetRun.settings());
    run.tell(
        "n1",
        run.note("n1")
            .health(Health.DEGRADED)
            .condition("condition/Reboot/x", "Reboot", Duration.ofHours(1)));
    graph.answers("n1", reboot);
    pass(Duration.ofSeconds(30));
    graph.answers("n1", reboot);
    pass(Duration.ofSeconds(30));
    assertThat(sourceInRecord()).isEqualTo("NodeCondition");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void beginsNothingThatTheWatcherLastSawGoing(boolean isGone) {
    run.leading(FleetRun.settings());
    run.tell(
        "n1",
        isGone
            ? run.note("n1").health(Health.DEGRADED).gone("E1")
            : run.note("n1").health(Health.DEGRADED).missing("E1"));
    pass(Duration.ofSeconds(1));
    graph.answers("n1", reboot);
    pass(Duration.ofSeconds(30));
    assertThat(run.isCordoned("n1")).isFalse();
  }
}
