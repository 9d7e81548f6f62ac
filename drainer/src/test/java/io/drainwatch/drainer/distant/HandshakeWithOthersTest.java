package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodework.NodeMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Form {@code controller} from both sides, where others tell of events or do the acting. */
class HandshakeWithOthersTest {
  private static final ScheduledEvent REBOOT =
      TwoSided.event("A", "Reboot", Duration.ofMinutes(15));

  private final TwoSided two = new TwoSided();

  @Test
  @DisplayName("what a condition of the Node told of is drained by both sides and not acknowledged")
  void drainsForAConditionOfTheNode() {
    two.watcher.metadataAnswers = false;
    two.pods(3, Duration.ofSeconds(1));
    two.start().run("1S");
    two.watcher.core(new Observation.NodeConditionsRead(List.of(told("C"))));
    two.run("30S");
    assertThat(two.stateWord()).isEqualTo("Drained");
    assertThat(two.cluster.podsOn(TwoSided.NODE)).isEmpty();
    assertThat(two.watcher.posted).isEmpty();
    assertThat(two.annotation(NodeKeys.RECORD).orElse("")).contains("NodeCondition");

    two.watcher.core(new Observation.NodeConditionsRead(List.of()));
    two.run("2S");
    two.watcher.core(new Observation.NodeConditionsRead(List.of()));
    two.run("40S");
    two.cluster.annotate(TwoSided.NODE, "somebody/else", "looks"); // the Node is looked at again
    two.run("5S");
    assertThat(two.isCordoned()).isFalse();
    assertThat(two.stateWord()).isEqualTo("none");
    assertThat(two.watcher.episode()).isEmpty();
    assertThat(two.watcher.posted).isEmpty();
  }

  @Test
  @DisplayName("modes that look on: both sides go the whole way, the Node is not touched")
  void looksOn() {
    for (NodeMode mode : List.of(NodeMode.OBSERVE, NodeMode.CONDITION)) {
      TwoSided looking = new TwoSided(mode);
      looking.pods(3, Duration.ofSeconds(1));
      looking.platform(REBOOT);
      looking.start().run("30S");
      assertThat(looking.stateWord()).isEqualTo("MaintenanceScheduled");
      assertThat(looking.watcher.troubles).as("the drainer answers").isEmpty();
      looking.platform(TwoSided.started(REBOOT));
      looking.run("3S");
      assertThat(looking.stateWord()).isEqualTo("MaintenanceStarted");
      looking.reboots();
      looking.platform();
      looking.run("60S");
      assertThat(looking.stateWord()).isEqualTo("none");
      assertThat(looking.watcher.episode()).isEmpty();
      assertThat(looking.watcher.posted).isEmpty();
      assertThat(looking.api.requests(Verb.EVICT)).isEmpty();
      assertThat(looking.cluster.podsOn(TwoSided.NODE)).hasSize(3);
    }
  }

  private static ScheduledEvent told(String id) {
    return new ScheduledEvent(
        id,
        false,
        "Reboot",
        EventStatus.SCHEDULED,
        EventSource.NODE_CONDITION,
        "VirtualMachine",
        List.of(),
        Optional.of(TwoSided.START.plus(Duration.ofMinutes(15))),
        Optional.empty(),
        "",
        Optional.empty());
  }
}
