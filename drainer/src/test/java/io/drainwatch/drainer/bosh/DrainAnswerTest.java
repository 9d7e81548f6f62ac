package io.drainwatch.drainer.bosh;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.ScriptOutput;
import io.drainwatch.drainer.scripts.ScriptOutput.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The integer rules of drain-scripts.md 3.3 and 3.5. */
class DrainAnswerTest {

  private static final Duration LONGEST = Duration.ofSeconds(86_400);
  private static final String ARABIC_INDIC_FIVE = "\u0665";

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @MethodSource("integers")
  void readsIntegers(String row, String printed, DrainAnswer answer) {
    assertThat(strict(printed)).as(row).isEqualTo(answer);
  }

  static Stream<Arguments> integers() {
    return Stream.of(
        Arguments.of("B03", "12", done(12)),
        Arguments.of("B04", "-5", again(5)),
        Arguments.of("B05", "-56\n", again(56)),
        Arguments.of("B05", " 0  \t\n", done(0)),
        Arguments.of("E04", "+5", done(5)),
        Arguments.of("E04", "-0", done(0)),
        Arguments.of("E04", "007", done(7)),
        Arguments.of("E04 no-break space", "\u00a05\u00a0", done(5)),
        Arguments.of("E04 next line", "\u00855\u0085", done(5)),
        Arguments.of("E10", "\n0\n", done(0)),
        Arguments.of(
            "all that Go trims", "\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000 5", done(5)),
        Arguments.of("longest", "86400", done(86_400)),
        Arguments.of("longest", "-86400", again(86_400)),
        Arguments.of("leading zeros", "0".repeat(100) + "9", done(9)));
  }

  @ParameterizedTest(name = "B06 E04 ''{0}'' is no signed integer")
  @ValueSource(
      strings = {
        "hello!",
        "",
        " \n",
        "5.0",
        "1e3",
        "0x10",
        "1_000",
        "5 6",
        "5\n6",
        ARABIC_INDIC_FIVE,
        "+",
        "-",
        "+-5",
        "\u001c5", // String.strip would take it
        "\u200b5",
        "\ufeff5",
        "-\u00a05"
      })
  void refusesAnythingElse(String printed) {
    assertThat(failure(strict(printed))).startsWith("Script did not return a signed integer");
    assertThat(failure(agent(0, printed))).startsWith("Script did not return a signed integer");
  }

  @ParameterizedTest(name = "E05 {0} is out of range")
  @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "+99999999999999999999"})
  void refusesMoreThan64Bit(String printed) {
    assertThat(failure(strict(printed))).contains("out of range");
    assertThat(failure(agent(1, printed))).contains("out of range");
  }

  @ParameterizedTest(name = "{0} is above max-sleep")
  @ValueSource(
      strings = {
        "86401",
        "-86401",
        "9223372037", // E06
        "-9223372036854775808", // E07
        "9223372036854775807"
      })
  @DisplayName("E06 E07 refuses waits above max-sleep")
  void refusesEndlessWaits(String printed) {
    assertThat(failure(strict(printed))).contains("above bosh.max-sleep (86400 s)");
    assertThat(failure(agent(0, printed))).contains("above bosh.max-sleep (86400 s)");
  }

  @Test
  @DisplayName("E01 E03 a number counts for the agent whatever the code; strict goes by the code")
  void exitCodeRuleDecides() {
    assertThat(agent(1, "1\n")).isEqualTo(done(1));
    assertThat(agent(137, "0\n")).isEqualTo(done(0));
    assertThat(failure(of(1, "1\n", ExitCodeRule.STRICT))).isEqualTo("exited with code 1");
    assertThat(failure(of(137, "0\n", ExitCodeRule.STRICT))).contains("137");
  }

  @ParameterizedTest(name = "exit code {0}: {1}")
  @CsvSource({
    "128, exited with code 128",
    "129, exited with code 129 (as if killed by signal 1)",
    "143, exited with code 143 (as if killed by signal 15)",
    "192, exited with code 192 (as if killed by signal 64)",
    "193, exited with code 193"
  })
  void tellsWhichSignalAnExitCodeStandsFor(int code, String told) {
    assertThat(failure(of(code, "", ExitCodeRule.STRICT))).isEqualTo(told);
  }

  @Test
  void tellsWhetherWhatItEndedIsGone() {
    AnswerOutput.Printed nothing = new AnswerOutput.Printed.All("");
    assertThat(
            failure(
                DrainAnswer.of(
                    new ScriptOutcome.Ended(true), nothing, ExitCodeRule.STRICT, LONGEST)))
        .isEqualTo("ended before it was done");
    assertThat(
            failure(
                DrainAnswer.of(
                    new ScriptOutcome.Ended(false), nothing, ExitCodeRule.STRICT, LONGEST)))
        .contains("cannot be ended");
  }

  @ParameterizedTest(name = "B07 E02 a process error without output fails ({0})")
  @EnumSource
  void processErrorWithoutOutputFails(ExitCodeRule rule) {
    assertThat(failure(of(1, "", rule))).contains("exited with code 1");
  }

  @ParameterizedTest
  @EnumSource
  void whatWasEndedOrNotStartedFails(ExitCodeRule rule) {
    AnswerOutput.Printed zero = new AnswerOutput.Printed.All("0");
    for (ProcessOutcome outcome :
        new ProcessOutcome[] {
          new ScriptOutcome.Ended(true),
          new ScriptOutcome.Ended(false),
          new ScriptOutcome.NotStarted("no such thing")
        }) {
      assertThat(DrainAnswer.of(outcome, zero, rule, LONGEST))
          .isInstanceOf(DrainAnswer.Failed.class);
    }
    assertThat(DrainAnswer.of(new ScriptOutcome.Exited(0), zero, rule, LONGEST)).isEqualTo(done(0));
  }

  @Test
  void showsLittleOfWhatWasPrintedAndNothingThatForgesALogLine() {
    String why = failure(strict("first\nERROR forged\u202e" + "x".repeat(10_000)));

    assertThat(why).contains("first?ERROR forged?").hasSizeLessThan(200);
    assertThat(why.chars()).noneMatch(Character::isISOControl);
  }

  @Test
  void keepsStdoutUpToItsLimitAndNothingOfStderr() {
    AnswerOutput output = new AnswerOutput(ScriptOutput.none());
    byte[] space = " ".repeat(AnswerOutput.MOST - 1).getBytes(StandardCharsets.UTF_8);
    output.bytes(Source.STDERR, new byte[] {'9'}, 1);
    output.bytes(Source.STDOUT, space, space.length);
    output.bytes(Source.STDOUT, new byte[] {'7'}, 1);
    assertThat(of(0, output.printed())).isEqualTo(done(7));

    output.bytes(Source.STDOUT, new byte[] {' '}, 1);
    assertThat(failure(of(0, output.printed()))).contains("more than 65536 bytes");
  }

  private static DrainAnswer strict(String printed) {
    return of(0, printed, ExitCodeRule.STRICT);
  }

  private static DrainAnswer agent(int code, String printed) {
    return of(code, printed, ExitCodeRule.AGENT);
  }

  private static DrainAnswer of(int code, String printed, ExitCodeRule rule) {
    return DrainAnswer.of(code, new AnswerOutput.Printed.All(printed), rule, LONGEST);
  }

  private static DrainAnswer of(int code, AnswerOutput.Printed printed) {
    return DrainAnswer.of(code, printed, ExitCodeRule.STRICT, LONGEST);
  }

  private static DrainAnswer done(long seconds) {
    return new DrainAnswer.Done(Duration.ofSeconds(seconds));
  }

  private static DrainAnswer again(long seconds) {
    return new DrainAnswer.Again(Duration.ofSeconds(seconds));
  }

  private static String failure(DrainAnswer answer) {
    if (answer instanceof DrainAnswer.Failed(String why)) {
      return why;
    }
    throw new AssertionError("not a failure: " + answer);
  }
}
