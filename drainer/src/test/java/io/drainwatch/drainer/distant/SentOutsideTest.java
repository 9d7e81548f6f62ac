package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.OutsideAck;
import io.drainwatch.drainer.nodes.OutsideAcks;
import io.drainwatch.drainer.nodes.RecordPatches;
import io.drainwatch.drainer.nodes.RecordReading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A watcher that comes back after the drainer has acknowledged in its place. */
class SentOutsideTest {
  private final TwoSided two = new TwoSided();

  private Optional<Episode> lostOnceDrained() {
    two.pods(2, Duration.ofSeconds(2));
    two.platform(TwoSided.event("A", "Reboot", Duration.ofMinutes(30)));
    two.start();
    two.onlooker =
        () -> {
          if (two.stateWord().equals(MaintenanceState.DRAINED.word())) {
            two.watcher.kill();
          }
        };
    two.run("60S");
    two.onlooker = () -> {};
    assertThat(two.watcher.alive).isFalse();
    assertThat(two.watcher.posted).isEmpty();
    return two.watcher.episode();
  }

  private void drainerSent(Optional<Integer> status) {
    NodeFacts node = two.cluster.node(TwoSided.NODE).facts();
    NodeMachine machine = new NodeMachine(node.uid(), Optional.empty(), node.bootId());
    NodeRecord record = ((RecordReading.Resume) RecordReading.of(node, machine)).record();
    OutsideAck sending = OutsideAck.sending("a", two.cluster.now(), 1, "drainer-1");
    two.api.patchNode(
        TwoSided.NODE,
        RecordPatches.acknowledging(
            node,
            new OutsideAcks(
                record.episode(),
                List.of(
                    status
                        .map(code -> sending.answered(code, Optional.empty()))
                        .orElse(sending)))));
    two.run("20S");
  }

  @ParameterizedTest(name = "with its journal: {0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("I1 what was accepted from outside is not sent again by the watcher")
  void sendsNothingTwice(boolean journal) {
    Optional<Episode> kept = lostOnceDrained();
    drainerSent(Optional.of(200));
    two.watcher.start(journal ? kept : Optional.empty());
    two.run("60S");
    assertThat(two.watcher.posted).isEmpty();
    assertThat(accepted(two.watcher.episode())).isTrue();
    assertThat(accepted(two.drainer.episode())).isTrue();
  }

  @ParameterizedTest(name = "with its journal: {0}")
  @ValueSource(booleans = {true, false})
  void sendsWhatMayNotHaveBeenTaken(boolean journal) {
    Optional<Episode> kept = lostOnceDrained();
    drainerSent(Optional.empty());
    two.watcher.start(journal ? kept : Optional.empty());
    two.run("60S");
    assertThat(two.watcher.posted).containsExactly("A");
    assertThat(accepted(two.drainer.episode())).as("its answer is heard of").isTrue();
  }

  @ParameterizedTest(name = "with its journal: {0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("K63 what was accepted from outside and vanishes has run, for both")
  void whatVanishesHasRun(boolean journal) {
    Optional<Episode> kept = lostOnceDrained();
    drainerSent(Optional.of(200));
    two.platform();
    two.watcher.start(journal ? kept : Optional.empty());
    two.run("10S");
    two.cluster.ready(TwoSided.NODE); // reported once more
    two.run("120S");
    assertThat(two.drainer.story).contains("summary RETURNED");
    assertThat(two.watcher.story).contains("summary RETURNED");
  }

  @Test
  @DisplayName("K63 the same where the first document comes before the Node is seen")
  void whatVanishesBeforeTheNodeIsSeenHasRun() {
    Optional<Episode> kept = lostOnceDrained();
    drainerSent(Optional.of(200));
    two.platform();
    two.watcher.start(kept);
    two.watcher.poll();
    two.run("10S");
    two.cluster.ready(TwoSided.NODE); // reported once more
    two.run("120S");
    assertThat(two.watcher.story).contains("summary RETURNED").doesNotContain("Cancelled");
  }

  @Test
  @DisplayName("K62 what was surely refused from outside and vanishes was cancelled")
  void whatWasRefusedAndVanishesWasCancelled() {
    Optional<Episode> kept = lostOnceDrained();
    drainerSent(Optional.of(403));
    two.platform();
    two.watcher.start(kept);
    two.watcher.poll();
    two.run("130S");
    assertThat(two.watcher.story).contains("summary CANCELLED");
    assertThat(two.drainer.story).contains("summary CANCELLED");
  }

  @Test
  @DisplayName(
      "K63 what may have left unanswered and vanishes has run, for a watcher without a journal")
  void whatMayHaveLeftAndVanishesHasRun() {
    lostOnceDrained();
    two.drainer.kill();
    drainerSent(Optional.empty());
    two.platform();
    two.watcher.start(Optional.empty());
    two.run("10S");
    two.cluster.ready(TwoSided.NODE); // reported once more
    two.run("60S");
    assertThat(two.watcher.story).contains("Running");
    assertThat(two.watcher.episode().orElseThrow().cancelled()).isFalse();
  }

  private static boolean accepted(Optional<Episode> episode) {
    return episode.orElseThrow().events().getFirst().acknowledgement().accepted();
  }
}
