package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.ObservationReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the drainer hears of a watcher whose document does not change, as it does not for hours. */
class SignOfLifeTest {
  private final TwoSided two = new TwoSided();
  private final List<Instant> heard = new ArrayList<>();
  private ObservationReading reading = ObservationReading.none(TwoSided.START);

  SignOfLifeTest() {
    two.onlooker = this::look;
  }

  private void look() {
    NodeFacts node = two.cluster.node(TwoSided.NODE).facts();
    NodeMachine anyVm = new NodeMachine(node.uid(), Optional.empty(), node.bootId());
    ObservationReading next = reading.next(node, anyVm, two.cluster.now());
    if (!next.equals(reading)) {
      heard.add(two.cluster.now());
    }
    reading = next;
    assertThat(reading.isSilent(two.cluster.now()) && two.watcher.episode().isPresent())
        .as("a living watcher in mid-drain counts as silent")
        .isFalse();
  }

  @Test
  @DisplayName("K83 a watcher that is there is heard of all through a drain of ten minutes")
  void isHeardAllThroughALongDrain() {
    two.pods(1, Duration.ofMinutes(9)).start();
    two.platform(TwoSided.event("A", "Reboot", Duration.ofHours(1)));
    two.run("10M");
    assertThat(heard.size()).as("each 30 s, and at changes").isBetween(18, 40);
  }

  @Test
  @DisplayName("a watcher without maintenance writes nothing")
  void isQuietWithoutMaintenance() {
    two.start();
    two.run("5M");
    assertThat(heard).hasSize(1);
  }

  @Test
  @DisplayName("a watcher without maintenance answers a question once, with a document read since")
  void answersAQuestionOnce() {
    two.start();
    two.run("5M");
    Instant asked = two.cluster.now();
    two.cluster.annotate(TwoSided.NODE, NodeKeys.ASKED, "one");
    two.run("5M");
    assertThat(heard).hasSize(2);
    assertThat(heard.getLast()).isBefore(asked.plusSeconds(3));
    assertThat(reading.note().orElseThrow().readAt()).isAfterOrEqualTo(asked);
    two.cluster.annotate(TwoSided.NODE, NodeKeys.ASKED, "two");
    two.run("1M");
    assertThat(heard).hasSize(3);
  }

  @Test
  @DisplayName("a watcher whose metadata service does not answer has nothing to answer with")
  void cannotAnswerWithoutADocument() {
    two.start();
    two.run("1M");
    two.watcher.metadataAnswers = false;
    two.run("1M");
    two.cluster.annotate(TwoSided.NODE, NodeKeys.ASKED, "one");
    two.run("3M");
    assertThat(heard).hasSize(1);
    two.watcher.metadataAnswers = true;
    two.run("3S");
    assertThat(heard).hasSize(2);
  }

  @Test
  @DisplayName("L5 what only the record knows is gone after two documents that say the same")
  void tellsWhatOnlyTheRecordKnowsAsGone() {
    two.pods(1, Duration.ofMinutes(9)).start();
    two.platform(TwoSided.event("A", "Reboot", Duration.ofHours(1)));
    two.run("10S");
    two.watcher.kill();
    two.platform(TwoSided.event("B", "Reboot", Duration.ofHours(1)));
    two.watcher.start(Optional.empty());
    two.watcher.poll(); // before the Node is seen
    two.run("10S");
    assertThat(reading.saysGone("A")).isTrue();
  }
}
