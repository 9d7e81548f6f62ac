package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One that leads no more writes the record of a Node once more (K75, K80). */
class YieldingTest {
  private static final ScheduledEvent REBOOT =
      TwoSided.event("A", "Reboot", Duration.ofMinutes(15));
  private static final ScheduledEvent REDEPLOY =
      TwoSided.event("B", "Redeploy", Duration.ofMinutes(30));

  private final TwoSided two = new TwoSided();

  private String record() {
    return two.annotation(NodeKeys.RECORD).orElseThrow();
  }

  private void writes(String holder, String record) {
    two.cluster.annotate(
        TwoSided.NODE, NodeKeys.RECORD, record.replace("\"drainer-1\"", "\"" + holder + "\""));
  }

  @Test
  @DisplayName("K75 a predecessor's last write comes late: who leads still takes the Node up again")
  void takesUpAgainWhatNobodyElseLooksAfter() {
    two.start();
    two.platform(REBOOT);
    two.run("3S");
    writes("drainer-0", record());
    two.run("1S");
    two.api.forgetRequests();
    two.run("20S");
    writes("drainer-0", record().replace("\"attempt\":1", "\"attempt\":2"));
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
    String record = record();
    two.platform();
    two.run("2M");
    assertThat(two.annotation(NodeKeys.RECORD)).isEmpty();
    two.cluster.cordon(TwoSided.NODE, true);
    writes(by, record);
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
    writes("drainer-0", record());
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
    writes("drainer-0", record());
    two.run("1S");
    two.platform(REDEPLOY);
    two.run("20S");
    assertThat(two.drainer.story).as("the core goes on").contains("summary OVERTAKEN");
    assertThat(record()).contains("drainer-0");
    two.run("15S");
    assertThat(record()).contains("drainer-1");
  }
}
