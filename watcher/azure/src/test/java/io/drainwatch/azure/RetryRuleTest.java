package io.drainwatch.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a request to Azure is sent once more; that it is, over real sockets elsewhere. */
class RetryRuleTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private static Optional<Duration> next(boolean changes, int status, int tries) {
    return next(changes, status, Optional.empty(), tries, LONG);
  }

  private static Optional<Duration> next(
      boolean changes, int status, Optional<Duration> retryAfter, int tries, Duration left) {
    return RetryRule.next(
        changes,
        status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
        retryAfter,
        tries,
        left,
        Pauses.USUAL.first());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 408, 429, 500, 503})
  void looksAgainAfter1And2And4SecondsAndThenNoMore(int status) {
    assertThat(IntStream.rangeClosed(1, 4).mapToObj(tries -> next(false, status, tries)))
        .containsExactly(
            Optional.of(Duration.ofSeconds(1)),
            Optional.of(Duration.ofSeconds(2)),
            Optional.of(Duration.ofSeconds(4)),
            Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"0, false", "408, false", "429, true", "500, false", "503, false", "409, false"})
  void changesNothingTwiceButWhatWasSurelyNotTaken(int status, boolean again) {
    assertThat(next(true, status, 1).isPresent()).isEqualTo(again);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 401, 403, 404, 409})
  void takesAnyOtherAnswerAsItIs(int status) {
    assertThat(next(false, status, 1)).isEmpty();
  }

  @Test
  void obeysWhatTheAnswerSaysWhereThereIsTimeForIt() {
    Optional<Duration> said = Optional.of(Duration.ofSeconds(20));
    assertThat(next(false, 429, said, 1, LONG)).isEqualTo(said);
    assertThat(next(false, 429, said, 1, Duration.ofSeconds(20))).isEmpty();
    assertThat(next(false, 503, Optional.empty(), 3, Duration.ofSeconds(4))).isEmpty();
  }

  @Test
  void pausesFor5SecondsWhenNoRequestIsLeft() {
    assertThat(Pauses.USUAL.whenNoneIsLeft())
        .as("what Resource Graph takes to fill its quota again")
        .isEqualTo(Duration.ofSeconds(5));
  }
}
