package io.drainwatch.watcher.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.VirtualVm;
import io.drainwatch.watcher.events.AcknowledgeAnswer;
import io.drainwatch.watcher.events.ClientState;
import io.drainwatch.watcher.events.ErrorKind;
import io.drainwatch.watcher.events.Poll;
import io.drainwatch.watcher.events.PollResult;
import io.drainwatch.watcher.report.Story;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics("1.2.3");
  private final Story story = new Story(metrics).begin();

  /** Value of the one series that begins so. */
  private double value(String series) {
    List<String> lines =
        metrics.scrape().lines().filter(line -> line.startsWith(series + " ")).toList();
    assertThat(lines).as(series + " in\n" + metrics.scrape()).hasSize(1);
    return Double.parseDouble(lines.getFirst().substring(series.length() + 1));
  }

  private static Poll poll(PollResult result, ClientState state) {
    return new Poll(result, Duration.ofSeconds(1), state, Map.of());
  }

  @Test
  void tellsThePendingEventWithItsNotBefore() {
    story.document(Events.reboot("A"), Events.reboot("B").in("12M"));
    assertThat(value("drainwatch_events_pending{type=\"Reboot\"}")).isEqualTo(2);
    assertThat(value("drainwatch_event_not_before_seconds{type=\"Reboot\"}"))
        .isEqualTo(VirtualVm.START.plusSeconds(720).getEpochSecond());
    assertThat(value("drainwatch_event_not_before_seconds{type=\"Redeploy\"}")).isZero();
  }

  @Test
  void forgetsAPendingEventThatHasStartedOrIsGone() {
    story.document(Events.reboot("A"), Events.redeploy("B"));
    story.document(Events.reboot("A").started()).document(Events.reboot("A").started());
    assertThat(value("drainwatch_events_pending{type=\"Reboot\"}")).isZero();
    assertThat(value("drainwatch_event_not_before_seconds{type=\"Reboot\"}")).isZero();
    assertThat(value("drainwatch_events_pending{type=\"Redeploy\"}")).isZero();
  }

  @Test
  void keepsAPendingEventThatIsMissingFromOneDocument() {
    story.document(Events.reboot("A")).document();
    assertThat(value("drainwatch_events_pending{type=\"Reboot\"}")).isOne();
  }

  @Test
  void countsEventsOfOtherVmsApart() {
    story.document(Events.reboot("A").naming("vm2"), Events.freeze("B", 5).naming("vm3", "vm4"));
    assertThat(value("drainwatch_events_other_vms")).isEqualTo(2);
    assertThat(value("drainwatch_events_pending{type=\"Reboot\"}")).isZero();
    assertThat(metrics.scrape()).doesNotContain("drainwatch_events_seen_total{");
  }

  @Test
  void countsEachEventOnceWhateverItsCase() {
    story.document(Events.reboot("a-1")).document(Events.reboot("A-1"), Events.freeze("B", 5));
    story.document(Events.reboot("A-1"), Events.freeze("B", 5));
    assertThat(value("drainwatch_events_seen_total{source=\"Platform\",type=\"Reboot\"}")).isOne();
    assertThat(value("drainwatch_events_seen_total{source=\"Platform\",type=\"Freeze\"}")).isOne();
  }

  @Test
  void callsUnheardOfTypesUnknown() {
    story.document(Events.of("<script>", "A").in("10M"));
    assertThat(value("drainwatch_events_pending{type=\"unknown\"}")).isOne();
    assertThat(metrics.scrape()).doesNotContain("script>");
  }

  @Test
  void tellsTheStateOfTheMaintenance() {
    assertThat(value("drainwatch_state{state=\"none\"}")).isOne();
    story.document(Events.reboot("A"));
    assertThat(value("drainwatch_state{state=\"none\"}")).isZero();
    assertThat(value("drainwatch_state{state=\"Drained\"}")).isOne();
    assertThat(metrics.scrape().lines().filter(line -> line.startsWith("drainwatch_state{")))
        .hasSize(8);
  }

  @Test
  void measuresTheNoticeReallyGivenOncePerEvent() {
    story.document(Events.reboot("A")).after("1S").document(Events.reboot("A"));
    assertThat(value("drainwatch_notice_seconds_count{type=\"Reboot\"}")).isOne();
    assertThat(value("drainwatch_notice_seconds_sum{type=\"Reboot\"}")).isEqualTo(900);
  }

  @Test
  void callsTheNoticeOfAHostFailureZero() {
    story.document(Events.reboot("A").started());
    assertThat(value("drainwatch_notice_seconds_count{type=\"Reboot\"}")).isOne();
    assertThat(value("drainwatch_notice_seconds_sum{type=\"Reboot\"}")).isZero();
  }

  @Test
  void measuresACompleteDrainAndItsAcknowledgement() {
    story.script(Hook.DRAIN, "10-a", new ScriptOutcome.Exited(0)).document(Events.reboot("A"));
    assertThat(value("drainwatch_drain_seconds_count{result=\"complete\"}")).isOne();
    assertThat(value("drainwatch_acknowledge_results_total{result=\"accepted\"}")).isOne();
    assertThat(value("drainwatch_acknowledge_lag_seconds_count{since=\"drained\"}")).isOne();
    assertThat(value("drainwatch_acknowledge_lag_seconds_count{since=\"seen\"}")).isOne();
    assertThat(value("drainwatch_hook_results_total{hook=\"drain\",result=\"ok\"}")).isOne();
    assertThat(value("drainwatch_hook_seconds_sum{hook=\"drain\"}")).isOne();
  }

  @Test
  void measuresNoLagWhileTheAnswerIsUnclear() {
    story.acknowledgement =
        new AcknowledgeAnswer.Unclear(
            ErrorKind.TIMEOUT, OptionalInt.empty(), "no answer", Optional.empty());
    story.document(Events.reboot("A"));
    assertThat(value("drainwatch_acknowledge_results_total{result=\"unclear\"}")).isOne();
    assertThat(metrics.scrape()).doesNotContain("drainwatch_acknowledge_lag_seconds_count");
  }

  @Test
  void measuresAFailedDrainAndCountsItsWarnings() {
    story.script(Hook.DRAIN, "10-a", new ScriptOutcome.Exited(3)).document(Events.reboot("A"));
    assertThat(value("drainwatch_drain_seconds_count{result=\"failed\"}")).isOne();
    assertThat(value("drainwatch_hook_results_total{hook=\"drain\",result=\"failed\"}")).isOne();
    assertThat(value("drainwatch_notices_total{reason=\"drain_failed\"}")).isOne();
    assertThat(value("drainwatch_notices_total{reason=\"hook_failed\"}")).isOne();
    assertThat(value("drainwatch_missed_deadlines_total{type=\"Reboot\"}")).isZero();
  }

  @Test
  void countsAMissedDeadline() {
    story.script(Hook.DRAIN, "10-a", new ScriptOutcome.Exited(75)).document(Events.reboot("A"));
    story.after("14M1S").observe(new Observation.Tick());
    assertThat(value("drainwatch_missed_deadlines_total{type=\"Reboot\"}")).isOne();
    assertThat(value("drainwatch_drain_seconds_count{result=\"deadline_reached\"}")).isOne();
    assertThat(value("drainwatch_hook_results_total{hook=\"drain\",result=\"recalled\"}")).isOne();
  }

  @Test
  void countsAScriptThatMustNotRun() {
    story.refused(Hook.DRAIN, "10-a").document(Events.reboot("A"));
    assertThat(value("drainwatch_hook_results_total{hook=\"drain\",result=\"not_started\"}"))
        .isOne();
  }

  @Test
  void measuresNoDrainForAnEventThatIsOnlyObserved() {
    story.document(Events.freeze("A", 5)).document(Events.freeze("A", 5).started());
    story.document().document();
    assertThat(value("drainwatch_state{state=\"none\"}")).isOne();
    assertThat(
            metrics
                .scrape()
                .lines()
                .filter(line -> line.startsWith("drainwatch_drain_seconds_count")))
        .isNotEmpty()
        .allMatch(line -> line.endsWith(" 0"));
  }

  @Test
  void tellsWhenTheRecordCannotBeWritten() {
    assertThat(value("drainwatch_journal_ok")).isOne();
    story.diskFault = Optional.of("disk full");
    story.observe(new Observation.Tick());
    assertThat(value("drainwatch_journal_ok")).isZero();
  }

  @Test
  void countsBrokenInvariants() {
    story.violations = List.of(new Invariants.Violation("I1", "x"));
    story.observe(new Observation.Tick());
    assertThat(value("drainwatch_invariant_violations_total")).isOne();
  }

  @Test
  void measuresPollsByWhatTheyBrought() {
    Document document = new Document(OptionalLong.of(1), List.of(), VirtualVm.START);
    metrics.polled(
        poll(new PollResult.Valid(document, Duration.ofMillis(30), true), ClientState.OK));
    metrics.polled(poll(new PollResult.Empty(), ClientState.OK));
    metrics.polled(
        poll(
            new PollResult.Failed(ErrorKind.TIMEOUT, OptionalInt.empty(), "", Optional.empty()),
            ClientState.DEGRADED));
    assertThat(value("drainwatch_poll_seconds_count")).isOne();
    assertThat(value("drainwatch_poll_seconds_bucket{le=\"0.01\"}")).isZero();
    assertThat(value("drainwatch_poll_seconds_bucket{le=\"0.05\"}")).isOne();
    assertThat(value("drainwatch_poll_empty_total")).isOne();
    assertThat(value("drainwatch_poll_errors_total{kind=\"timeout\"}")).isOne();
    assertThat(value("drainwatch_metadata_state{state=\"degraded\"}")).isOne();
    assertThat(value("drainwatch_metadata_state{state=\"ok\"}")).isZero();
    assertThat(value("drainwatch_last_document_timestamp_seconds"))
        .isEqualTo(VirtualVm.START.getEpochSecond());
  }

  @Test
  void tellsTheDeadlineUntilThereIsNone() {
    story.document(Events.reboot("A"));
    assertThat(value("drainwatch_deadline_seconds"))
        .isEqualTo(VirtualVm.START.plusSeconds(840).getEpochSecond());
    story.document(Events.reboot("A").started()).document().document();
    assertThat(value("drainwatch_deadline_seconds")).isZero();
  }

  @Test
  void tellsItsVersion() {
    assertThat(value("drainwatch_build_info{version=\"1.2.3\"}")).isOne();
  }

  @Test
  void everyEndOfADrainIsThereFromTheStartForAlertsToSeeItGrow() {
    FleetMetrics fleet = new FleetMetrics("1.2.3");
    for (String result :
        List.of("complete", "failed", "deadline_reached", "started_first", "stopped")) {
      assertThat(new Metrics("1.2.3").scrape())
          .contains("drainwatch_drain_seconds_count{result=\"" + result + "\"} 0");
      assertThat(fleet.scrape())
          .contains("drainwatch_drain_duration_seconds_count{result=\"" + result + "\"} 0");
    }
    assertThat(fleet.scrape()).doesNotContain("result=\"open\"");
  }
}
