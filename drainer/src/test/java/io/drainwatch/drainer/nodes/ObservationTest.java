package io.drainwatch.drainer.nodes;

import static io.drainwatch.drainer.nodes.ANode.aNode;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ObservationTest {
  private static final Instant NOON = ANode.NOON;

  private static ObservationNote note(
      Instant readAt, List<NodeEvent> events, List<String> missing, List<String> gone) {
    return new ObservationNote(
        Optional.of("VM-1"),
        "aks-1",
        ANode.BOOT,
        12,
        readAt,
        ObservationNote.Health.OK,
        events,
        missing,
        gone,
        List.of(new ObservationNote.Ack("E-0", NOON, 200)),
        List.of(
            new ObservationNote.HookNote(
                "abc", "drain", ObservationNote.HookOutcome.FAILED, NOON, "exit code 1")),
        0);
  }

  private static ObservationNote withEvent(Instant readAt) {
    return note(readAt, List.of(Records.event("E-1")), List.of(), List.of());
  }

  private static ObservationReading heard(ObservationReading before, String text, Instant now) {
    return before.next(
        aNode().withAnnotation(NodeKeys.OBSERVATION, text).facts(), ANode.machine(), now);
  }

  @Test
  void readsBackWhatItWrites() {
    assertThat(ObservationJson.read(ObservationJson.write(withEvent(NOON))))
        .isEqualTo(new ObservationText.Read(withEvent(NOON)));
  }

  @Test
  void isTheOnlyKeyThatTheWatcherWrites() {
    NodePatch patch = RecordPatches.write(aNode().facts(), withEvent(NOON));

    assertThat(patch.annotations()).containsOnlyKeys(NodeKeys.OBSERVATION);
    assertThat(NodePatchJson.write(patch)).doesNotContain("\"spec\"", "\"labels\"");
  }

  @Test
  void isWrittenWhenItsContentChanges() {
    ObservationWriting written = ObservationWriting.NOTHING_YET.wrote(withEvent(NOON), NOON);
    Instant later = NOON.plusSeconds(3_600);

    assertThat(ObservationWriting.NOTHING_YET.isDue(withEvent(NOON), false, NOON)).isTrue();
    assertThat(written.isDue(withEvent(later), false, later)).isFalse();
    assertThat(
            written.isDue(
                note(later, List.of(), List.of("E-1"), List.of()), false, NOON.plusSeconds(1)))
        .isTrue();
  }

  @Test
  void isWrittenAsASignOfLifeWhileAnEpisodeIsOpen() {
    ObservationWriting written = ObservationWriting.NOTHING_YET.wrote(withEvent(NOON), NOON);

    assertThat(written.isDue(withEvent(NOON.plusSeconds(29)), true, NOON.plusSeconds(29)))
        .isFalse();
    assertThat(written.isDue(withEvent(NOON.plusSeconds(30)), true, NOON.plusSeconds(30))).isTrue();
  }

  @Test
  void isWrittenAtOnceWhenTheClockWasSteppedBack() {
    ObservationWriting written = ObservationWriting.NOTHING_YET.wrote(withEvent(NOON), NOON);

    assertThat(written.isDue(withEvent(NOON), true, NOON.minusSeconds(3_600))).isTrue();
  }

  @Test
  @DisplayName("K83 a silent watcher never means that an event is gone")
  void silenceIsNotGone() {
    ObservationReading heard =
        heard(ObservationReading.none(NOON), ObservationJson.write(withEvent(NOON)), NOON);
    Instant much = NOON.plusSeconds(86_400);
    ObservationReading silent = heard(heard, ObservationJson.write(withEvent(NOON)), much);

    assertThat(heard.isSilent(NOON.plusSeconds(90))).isFalse();
    assertThat(silent.isSilent(NOON.plusSeconds(91))).isTrue();
    assertThat(silent.saysGone("E-1")).isFalse();
    assertThat(silent.saysMissing("E-1")).isFalse();
  }

  @Test
  @DisplayName("K83 an absent, unreadable, newer or foreign observation takes nothing back")
  void nothingReadableIsNotGone() {
    ObservationReading heard =
        heard(ObservationReading.none(NOON), ObservationJson.write(withEvent(NOON)), NOON);
    Instant later = NOON.plusSeconds(100);
    String other =
        ObservationJson.write(note(NOON, List.of(), List.of(), List.of("E-1")))
            .replace("VM-1", "vm-2");
    String newer =
        ObservationJson.write(note(NOON, List.of(), List.of(), List.of("E-1")))
            .replace("{\"v\":1,", "{\"v\":2,");

    assertThat(heard.next(aNode().facts(), ANode.machine(), later)).isEqualTo(heard);
    for (String text : List.of("", "{}", "garbage", other, newer)) {
      ObservationReading reading = heard(heard, text, later);
      assertThat(reading.saysGone("E-1")).isFalse();
      assertThat(reading.note()).isEqualTo(heard.note());
      assertThat(reading.isSilent(later)).isTrue();
    }
  }

  @Test
  @DisplayName("K83 an event that is only absent from the list is not gone")
  void absenceIsNotGone() {
    ObservationReading reading =
        heard(
            ObservationReading.none(NOON),
            ObservationJson.write(note(NOON, List.of(), List.of("E-1"), List.of("E-2"))),
            NOON);

    assertThat(reading.saysMissing("e-1")).isTrue();
    assertThat(reading.saysGone("e-1")).isFalse();
    assertThat(reading.saysGone("e-2")).isTrue();
    assertThat(reading.saysMissing("E-3")).isFalse();
  }
}
