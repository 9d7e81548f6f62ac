package io.drainwatch.watcher.metrics;

import static io.drainwatch.watcher.metrics.FleetStory.NODE;
import static io.drainwatch.watcher.metrics.FleetStory.POOL;
import static io.drainwatch.watcher.metrics.FleetStory.eviction;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.evictions.BlockedCause;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionNotice.Reason;
import io.drainwatch.drainer.evictions.PodDecision;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodework.NodeFigures;
import io.drainwatch.drainer.nodework.NodeNote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetMetricsTest {
  private final FleetMetrics metrics = new FleetMetrics("1.2.3");

  @BeforeEach
  void lead() {
    metrics.leads(true);
  }

  private double value(String series) {
    List<String> lines =
        metrics.scrape().lines().filter(line -> line.startsWith(series + " ")).toList();
    assertThat(lines).as(series + " in\n" + metrics.scrape()).hasSize(1);
    return Double.parseDouble(lines.getFirst().substring(series.length() + 1));
  }

  private double nodesIn(String state) {
    return value("drainwatch_state{state=\"" + state + "\"}");
  }

  @Test
  void countsTheNodesInEachState() {
    new FleetStory(metrics).story.document(Events.reboot("A"));
    assertThat(nodesIn("Drained")).isEqualTo(1);
    assertThat(nodesIn("Draining")).isZero();
  }

  @Test
  void aNodeThatIsBackIsInNoState() {
    new FleetStory(metrics)
        .story
        .document(Events.reboot("A"))
        .document(Events.reboot("A").started())
        .document()
        .document();
    assertThat(metrics.scrape().lines().filter(line -> line.startsWith("drainwatch_state{")))
        .hasSize(7)
        .allMatch(line -> line.endsWith(" 0.0") || line.endsWith(" 0"));
    assertThat(value("drainwatch_drain_duration_seconds_count{result=\"complete\"}")).isEqualTo(1);
  }

  @Test
  void aDrainThatWasOverBeforeThisLeaderIsNotCountedAgain() {
    FleetStory told = new FleetStory(metrics);
    told.story.document(Events.reboot("A"));
    metrics.leads(false);
    metrics.leads(true);
    told.story.document(Events.reboot("A").started());
    assertThat(nodesIn("MaintenanceStarted")).isEqualTo(1);
    assertThat(value("drainwatch_drain_duration_seconds_count{result=\"complete\"}")).isEqualTo(1);
  }

  @Test
  void standingByItTellsOfNothing() {
    FleetStory told = new FleetStory(metrics);
    told.story.document(Events.reboot("A"));
    metrics.held(NODE, POOL, HeldBy.BUDGET);
    metrics.leads(false);
    // the last words of what was under way
    told.story.document(Events.reboot("A").started());
    metrics.held(NODE, POOL, HeldBy.BUDGET);
    assertThat(value("drainwatch_leader")).isZero();
    assertThat(nodesIn("MaintenanceStarted")).isZero();
    assertThat(value("drainwatch_budget_waiting{pool=\"" + POOL + "\"}")).isZero();
  }

  @Test
  void countsWhoWaitsForTheBudgetByPool() {
    metrics.held("n1", POOL, HeldBy.BUDGET);
    metrics.held("n2", POOL, HeldBy.BUDGET);
    metrics.held("n3", "", HeldBy.BUDGET);
    metrics.held("n4", POOL, HeldBy.WINDOW);
    metrics.held("n1", POOL, HeldBy.NOTHING);
    assertThat(value("drainwatch_budget_waiting{pool=\"" + POOL + "\"}")).isEqualTo(1);
    assertThat(value("drainwatch_budget_waiting{pool=\"none\"}")).isEqualTo(1);
  }

  @Test
  void manyPoolsAreNotManySeries() {
    IntStream.range(0, 500).forEach(i -> metrics.held("n" + i, "pool-" + i, HeldBy.BUDGET));
    assertThat(
            metrics.scrape().lines().filter(line -> line.startsWith("drainwatch_budget_waiting{")))
        .hasSize(201);
    assertThat(value("drainwatch_budget_waiting{pool=\"other\"}")).isEqualTo(300);
  }

  @Test
  void countsEachPodOnceByHowMuchForceItTook() {
    metrics.noted(NODE, eviction(Reason.EVICTED, "a"));
    metrics.noted(NODE, eviction(Reason.BLOCKED, "b"));
    metrics.noted(NODE, eviction(Reason.FORCED, "b"));
    metrics.noted(NODE, eviction(Reason.EVICTED, "b"));
    metrics.noted(NODE, eviction(Reason.SHORTENED, "c"));
    metrics.noted(NODE, eviction(Reason.EVICTED, "c"));
    for (String how : List.of("evicted", "forced", "shortened")) {
      assertThat(value("drainwatch_pods_evicted_total{how=\"" + how + "\"}")).isEqualTo(1);
    }
  }

  @Test
  void showsWhatWouldHoldUpDrainsThatAreStillToCome() {
    metrics.leads(true);
    metrics.noted(NODE, new NodeNote.Predicted(3, "would be blocked: shop/web-1"));
    metrics.noted("other", new NodeNote.Predicted(2, "held"));
    assertThat(value("drainwatch_predicted_blockers")).isEqualTo(5);
    metrics.noted(NODE, new NodeNote.Predicted(0, ""));
    assertThat(value("drainwatch_predicted_blockers")).isEqualTo(2);
    metrics.stands("other", "none", Optional.empty(), Instant.EPOCH);
    assertThat(value("drainwatch_predicted_blockers")).isEqualTo(0);
  }

  @Test
  void countsRequestsByWhatCameBack() {
    metrics.answered(
        new EvictionAnswer.Http(429, new EvictionAnswer.Body.OtherJson(), Optional.empty()));
    metrics.answered(new EvictionAnswer.Failed(EvictionAnswer.Failure.TIMEOUT, "10 s"));
    assertThat(value("drainwatch_eviction_requests_total{code=\"429\"}")).isEqualTo(1);
    assertThat(value("drainwatch_eviction_requests_total{code=\"timeout\"}")).isEqualTo(1);
  }

  @Test
  void tellsHowTheDrainsStandAtTheMomentOfTheScrape() {
    NodeFigures one =
        new NodeFigures(
            Map.of(PodDecision.EVICT, 3, PodDecision.WAIT, 1),
            Map.of(BlockedCause.PDB, Duration.ofSeconds(90)),
            Duration.ofSeconds(2),
            Duration.ZERO);
    NodeFigures other =
        new NodeFigures(
            Map.of(PodDecision.EVICT, 4),
            Map.of(BlockedCause.PDB, Duration.ofSeconds(30)),
            Duration.ofSeconds(7),
            Duration.ofMinutes(3));
    assertThat(value("drainwatch_drain_pods{decision=\"evict\"}")).isZero();
    metrics.drainsAsBy(() -> one.and(other));
    assertThat(value("drainwatch_drain_pods{decision=\"evict\"}")).isEqualTo(7);
    assertThat(value("drainwatch_drain_pods{decision=\"wait\"}")).isEqualTo(1);
    assertThat(value("drainwatch_blocked_seconds{cause=\"pdb\"}")).isEqualTo(90);
    assertThat(value("drainwatch_blocked_seconds{cause=\"webhook\"}")).isZero();
    assertThat(value("drainwatch_api_view_age_seconds")).isEqualTo(7);
    assertThat(value("drainwatch_uncordon_wait_seconds")).isEqualTo(180);
    metrics.drainsAsBy(() -> NodeFigures.NONE);
    assertThat(value("drainwatch_drain_pods{decision=\"evict\"}")).isZero();
  }
}
