package io.drainwatch.watcher.events;

import static io.drainwatch.watcher.events.Fixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.events.Reading.NotADocument;
import io.drainwatch.watcher.events.Reading.ReadDocument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastReadingTest {
  private final LastReading last = new LastReading();

  private LastReading.Read read(String body, Instant at) {
    return last.read(body.getBytes(StandardCharsets.UTF_8), at);
  }

  @Test
  void readsTheSameBytesWithoutParsingThem() {
    String body = Fixtures.text("several-events.json");

    LastReading.Read first = read(body, NOW);
    LastReading.Read second = read(body, NOW.plusSeconds(1));

    assertThat(first.parsed()).isTrue();
    assertThat(second.parsed()).isFalse();
    assertThat(((ReadDocument) second.reading()).document().events())
        .isSameAs(((ReadDocument) first.reading()).document().events());
  }

  @Test
  void stampsEachReadingWithItsOwnMoment() {
    String body = Fixtures.text("several-events.json");
    read(body, NOW);

    ReadDocument again = (ReadDocument) read(body, NOW.plusSeconds(1)).reading();

    assertThat(again.document().readAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(again.oddities()).containsEntry(Oddity.NO_RESOURCES, 1);
  }

  @Test
  void parsesOtherBytesOfTheSameLengthAndNumber() {
    LastReading.Read first = read(Fixtures.bodyWith(Fixtures.entryWith("EventId:\"A\"")), NOW);
    LastReading.Read second = read(Fixtures.bodyWith(Fixtures.entryWith("EventId:\"B\"")), NOW);

    assertThat(second.parsed()).isTrue();
    assertThat(second.reading()).isNotEqualTo(first.reading());
  }

  @Test
  void remembersErrorsTooAndForgetsThemWithTheNextBody() {
    String document = Fixtures.bodyWith();
    read(document, NOW);

    assertThat(read("<html>", NOW).reading()).isInstanceOf(NotADocument.class);
    assertThat(read("<html>", NOW).parsed()).isFalse();
    assertThat(read("<html>", NOW).reading()).isInstanceOf(NotADocument.class);
    assertThat(read(document, NOW).reading()).isInstanceOf(ReadDocument.class);
  }

  @Test
  void anEmptyBodyIsEmptyFromTheStart() {
    assertThat(read("", NOW).reading()).isEqualTo(new Reading.EmptyBody());
  }
}
