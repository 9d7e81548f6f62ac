package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.PodFields;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeNotice;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Form {@code controller} from both sides: two processes that know each other by the Node alone.
 */
class HandshakeTest {
  private static final ScheduledEvent REBOOT =
      TwoSided.event("A", "Reboot", Duration.ofMinutes(15));
  private static final Duration SLOW = Duration.ofSeconds(25);

  private final TwoSided two = new TwoSided();

  private void goesAndComesBack() {
    two.platform(TwoSided.started(REBOOT));
    two.run("3S");
    two.reboots();
    two.platform();
    two.run("60S");
  }

  private void isGivenBack() {
    assertThat(two.isCordoned()).isFalse();
    assertThat(two.stateWord()).isEqualTo("none");
    assertThat(two.watcher.episode()).isEmpty();
  }

  @Test
  @DisplayName("a Node goes the whole way: both sides agree, and the watcher writes one annotation")
  void goesTheWholeWay() {
    two.pods(3, Duration.ofSeconds(1));
    two.platform(REBOOT);
    two.start().run("30S");
    assertThat(two.watcher.story)
        .containsExactly("MaintenanceScheduled", "Cordoned", "Draining", "Drained", "POST A");
    assertThat(two.stateWord()).isEqualTo("Drained");
    assertThat(two.cluster.podsOn(TwoSided.NODE)).isEmpty();
    goesAndComesBack();
    isGivenBack();
    assertThat(two.watcher.story).endsWith("Running", "Uncordoned", "summary RETURNED");
    assertThat(two.drainer.story).endsWith("Running", "Uncordoned", "summary RETURNED");
    assertThat(two.watcher.posted).containsExactly("A");
    assertThat(
            two.api.requests(Verb.PATCH_NODE).stream()
                .map(ModelRequest::toString)
                .filter(text -> text.contains(NodeKeys.OBSERVATION)))
        .isNotEmpty()
        .noneMatch(text -> text.contains("unschedulable") || text.contains(NodeKeys.STATE));
  }

  @Test
  @DisplayName("the acknowledgement leaves within a second of the record that allows it")
  void acknowledgesAtOnce() {
    two.pods(1, SLOW);
    two.platform(REBOOT);
    two.start().run("20S");
    assertThat(two.watcher.posted).isEmpty();
    while (!two.annotation(NodeKeys.RECORD).orElse("").contains("\"ackable\":[\"A\"]")) {
      two.run("0.1S");
      assertThat(two.cluster.now()).isBefore(TwoSided.START.plusSeconds(90));
    }
    two.run("0.9S");
    assertThat(two.watcher.posted).containsExactly("A");
  }

  @Test
  @DisplayName("hooks run on the machine, and the drainer waits for each of them")
  void waitsForTheHooks() {
    two.watcher.scripts.put(Hook.CORDON, new ProcessOutcome.Exited(0));
    two.watcher.scripts.put(Hook.PRE_STOP, new ProcessOutcome.Exited(0));
    two.watcher.scripts.put(Hook.POST_STOP, new ProcessOutcome.Exited(0));
    two.watcher.scripts.put(Hook.RUNNING, new ProcessOutcome.Exited(0));
    two.pods(2, Duration.ofSeconds(1));
    two.platform(REBOOT);
    two.start().run("30S");
    assertThat(two.watcher.story)
        .containsSubsequence(
            "Cordoned", "hook cordon", "Draining", "hook pre-stop", "hook post-stop", "Drained");
    assertThat(two.watcher.posted).containsExactly("A");
    goesAndComesBack();
    isGivenBack();
    assertThat(two.watcher.story).containsSubsequence("Running", "hook running", "Uncordoned");
  }

  @Test
  @DisplayName("a hook that failed keeps both sides from Drained, and nothing is acknowledged")
  void failsWithItsHook() {
    two.watcher.scripts.put(Hook.PRE_STOP, new ProcessOutcome.Exited(1));
    two.pods(2, Duration.ofSeconds(1));
    two.platform(REBOOT);
    two.start().run("60S");
    assertThat(two.watcher.posted).isEmpty();
    assertThat(two.drainer.story).doesNotContain("Drained");
    assertThat(two.api.requests(Verb.EVICT)).isEmpty();
  }

  @Test
  @DisplayName("K04 a pod that appears before the POST leads both sides back to Draining")
  void drainsWhatAppears() {
    two.watcher.scripts.put(Hook.POST_STOP, new ProcessOutcome.Exited(0));
    two.platform(REBOOT);
    two.start().run("4S");
    two.cluster.add(new PodFields("shop", "late").on(TwoSided.NODE));
    two.run("30S");
    assertThat(two.cluster.podsOn(TwoSided.NODE)).isEmpty();
    assertThat(two.watcher.posted).containsExactly("A");
  }

  @Test
  @DisplayName("K50 an uncordon by somebody else holds both sides, and nothing is acknowledged")
  void respectsAnUncordon() {
    two.pods(1, SLOW);
    two.platform(REBOOT);
    two.start().run("12S");
    two.cluster.cordon(TwoSided.NODE, false);
    two.run("5M");
    assertThat(two.watcher.episode().flatMap(Episode::held)).isPresent();
    assertThat(two.watcher.posted).isEmpty();
    assertThat(two.isCordoned()).isFalse();
  }

  @Test
  @DisplayName("K52 a Node that is deleted for good ends the watcher's episode too, once")
  void endsWithTheNode() {
    two.pods(1, SLOW);
    two.platform(REBOOT);
    two.start().run("12S");
    two.cluster.deleteNode(TwoSided.NODE);
    two.run("9S");
    assertThat(two.watcher.story).noneMatch(each -> each.startsWith("summary"));
    two.run("5M");
    two.platform();
    two.run("1M");
    assertThat(two.watcher.episode()).isEmpty();
    assertThat(two.watcher.posted).isEmpty();
    assertThat(two.watcher.story.stream().filter(each -> each.startsWith("summary")))
        .containsExactly("summary NODE_GONE");
  }

  @Test
  @DisplayName("K60 an event cancelled before the cordon touches the annotations and nothing else")
  void touchesNothingBeforeTheCordon() {
    two.drainer.alive = false;
    two.watcher.start(Optional.empty());
    two.platform(REBOOT);
    two.run("2S");
    two.platform();
    two.run("10S");
    assertThat(two.watcher.episode()).isEmpty();
    two.drainer.start();
    two.run("30S");
    assertThat(two.isCordoned()).isFalse();
    assertThat(two.annotation(NodeKeys.RECORD)).isEmpty();
    assertThat(two.watcher.posted).isEmpty();
  }

  @Test
  @DisplayName("K61 a cancellation in mid-drain stops evictions in a second, then gives back")
  void stopsAtACancellation() {
    two.pods(8, SLOW);
    two.platform(REBOOT);
    two.start().run("8S");
    two.platform();
    two.run("1.1S");
    two.api.forgetRequests();
    two.run("60S");
    assertThat(two.api.requests(Verb.EVICT)).isEmpty();
    assertThat(two.watcher.posted).isEmpty();
    isGivenBack();
    assertThat(two.watcher.story).endsWith("summary CANCELLED");
  }

  @Test
  @DisplayName("K61 an event that is back after one document without it is drained for, on both")
  void goesOnWhenItIsBack() {
    two.pods(2, SLOW);
    two.platform(REBOOT);
    two.start().run("8S");
    two.platform();
    two.run("1S");
    two.platform(REBOOT);
    two.run("60S");
    assertThat(two.watcher.posted).containsExactly("A");
  }

  @Test
  @DisplayName("K62 cancelled after Drained, before the record allows the POST: no POST")
  void postsNothingForWhatIsGone() {
    two.pods(1, Duration.ofSeconds(2));
    two.platform(REBOOT);
    two.start().run("5S");
    two.drainer.kill();
    two.cluster.annotate(
        TwoSided.NODE,
        NodeKeys.RECORD,
        two.annotation(NodeKeys.RECORD)
            .orElseThrow()
            .replaceAll(
                "\"state\":\"[A-Za-z]+\",\"phase\":\"[a-z-]+\"",
                "\"state\":\"Draining\",\"phase\":\"detaching\""));
    two.run("5S");
    assertThat(two.watcher.story).endsWith("Drained");
    assertThat(two.watcher.episode().orElseThrow().events().getFirst().acknowledgement().tries())
        .as("what was withheld is nothing that may have counted")
        .isZero();
    two.platform();
    two.run("5S");
    assertThat(two.watcher.posted).isEmpty();
    assertThat(two.watcher.episode().map(Episode::cancelled)).contains(true);
    two.drainer.start();
    two.run("60S");
    assertThat(two.watcher.posted).isEmpty();
    isGivenBack();
  }

  @Test
  @DisplayName(
      "K63 K67 vanishes after the POST without Started seen: it ran, and was not cancelled")
  void ranUnseen() {
    two.platform(REBOOT);
    two.start().run("12S");
    assertThat(two.watcher.posted).containsExactly("A");
    two.platform();
    two.reboots();
    two.run("60S");
    isGivenBack();
    assertThat(two.watcher.story).endsWith("summary RETURNED");
    assertThat(two.drainer.story).endsWith("summary RETURNED");
  }

  @Test
  @DisplayName("K64 a second event joins on both sides, and each is acknowledged for itself")
  void joins() {
    two.pods(2, SLOW);
    two.platform(REBOOT);
    two.start().run("8S");
    two.platform(REBOOT, TwoSided.event("B", "Redeploy", Duration.ofMinutes(20)));
    two.run("60S");
    assertThat(two.watcher.posted).containsExactlyInAnyOrder("A", "B");
    assertThat(two.watcher.story.stream().filter("Draining"::equals)).hasSize(1);
  }

  @Test
  @DisplayName("K69 metadata down: the drain goes on by the record, and the POST with the answer")
  void goesOnWithoutMetadata() {
    two.pods(2, SLOW);
    two.platform(REBOOT);
    two.start().run("8S");
    two.watcher.metadataAnswers = false;
    two.run("60S");
    assertThat(two.watcher.posted).containsExactly("A");
  }

  @Test
  @DisplayName("K70 a POST whose answer is lost is sent again with the same id, then no more")
  void repeatsWhatMayHaveCounted() {
    two.watcher.losesAnswers = true;
    two.platform(REBOOT);
    two.start().run("20S");
    two.watcher.losesAnswers = false;
    two.run("2M");
    assertThat(two.watcher.posted).hasSizeBetween(2, 8).containsOnly("A");
    int sofar = two.watcher.posted.size();
    two.run("2M");
    assertThat(two.watcher.posted).hasSize(sofar);
  }

  @Test
  @DisplayName("K71 another VM acknowledges first: Started seen, whatever the record says")
  void startsFromAnyState() {
    two.pods(2, SLOW);
    two.platform(REBOOT);
    two.start().run("8S");
    two.platform(TwoSided.started(REBOOT));
    two.run("3S");
    assertThat(two.watcher.story).endsWith("MaintenanceStarted");
    assertThat(two.stateWord()).isEqualTo("MaintenanceStarted");
    assertThat(two.watcher.posted).isEmpty();
  }

  @Test
  @DisplayName("L1 a note that meets another's write each time is not written in a loop")
  void doesNotRaceOthersForItsNote() {
    two.api
        .faults()
        .forever(
            request ->
                request.verb() == Verb.PATCH_NODE
                    && request.toString().contains(NodeKeys.OBSERVATION),
            Fault.CONFLICT);
    two.platform(REBOOT);
    two.start().run("1M");
    assertThat(two.api.requests(Verb.PATCH_NODE)).hasSizeBetween(4, 12);
    assertThat(two.watcher.troubles).isNotEmpty();
    two.api.faults().heal();
    two.run("60S");
    assertThat(two.watcher.posted).containsExactly("A");
  }

  @Test
  @DisplayName("K82 no drainer at all: Unattended once, nothing is acknowledged")
  void saysThatNobodyAnswers() {
    two.watcher.start(Optional.empty());
    two.platform(REBOOT);
    two.run("9S");
    assertThat(two.api.told()).isEmpty();
    two.run("5M");
    assertThat(two.api.told())
        .singleElement()
        .satisfies(news -> assertThat(news.notice()).isEqualTo(NodeNotice.UNATTENDED));
    assertThat(two.watcher.state().unansweredSince()).isPresent();
    two.platform(TwoSided.started(REBOOT));
    two.run("15M");
    assertThat(two.watcher.posted).isEmpty();
    two.platform();
    two.run("10S");
    assertThat(two.watcher.episode()).isEmpty();
    assertThat(two.watcher.state().unansweredSince()).isEmpty();
  }

  @Test
  @DisplayName(
      "K83 a silent watcher is never taken for a cancellation; it goes on from its journal")
  void survivesItsOwnRestart() {
    two.pods(2, SLOW);
    two.platform(REBOOT);
    two.start().run("8S");
    Optional<Episode> journal = two.watcher.episode();
    two.watcher.kill();
    two.run("5M");
    assertThat(two.stateWord()).isEqualTo("Drained");
    two.watcher.start(journal);
    two.run("5S");
    assertThat(two.watcher.posted).containsExactly("A");
  }

  @Test
  @DisplayName("K78 a watcher that lost its journal goes on from the drainer's record")
  void goesOnFromTheRecord() {
    two.pods(2, SLOW);
    two.platform(REBOOT);
    two.start().run("20S");
    two.watcher.kill();
    two.run("1S");
    two.watcher.start(Optional.empty());
    two.run("60S");
    assertThat(two.watcher.posted).containsExactly("A");
    goesAndComesBack();
    isGivenBack();
  }

  @Test
  @DisplayName("K79 another drainer takes over in mid-drain: one acknowledgement, one way back")
  void survivesAnotherDrainer() {
    two.pods(2, SLOW);
    two.platform(REBOOT);
    two.start().run("12S");
    two.drainer.kill();
    two.run("15S");
    two.drainer.start();
    two.run("60S");
    assertThat(two.watcher.posted).containsExactly("A");
    goesAndComesBack();
    isGivenBack();
  }
}
