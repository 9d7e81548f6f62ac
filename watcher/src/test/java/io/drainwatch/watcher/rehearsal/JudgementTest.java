package io.drainwatch.watcher.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
  private static final Instant BEGIN = Instant.parse("2026-06-01T08:00:00Z");

  private static Summary summary(Summary.Ending ending, String type) {
    return new Summary(
        "A/vm",
        "vm",
        ending,
        BEGIN,
        BEGIN,
        BEGIN.plusSeconds(20),
        Map.of(
            MaintenanceState.CORDONED,
            BEGIN.plusSeconds(1),
            MaintenanceState.UNCORDONED,
            BEGIN.plusSeconds(15)),
        List.of(
            new Summary.EventSummary(
                "A",
                type,
                Optional.of(EventSource.PLATFORM),
                BEGIN,
                Optional.of(BEGIN.plusSeconds(12)),
                Optional.of(Duration.ofSeconds(12)),
                true,
                true,
                true)),
        DrainResult.Outcome.COMPLETE,
        "",
        List.of(),
        Optional.of(Duration.ofSeconds(4)),
        9,
        0,
        false);
  }

  @ParameterizedTest(name = "{0}, {1}, back {2}, acknowledged {3}: passed {4}")
  @CsvSource({
    "RETURNED, Reboot, true, true, true",
    "RETURNED, Reboot, true, false, true",
    "CANCELLED, Reboot, true, false, true",
    "GONE, Terminate, false, true, true",
    "GONE, Terminate, true, false, false",
    "GONE, Preempt, false, true, false",
    "GONE, Preempt, true, true, true",
    "OVERTAKEN, Reboot, false, true, false",
  })
  void passesOnlyWhenTheMachineCameBackOrItsDeletionWasAcknowledged(
      Summary.Ending ending, String type, boolean back, boolean acknowledged, boolean passed) {
    Optional<Instant> at = acknowledged ? Optional.of(BEGIN.plusSeconds(6)) : Optional.empty();

    assertThat(
            Judgement.of(Optional.of(summary(ending, type)), back, at, Duration.ofSeconds(20))
                .passed())
        .isEqualTo(passed);
  }

  @Test
  void failsWhenNothingCameToItsEnd() {
    Verdict verdict =
        Judgement.of(Optional.empty(), true, Optional.empty(), Duration.ofSeconds(100));

    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.sentence()).isEqualTo("No episode came to its end within 100.0 s.");
  }

  @Test
  void saysWhatCountsInOneSentence() {
    assertThat(
            Judgement.of(
                    Optional.of(summary(Summary.Ending.RETURNED, "Reboot")),
                    true,
                    Optional.of(BEGIN.plusSeconds(6)),
                    Duration.ofSeconds(20))
                .sentence())
        .isEqualTo(
            "The machine is back in service; drained in 4.0 s; acknowledged 6.0 s before"
                + " NotBefore; out of service for 14.0 s.");
  }
}
