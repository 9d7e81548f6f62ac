package io.drainwatch.drainer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of Resource Graph in a row, and what they say of one event. */
class GraphBookTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(60);
  private static final Duration STALE = Duration.ofSeconds(180);

  private GraphBook book = GraphBook.empty(NOON);
  private Instant now = NOON;

  private static ScheduledEvent event(String id) {
    return new ScheduledEvent(
        id,
        false,
        "Reboot",
        EventStatus.SCHEDULED,
        EventSource.RESOURCE_GRAPH,
        "VirtualMachine",
        List.of("vm-1"),
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty());
  }

  private GraphWord word() {
    return book.word("vm-1", INTERVAL, STALE, now);
  }

  private void take(char what) {
    switch (what) {
      case 'n' -> book = book.answered(new GraphBook.Answer(now, List.of(event("Abc"))), INTERVAL);
      case '-' -> book = book.answered(new GraphBook.Answer(now, List.of()), INTERVAL);
      case 'x' -> book = book.failed();
      case '.' -> now = now.plus(INTERVAL);
      case ',' -> now = now.plus(INTERVAL.dividedBy(2));
      default -> throw new IllegalArgumentException("what is " + what);
    }
  }

  /** n: named, -: not named, x: failed; a point is an interval, a comma half of one. */
  @ParameterizedTest(name = "{0} says {1}")
  @CsvSource({
    "n, 0",
    "n.-, 1",
    "n.-.-, 2",
    "'n.-,-', 1",
    "'n.-,-,-', 2",
    "n.-.x.-, 1",
    "n.-.x.-.-, 2",
    "n.-.n.-, 1",
    "n.-.n.-.-, 2",
    "-, 1",
    "-.-, 2",
    "'-,-', 1",
    "x, unknown",
    "n.x, unknown",
    "-.-.x, unknown",
    "-.-...., unknown",
    "n...., unknown",
    "n..., 0"
  })
  void aRowOfAnswersSaysWhetherAnEventStands(String row, String says) {
    row.chars().forEach(each -> take((char) each));
    assertThat(word().absence("aBC").map(String::valueOf).orElse("unknown")).isEqualTo(says);
  }

  @Test
  void countsOnlyOnceTheWatcherHasBeenSilentThoughItWasAsked() {
    take('n');
    assertThat(book.isToAsk(now)).isFalse();
    now = now.plusSeconds(91);
    assertThat(word().begins()).as("a watcher without maintenance writes nothing").isFalse();
    assertThat(book.isToAsk(now)).isTrue();
    book = book.asked(now);
    assertThat(book.isToAsk(now)).isFalse();
    now = now.plusSeconds(89);
    take('n');
    assertThat(word().begins()).isFalse();
    now = now.plusSeconds(1);
    assertThat(word().begins()).isTrue();
  }

  @Test
  void asksNobodyWhereTheGraphTellsOfNothing() {
    take('-');
    now = now.plusSeconds(91);
    assertThat(book.isToAsk(now)).isFalse();
    assertThat(book.isSettled()).isTrue();
  }

  @Test
  void movesWithTheClock() {
    take('n');
    book = book.asked(now).clockStepped(Duration.ofHours(1));
    now = now.plus(Duration.ofHours(1));
    assertThat(word().begins()).as("nobody was silent for an hour").isFalse();
    assertThat(word().absence("abc")).contains(0);
    book = book.answered(new GraphBook.Answer(NOON, List.of()), INTERVAL);
    assertThat(book.row()).as("an answer from before the others is alone").hasSize(1);
  }

  @Test
  void isBounded() {
    for (int i = 0; i < 100; i++) {
      int first = 500 * i; // others each time
      List<ScheduledEvent> many =
          IntStream.range(first, first + 500).mapToObj(id -> event("e" + id)).toList();
      now = now.plusSeconds(60);
      book = book.answered(new GraphBook.Answer(now, many), INTERVAL);
    }
    assertThat(book.row()).hasSize(2);
    assertThat(book.firstNamed()).hasSizeLessThanOrEqualTo(2 * GraphBook.MOST_EVENTS);
  }
}
