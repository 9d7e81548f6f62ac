package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Rules;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodework.NodeMode;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  @DisplayName("K75 a predecessor's last write comes late: who leads still takes the Node up again")
  void takesUpAgainWhatNobodyElseLooksAfter() {
    two.start();
    two.platform(REBOOT);
    two.run("3S");
    String record = two.annotation(NodeKeys.RECORD).orElseThrow();
    two.cluster.annotate(
        TwoSided.NODE, NodeKeys.RECORD, record.replace("\"drainer-1\"", "\"drainer-0\""));
    two.run("1S");
    two.api.forgetRequests();
    two.run("20S");
    two.cluster.annotate(
        TwoSided.NODE,
        NodeKeys.RECORD,
        record.replace("\"drainer-1\"", "\"drainer-0\"").replace("\"attempt\":1", "\"attempt\":2"));
    two.run("28S"); // of its last one
    assertThat(two.api.requests(Verb.PATCH_NODE))
        .as("of the drainer")
        .noneMatch(each -> each.body().contains(NodeKeys.RECORD));
    assertThat(two.watcher.posted).isEmpty();
    two.run("20S");
    assertThat(two.watcher.posted).contains("A");
    two.platform();
    two.run("25M");
    assertThat(two.annotation(NodeKeys.RECORD)).isEmpty();
    assertThat(two.isCordoned()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"drainer-0", "drainer-1"})
  @DisplayName("what is written once more, after all was given back, is given back too")
  void givesBackWhatWasWrittenOnceMore(String by) {
    two.start();
    two.platform(REBOOT);
    two.run("3S");
    String record = two.annotation(NodeKeys.RECORD).orElseThrow();
    two.platform();
    two.run("2M");
    assertThat(two.annotation(NodeKeys.RECORD)).isEmpty();
    two.cluster.cordon(TwoSided.NODE, true);
    two.cluster.annotate(
        TwoSided.NODE, NodeKeys.RECORD, record.replace("\"drainer-1\"", "\"" + by + "\""));
    two.run("5M");
    assertThat(two.annotation(NodeKeys.RECORD)).isEmpty();
    assertThat(two.isCordoned()).as("by the record it was ours").isFalse();
  }

  @Test
  @DisplayName("I3 where the other one gave the Node back, a cordon made since is a person's")
  void undoesNothingByARecordThatIsGone() {
    two.start();
    two.platform(REBOOT);
    two.run("3S");
    String record = two.annotation(NodeKeys.RECORD).orElseThrow();
    two.cluster.annotate(
        TwoSided.NODE, NodeKeys.RECORD, record.replace("\"drainer-1\"", "\"drainer-0\""));
    two.run("1S");
    two.platform();
    two.cluster.removeAnnotation(TwoSided.NODE, NodeKeys.RECORD);
    two.cluster.cordon(TwoSided.NODE, false);
    two.run("1S");
    two.cluster.cordon(TwoSided.NODE, true);
    two.run("3M");
    assertThat(two.isCordoned()).isTrue();
    assertThat(two.annotation(NodeKeys.RECORD)).isEmpty();
  }

  @Test
  @DisplayName("K75 who yields does so also when another episode begins")
  void yieldsThroughTheNextEpisode() {
    two.start();
    two.platform(REBOOT, REDEPLOY);
    two.run("3S");
    two.platform(TwoSided.started(REBOOT), REDEPLOY);
    two.run("3S");
    String record = two.annotation(NodeKeys.RECORD).orElseThrow();
    two.cluster.annotate(
        TwoSided.NODE, NodeKeys.RECORD, record.replace("\"drainer-1\"", "\"drainer-0\""));
    two.run("1S");
    two.platform(REDEPLOY);
    two.run("20S");
    assertThat(two.drainer.story).as("the core goes on").contains("summary OVERTAKEN");
    assertThat(two.annotation(NodeKeys.RECORD)).get().asString().contains("drainer-0");
    two.run("15S");
    assertThat(two.annotation(NodeKeys.RECORD)).get().asString().contains("drainer-1");
  }
}
