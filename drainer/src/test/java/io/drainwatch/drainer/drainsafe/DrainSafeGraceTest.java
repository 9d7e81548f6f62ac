package io.drainwatch.drainer.drainsafe;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.context.Effects;
import io.drainwatch.drainer.context.EventColumn;
import io.drainwatch.drainer.context.VmFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DrainSafeGraceTest {

  private static Duration grace(EventColumn column, Optional<Duration> left) {
    VmFacts facts =
        new VmFacts(
            "vm1",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return DrainSafeGrace.of(column, Effects.of(column, facts, ContextSettings.defaults()), left);
  }

  @ParameterizedTest(name = "{0}: {1} s")
  @CsvSource({
    "REBOOT, 840",
    "FREEZE, 840",
    "REDEPLOY, 540",
    "PREEMPT_DEALLOCATE, 15",
    "PREEMPT_DELETE, 15",
    "TERMINATE, 60",
    "UNKNOWN, 60"
  })
  void givesWhatDrainSafeGives(EventColumn column, int seconds) {
    assertThat(grace(column, Optional.empty())).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(grace(column, Optional.of(Duration.ofHours(1))))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void givesNoMoreThanTheTimeLeft() {
    assertThat(grace(EventColumn.REBOOT, Optional.of(Duration.ofSeconds(24))))
        .isEqualTo(Duration.ofSeconds(24));
  }

  @ParameterizedTest
  @EnumSource(EventColumn.class)
  @DisplayName("I6 gives a second at least, also when the time is over")
  void givesASecondAtLeast(EventColumn column) {
    for (long millis : new long[] {999, 0, -60_000}) {
      assertThat(grace(column, Optional.of(Duration.ofMillis(millis))))
          .isEqualTo(Duration.ofSeconds(1));
    }
  }
}
