package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The first event finds a warm process only if a note was written on paper. */
class PaperNoteTest {
  @Test
  @DisplayName("the watcher's note of an event is written on paper")
  void writesANote() {
    assertThat(PaperNote.write(Instant.parse("2026-11-21T12:00:00Z"))).isPositive();
  }
}
