package io.drainwatch.drainer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.HookNote;
import io.drainwatch.drainer.nodes.ObservationNote.HookOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A watcher's note in the terms of the core. */
class RelayTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant NOT_BEFORE = NOON.plus(Duration.ofMinutes(15));

  private final Lifecycle lifecycle = new Lifecycle(LifecycleSettings.defaults());
  private Watch watch = Watch.idle();
  private Instant now = NOON;

  private static NodeEvent event(String id) {
    return new NodeEvent(
        id,
        "Reboot",
        EventStatus.SCHEDULED,
        Optional.of(NOT_BEFORE),
        EventSource.PLATFORM,
        List.of("vm-2", "VM-1"),
        Optional.empty());
  }

  private static ObservationNote note(
      List<NodeEvent> events, List<String> missing, List<String> gone, HookNote... hooks) {
    return new ObservationNote(
        Optional.of("id-1"),
        "vm-1",
        "boot-1",
        1,
        NOON.minus(Duration.ofHours(3)),
        ObservationNote.Health.OK,
        events,
        missing,
        gone,
        List.of(),
        List.of(hooks),
        0);
  }

  private void take(ObservationNote note) {
    now = now.plusSeconds(1);
    if (watch.machine().isEmpty()) {
      watch =
          lifecycle
              .next(watch, new Observation.DaemonStarted(NoteRelay.machine(note)), now)
              .watch();
    }
    NoteRelay relay = NoteRelay.of(note, watch.episode(), Optional.empty());
    int documents = 0;
    do {
      watch = Absences.before(relay, watch);
      Document document = new Document(OptionalLong.of(1), relay.events(), now);
      watch = lifecycle.next(watch, new Observation.DocumentRead(document), now).watch();
      documents++;
    } while (documents < 2 && Absences.isOneBehind(relay, watch));
  }

  private Episode episode() {
    return watch.episode().orElseThrow();
  }

  private int absent(String id) {
    return episode().events().stream()
        .filter(each -> each.event().id().equals(id))
        .findFirst()
        .orElseThrow()
        .absentFrom();
  }

  @Test
  @DisplayName(
      "K46 a document counts as read when it came to us, whatever the watcher's clock says")
  void theWatchersClockDoesNotMatter() {
    take(note(List.of(event("e1")), List.of(), List.of()));
    assertThat(episode().id()).isEqualTo("e1/vm-1");
  }

  @Test
  void theOwnNameIsFirstForTheCore() {
    take(note(List.of(event("e1")), List.of(), List.of()));
    assertThat(episode().events().getFirst().event().resources()).containsExactly("vm-1", "vm-2");
  }

  @Test
  @DisplayName("K83 an event that is not told of stays as it is")
  void whatIsNotToldOfStays() {
    take(note(List.of(event("e1"), event("e2")), List.of(), List.of()));
    take(note(List.of(event("e2")), List.of(), List.of()));
    take(note(List.of(), List.of(), List.of()));
    assertThat(absent("e1")).isZero();
    take(note(List.of(event("e2")), List.of("e1"), List.of()));
    take(note(List.of(event("e2")), List.of(), List.of()));
    assertThat(absent("e1")).isEqualTo(1);
  }

  @Test
  @DisplayName("I10 missing however often is not gone; gone is gone at once")
  void missingIsNotGone() {
    take(note(List.of(event("e1"), event("e2")), List.of(), List.of()));
    for (int i = 0; i < 5; i++) {
      take(note(List.of(event("e2")), List.of("E1"), List.of()));
      assertThat(absent("e1")).isEqualTo(1);
    }
    take(note(List.of(event("e1"), event("e2")), List.of(), List.of()));
    assertThat(absent("e1")).isZero();
    take(note(List.of(event("e2")), List.of(), List.of("E1")));
    assertThat(absent("e1")).isEqualTo(2);
    assertThat(absent("e2")).isZero();
  }

  @Test
  void oneIsGoneWhileAnotherStaysMissing() {
    take(note(List.of(event("e1"), event("e2"), event("e3")), List.of(), List.of()));
    take(note(List.of(event("e3")), List.of("e1"), List.of("e2")));
    assertThat(absent("e1")).isEqualTo(1);
    assertThat(absent("e2")).isEqualTo(2);
    assertThat(absent("e3")).isZero();
  }

  private static HookNote hook(String word, HookOutcome outcome, int second) {
    return new HookNote("e1/vm-1", word, outcome, NOON.plusSeconds(second), "");
  }

  @Test
  void aHookIsOneScriptIfTheNoteTellsOfIt() {
    take(note(List.of(event("e1")), List.of(), List.of()));
    Optional<ObservationNote> note =
        Optional.of(note(List.of(), List.of(), List.of(), hook("drain", HookOutcome.PLANNED, 0)));
    assertThat(HookBook.listing(Hook.DRAIN, note, episode())).hasSize(1);
    assertThat(HookBook.listing(Hook.POST_STOP, note, episode())).isEmpty();
    assertThat(HookBook.listing(Hook.DRAIN, Optional.empty(), episode())).isEmpty();
  }

  @Test
  void theUncordonHookIsTheMachinesAlone() {
    take(note(List.of(event("e1")), List.of(), List.of()));
    Optional<ObservationNote> note =
        Optional.of(
            note(List.of(), List.of(), List.of(), hook("uncordon", HookOutcome.PLANNED, 0)));
    assertThat(HookBook.listing(Hook.UNCORDON, note, episode())).isEmpty();
  }

  @Test
  void aHooksResultCountsForOneAttempt() {
    take(note(List.of(event("e1")), List.of(), List.of()));
    Optional<ObservationNote> failed =
        Optional.of(note(List.of(), List.of(), List.of(), hook("running", HookOutcome.FAILED, 1)));
    HookBook book = HookBook.EMPTY.asked(Hook.RUNNING, 1);
    HookBook.Result first = book.results(failed, episode()).getFirst();
    assertThat(first).isEqualTo(new HookBook.Result(Hook.RUNNING, 1, false));
    book = book.counted(first, failed, episode()).asked(Hook.RUNNING, 2);
    assertThat(book.results(failed, episode())).isEmpty();
    Optional<ObservationNote> again =
        Optional.of(
            note(List.of(), List.of(), List.of(), hook("running", HookOutcome.SUCCEEDED, 9)));
    assertThat(book.results(again, episode()))
        .containsExactly(new HookBook.Result(Hook.RUNNING, 2, true));
  }

  @Test
  void aHookOfAnotherEpisodeSaysNothing() {
    take(note(List.of(event("e9")), List.of(), List.of()));
    Optional<ObservationNote> old =
        Optional.of(note(List.of(), List.of(), List.of(), hook("drain", HookOutcome.FAILED, 1)));
    assertThat(HookBook.EMPTY.asked(Hook.DRAIN, 1).results(old, episode())).isEmpty();
  }
}
