package io.drainwatch.watcher.byhand;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.ScriptOutcome;
import org.junit.jupiter.api.Test;

/** drain-scripts.md 1.4. */
class JudgedTest {
  @Test
  void zeroIsDoneSeventyFiveIsNotFinishedTheRestHasFailed() {
    assertThat(Judged.of(new ScriptOutcome.Exited(0))).isEqualTo(new Judged.Done());
    assertThat(Judged.of(new ScriptOutcome.Exited(75))).isEqualTo(new Judged.NotFinished());
    assertThat(Judged.of(new ScriptOutcome.Exited(1)).text()).isEqualTo("failed: exit code 1");
    assertThat(Judged.of(new ScriptOutcome.Exited(143)).text()).isEqualTo("failed: exit code 143");
  }

  @Test
  void whatWasEndedOrNeverRanHasFailed() {
    assertThat(Judged.of(new ScriptOutcome.Ended(true)).text())
        .isEqualTo("failed: its time was up");
    assertThat(Judged.of(new ScriptOutcome.Ended(false)).text())
        .isEqualTo("failed: its time was up, unkillable");
    assertThat(Judged.of(new ScriptOutcome.NotStarted("gone")).text())
        .isEqualTo("failed: not started: gone");
  }
}
