package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Rules;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodework.NodeMode;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A drainer finds a record of the way back and, at the same look, a new event. */
class TakenOverTest {
  private static final ScheduledEvent REBOOT =
      TwoSided.event("A", "Reboot", Duration.ofMinutes(15));
  private static final ScheduledEvent REDEPLOY =
      TwoSided.event("B", "Redeploy", Duration.ofMinutes(30));

  // an approval would be one more reason not to give the Node back
  private final TwoSided two =
      new TwoSided(
          NodeMode.DRAIN,
          Rules.settings(Rules.forType("Redeploy").acknowledging(AcknowledgeWhen.NEVER)));

  @Test
  @DisplayName("what the last episode asked for is not done to the one that took over from it")
  void givesNothingBackThatIsToBeDrained() {
    two.start();
    two.platform(REBOOT);
    two.run("3S");
    two.platform(TwoSided.started(REBOOT));
    two.run("3S");
    two.platform();
    two.run("3S");
    assertThat(two.stateWord()).isEqualTo(MaintenanceState.RUNNING.word());
    two.drainer.kill();
    two.platform(REDEPLOY);
    two.run("2S");
    two.api.forgetRequests();
    two.drainer.start();
    two.run("25M");
    assertThat(two.stateWord()).isEqualTo(MaintenanceState.DRAINED.word());
    assertThat(two.isCordoned()).as("it stands, and is drained for").isTrue();
    assertThat(two.api.requests(Verb.PATCH_NODE))
        .as("also in between (history 18179)")
        .noneMatch(each -> each.body().contains("\"unschedulable\":false"));
  }
}
