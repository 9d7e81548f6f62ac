package io.drainwatch.drainer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import io.drainwatch.drainer.nodes.OutsideAck;
import io.drainwatch.drainer.nodes.OutsideAcks;
import io.drainwatch.drainer.relay.LostWatcher.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** When an event is acknowledged in place of a watcher that is gone. */
class LostWatcherTest {
  private final Lost lost = new Lost();

  private static Arguments row(Why why, String what, Consumer<Lost> how) {
    return Arguments.of(why, what, how);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        row(Why.NO_RECORD, "no record", s -> s.hasRecord = false),
        row(Why.NO_RECORD, "a record of another Node", s -> s.recordedUid = "other"),
        row(Why.REBOOTED, "restarted since", s -> s.bootId = "boot-2"),
        row(Why.RECORD_OF_ANOTHER_LEADER, "another wrote it", s -> s.recordHolder = "b"),
        row(Why.NOT_DRAINED, "it drains", s -> s.recorded = MaintenanceState.DRAINING),
        row(Why.NOT_DRAINED, "started", s -> s.recorded = MaintenanceState.MAINTENANCE_STARTED),
        row(Why.NOT_DRAINED, "our core knows none", s -> s.hasEpisode = false),
        row(Why.NOT_DRAINED, "our core drains again", s -> s.coreDrains = true),
        row(Why.CANCELLED, "cancelled", s -> s.cancelled = true),
        row(Why.HELD, "somebody uncordoned", s -> s.heldBy = HeldBy.FOREIGN_UNCORDON),
        row(Why.HELD, "held by a person", s -> s.coreHolds = true),
        row(Why.NOT_CORDONED, "not cordoned any more", s -> s.unschedulable = false),
        row(Why.NOT_CORDONED, "the record knows no cordon", s -> s.hasPrior = false),
        row(Why.NOT_SEEN_EMPTY, "not seen empty by this leader", s -> s.seenEmpty = false),
        row(Why.NODE_NOT_READY, "cut off: its pods may run", s -> s.ready = false),
        row(Why.NO_NOTE, "nobody ever told", s -> s.hasNote = false),
        row(Why.WATCHER_DEGRADED, "degraded, but alive", s -> s.health = Health.DEGRADED),
        row(Why.WATCHER_DEGRADED, "it has just begun", s -> s.health = Health.WARMING),
        row(Why.SENT_BEFORE_UNREADABLE, "nonsense", s -> s.sent = Optional.of("{\"v\":1")),
        row(Why.EVENT_NOT_DRAINED, "drained for another", s -> s.drained = List.of("B")),
        row(Why.EVENT_NOT_ALLOWED, "not allowed", s -> s.ackable = List.of()),
        row(Why.EVENT_MADE_UP, "by hand", s -> s.source = EventSource.OPERATOR),
        row(Why.EVENT_MADE_UP, "a condition's", s -> s.source = EventSource.NODE_CONDITION),
        row(Why.EVENT_UNSENDABLE, "an id that fits no path", s -> s.id = "a/../b"),
        row(Why.EVENT_NOT_SCHEDULED, "told as started", s -> s.told = EventStatus.STARTED),
        row(Why.EVENT_NOT_STANDING, "not in the last note", s -> s.isTold = false),
        row(Why.EVENT_NOT_STANDING, "missing", s -> s.missing = List.of("a")),
        row(Why.EVENT_NOT_STANDING, "gone", s -> s.gone = List.of("A")),
        row(Why.EVENT_DUE, "its time has come", s -> s.notBefore = Lost.NOW),
        row(Why.OTHERS_NOT_DRAINED, "another VM drains", s -> s.names("vm-2", Set.of())),
        row(Why.OTHERS_NOT_DRAINED, "drained for another", s -> s.names("vm-2", Set.of("B"))),
        row(Why.OTHERS_NOT_DRAINED, "another VM is no Node", s -> s.resources = Lost.BOTH),
        row(Why.OTHERS_NOT_DRAINED, "the note was cut", s -> s.more = 1),
        row(
            Why.OTHERS_NOT_DRAINED,
            "named since it was recorded",
            s -> {
              s.resources = Lost.BOTH;
              s.recordedResources = List.of("vm-1");
            }),
        row(Why.NOT_BY_THE_CORE, "a type that is never", s -> s.type = "Rebalance"),
        row(Why.SENT_BY_THE_WATCHER, "the watcher did", s -> s.watcherSent(200)),
        row(Why.ACCEPTED, "accepted", s -> s.sent("a", 1, 200)),
        row(Why.ACCEPTED, "accepted for another leader", s -> s.sent("b", 1, 200)),
        row(Why.ANSWERED_THIS_LEADER, "401", s -> s.sent("a", 1, 401)),
        row(Why.ANSWERED_THIS_LEADER, "403", s -> s.sent("a", 1, 403)),
        row(Why.ANSWERED_THIS_LEADER, "404", s -> s.sent("a", 1, 404)),
        row(Why.ANSWERED_THIS_LEADER, "409", s -> s.sent("a", 1, 409)));
  }

  @ParameterizedTest(name = "I1 {0}: {1}")
  @MethodSource("refusals")
  void refuses(Why why, String what, Consumer<Lost> how) {
    how.accept(lost);
    assertThat(lost.decides()).isEqualTo(new LostWatcher.Refused(why));
  }

  @Test
  void everyRefusalHasItsRow() {
    assertThat(refusals().map(each -> (Why) each.get()[0]).distinct())
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(Why.values()));
  }

  private void isSent(int tries) {
    assertThat(lost.decides())
        .isInstanceOfSatisfying(
            LostWatcher.Send.class,
            send -> {
              assertThat(send.eventId()).isEqualTo("A");
              assertThat(send.tries()).isEqualTo(tries);
              assertThat(send.node()).isEqualTo(lost.node());
            });
  }

  @Test
  @DisplayName("I1 what is drained, allowed and seen empty is sent for a watcher that is silent")
  void sends() {
    isSent(1);
  }

  @Test
  void idsAreTheSameInAnyCase() {
    lost.drained = List.of("a");
    lost.ackable = List.of("a");
    isSent(1);
  }

  @Test
  void othersThatAreDrainedByTheirOwnRecordsAreNoHindrance() {
    lost.names("vm-2", Set.of("A"));
    isSent(1);
  }

  @Test
  void aWatcherThatWasRefusedOrGotNoAnswerMayBeStoodInFor() {
    for (int status : List.of(0, 404, 500)) {
      lost.watcherSent(status);
      isSent(1);
    }
  }

  @Test
  @DisplayName("who was heard of within five minutes is not silent, by this leader's clock")
  void waitsForTheSilence() {
    lost.heardAgo = LostWatcher.SILENCE.minusSeconds(1);
    assertThat(lost.decides()).isEqualTo(new LostWatcher.Later(Lost.NOW.plusSeconds(1)));
    lost.heardAgo = LostWatcher.SILENCE;
    isSent(1);
  }

  @ParameterizedTest
  @CsvSource({"0", "408", "429", "499", "500", "503"})
  void whatIsUnclearIsTriedAgainWithBackOff(int status) {
    lost.sent("a", 2, status);
    assertThat(lost.decides()).isEqualTo(new LostWatcher.Later(Lost.NOW.plusSeconds(60)));
    lost.later = Duration.ofSeconds(60);
    isSent(3);
  }

  @Test
  void whatAnotherLeaderMayHaveSentIsTriedAgainAndWhatItWasRefusedToo() {
    lost.later = Duration.ofMinutes(5);
    lost.sent = Optional.of(lost.text(OutsideAck.sending("A", Lost.NOW, 1, "b")));
    isSent(2);
    lost.sent("b", 1, 403);
    isSent(2);
  }

  @Test
  void aWatcherThatIsHeardOfAgainIsNotStoodInForAfterAnUnclearAnswerEither() {
    lost.sent("a", 1, 503);
    lost.later = Duration.ofMinutes(2);
    lost.heardAgo = Duration.ZERO;
    assertThat(lost.decides()).isEqualTo(new LostWatcher.Later(Lost.NOW.plus(LostWatcher.SILENCE)));
  }

  @Test
  void waitsAsLongAsAzureAskedFor() {
    OutsideAck ack =
        OutsideAck.sending("A", Lost.NOW, 1, "a")
            .answered(429, Optional.of(Lost.NOW.plusSeconds(700)));
    lost.sent = Optional.of(lost.text(ack));
    assertThat(lost.decides()).isEqualTo(new LostWatcher.Later(Lost.NOW.plusSeconds(700)));
  }

  @Test
  void waitsForAnHourAtMostWhateverWasAskedFor() {
    OutsideAck ack =
        OutsideAck.sending("A", Lost.NOW, 1, "b")
            .answered(429, Optional.of(Lost.NOW.plus(Duration.ofDays(3))));
    lost.sent = Optional.of(lost.text(ack));
    assertThat(lost.decides())
        .isEqualTo(new LostWatcher.Later(Lost.NOW.plus(LostWatcher.LONGEST_HOLD)));
  }

  @Test
  @DisplayName("K46 what another leader wrote with a clock that is ahead holds nobody back")
  void doesNotWaitForAnotherLeadersClock() {
    Instant ahead = Lost.NOW.plus(Duration.ofHours(5));
    lost.sent =
        Optional.of(
            lost.text(
                OutsideAck.sending("A", ahead, 1, "b")
                    .answered(429, Optional.of(ahead.plusSeconds(700)))));
    isSent(2);
  }

  @ParameterizedTest
  @CsvSource({
    "200, true",
    "0, true",
    "408, true",
    "500, true",
    "401, false",
    "403, false",
    "404, false",
    "409, false",
    "429, false",
    "499, false"
  })
  @DisplayName("I1 only what was taken, or may have been, counts as sent")
  void countsOnlyWhatMayHaveBeenTaken(int status, boolean counts) {
    OutsideAck ack = OutsideAck.sending("A", Lost.NOW, 1, "a");
    assertThat(ack.mayHaveCounted()).as("under way").isTrue();
    OutsideAck answered = ack.answered(status, Optional.empty());
    assertThat(answered.mayHaveCounted()).isEqualTo(counts);
    OutsideAck second = OutsideAck.sending("A", Lost.NOW, 2, "a").after(Optional.of(answered));
    lost.sent = Optional.of(lost.text(second.answered(403, Optional.empty())));
    assertThat(OutsideAcks.on(lost.node(), "episode-1").orElseThrow().acks())
        .as("a refusal says nothing of the try before it, on the Node too")
        .allMatch(each -> each.mayHaveCounted() == counts);
  }

  @Test
  void waitsForFiveMinutesAtMostOfItsOwn() {
    lost.sent("a", 60, 0);
    assertThat(lost.decides())
        .isEqualTo(new LostWatcher.Later(Lost.NOW.plus(LostWatcher.LONGEST_WAIT)));
  }

  @Test
  void whatWasSentForAnEarlierEpisodeSaysNothing() {
    lost.sentFor = "an earlier one";
    lost.sent("a", 1, 200);
    isSent(1);
  }
}
