package io.drainwatch.watcher.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AskPaceTest {
  private static final Instant NOON = AzureSamples.NOW;

  private static Instant at(int seconds) {
    return NOON.plusSeconds(seconds);
  }

  private static AzureAnswer<AzureVm> refused(Trouble.Kind kind, Optional<Duration> retryAfter) {
    return new AzureAnswer.NotTold<>(
        new Trouble(kind, AzureCall.READ_VM, "vm", OptionalInt.empty(), "", "because", retryAfter));
  }

  @Test
  void asksSoOftenInAnyMinute() {
    AskPace pace = AskPace.of(2);
    assertThat(pace.notBefore(NOON)).isEmpty();
    pace = pace.askedAt(NOON).askedAt(at(30));
    assertThat(pace.notBefore(at(31))).contains(at(60));
    assertThat(pace.notBefore(at(60))).isEmpty();
    pace = pace.askedAt(at(60));
    assertThat(pace.notBefore(at(61))).contains(at(90));
  }

  @Test
  void waitsAsLongAsA429Asks() {
    AskPace pace =
        AskPace.of(9)
            .answered(refused(Trouble.Kind.THROTTLED, Optional.of(Duration.ofSeconds(400))), NOON);
    assertThat(pace.notBefore(at(399))).contains(at(400));
    assertThat(pace.notBefore(at(400))).isEmpty();
  }

  @Test
  void waitsForADayNeitherWhereItIsAsked() {
    AskPace pace =
        AskPace.of(9)
            .answered(refused(Trouble.Kind.THROTTLED, Optional.of(Duration.ofDays(1))), NOON);
    assertThat(pace.notBefore(at(3_600))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_LOGIN", "TIMED_OUT", "NO_CONNECTION"})
  void pausesWhereAzureIsNotToBeHad(Trouble.Kind kind) {
    AskPace pace = AskPace.of(9).answered(refused(kind, Optional.empty()), NOON);
    assertThat(pace.notBefore(at(1))).contains(at(30));
  }

  @ParameterizedTest
  @EnumSource(names = {"FORBIDDEN", "NOT_FOUND", "CONFLICT", "SERVER"})
  void asksAfterOthersAllTheSame(Trouble.Kind kind) {
    AskPace pace = AskPace.of(9).answered(refused(kind, Optional.empty()), NOON);
    assertThat(pace.notBefore(at(1))).isEmpty();
  }

  @Test
  void aClockThatIsSetBackSilencesNobody() {
    AskPace pace =
        AskPace.of(1)
            .askedAt(NOON)
            .answered(refused(Trouble.Kind.THROTTLED, Optional.of(Duration.ofMinutes(5))), NOON);
    assertThat(pace.notBefore(NOON.minus(Duration.ofHours(9)))).isEmpty();
  }

  @Test
  void whoMayAskNothingIsABug() {
    assertThatThrownBy(() -> AskPace.of(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
