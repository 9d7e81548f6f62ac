package io.drainwatch.watcher.byhand;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** drain-scripts.md 1.4; lifecycle.md, "Deadline". */
class TimeLimitTest {
  private static final Instant NOW = Instant.parse("2026-11-21T05:00:00Z");

  @ParameterizedTest(name = "{0}, timeout {1}, deadline in {2}: {3} s")
  @CsvSource({
    "drain,      ,    ,    600",
    "drain,      ,    840, 840",
    "drain,      60,  840, 60",
    "drain,      900, 840, 840",
    "scheduled,  ,    840, 600",
    "scheduled,  ,    24,  24",
    "running,    ,    24,  600",
    "uncordon,   30,  24,  30"
  })
  void aScriptIsOverByItsTimeoutOrTheDeadline(
      String hook, Long timeout, Long deadline, long seconds) {
    assertThat(
            TimeLimit.endBy(
                Hook.of(hook).orElseThrow(),
                NOW,
                Optional.ofNullable(timeout).map(Duration::ofSeconds),
                Optional.ofNullable(deadline).map(NOW::plusSeconds)))
        .isEqualTo(NOW.plusSeconds(seconds));
  }

  @Test
  void theGraceEndsBeforeTheEventBegins() {
    assertThat(TimeLimit.grace(Optional.empty(), NOW)).isEqualTo(Duration.ofSeconds(10));
    assertThat(TimeLimit.grace(Optional.of(NOW.plusSeconds(6)), NOW))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(TimeLimit.grace(Optional.of(NOW.minusSeconds(6)), NOW))
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(TimeLimit.grace(Optional.of(NOW.plusSeconds(600)), NOW))
        .isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest(name = "{0}: {1} s until the deadline")
  @CsvSource({"Reboot, 840", "Redeploy, 540", "Preempt, 24", "Terminate, 240", "Freeze, 840"})
  void aMadeUpEventHasTheDeadlineOfARealOne(String type, long seconds) {
    MadeUpOccasion occasion = MadeUpOccasion.of(EventKind.of(type), "vm_0", Policy.defaults(), NOW);

    assertThat(occasion.deadline()).contains(NOW.plusSeconds(seconds));
  }
}
