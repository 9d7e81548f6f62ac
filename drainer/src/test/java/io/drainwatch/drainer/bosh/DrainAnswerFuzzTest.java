package io.drainwatch.drainer.bosh;

import static io.drainwatch.drainer.fuzz.Fuzz.throwAt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** L10: what a drain script prints. */
class DrainAnswerFuzzTest {
  private static final Duration LONGEST = Duration.ofDays(7);

  @Test
  @DisplayName("L10 an answer is a bounded wait, or a failure that can be shown")
  void isAWaitOrAFailure() {
    throwAt(
        List.of("0", "10\n", "-10", "+5\r\n", "  3  ", "chatter\n0\n", "9223372036854775807", "٣"),
        bytes -> {
          AnswerOutput.Printed printed = new AnswerOutput.Printed.All(new String(bytes, UTF_8));
          for (int code : new int[] {0, 1, 137}) {
            for (ExitCodeRule rule : ExitCodeRule.values()) {
              switch (DrainAnswer.of(code, printed, rule, LONGEST)) {
                case DrainAnswer.Done(Duration pause) ->
                    assertThat(pause).isBetween(Duration.ZERO, LONGEST);
                case DrainAnswer.Again(Duration pause) ->
                    assertThat(pause).isBetween(Duration.ofSeconds(1), LONGEST);
                case DrainAnswer.Failed(String why) -> {
                  assertThat(why).isNotBlank().hasSizeLessThan(1_000);
                  assertThat(why.codePoints().filter(Character::isISOControl)).isEmpty();
                }
              }
            }
          }
        });
  }
}
