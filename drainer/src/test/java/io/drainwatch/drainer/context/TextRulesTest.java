package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** H19 and the other rules for what is written. */
class TextRulesTest {

  @Test
  @DisplayName("H19 event texts are data: nothing expanded, control characters dropped")
  void textsAreData() {
    JsonNode event =
        written(Asked.about("$(reboot)").description("a\nb\0c\u001b[31m\u0085\r`id` \"$HOME\"\\"))
            .get("event");

    assertThat(event.get("type").textValue()).isEqualTo("$(reboot)");
    assertThat(event.get("description").textValue()).isEqualTo("abc[31m`id` \"$HOME\"\\");
  }

  @Test
  @DisplayName("H19 10,000 characters are cut at 1,024")
  void cutsLongTexts() {
    assertThat(Asked.about("y".repeat(10_000)).variables())
        .containsEntry("DRAIN_EVENT_TYPE", "y".repeat(1024));
  }

  @Test
  @DisplayName("H19 what is dropped does not count, and no character is cut in half")
  void cutsBetweenCharacters() {
    assertThat(PlainText.of("\n".repeat(2000) + "x".repeat(1024))).isEqualTo("x".repeat(1024));
    assertThat(PlainText.of("x".repeat(1023) + "\ud83d\ude00")).isEqualTo("x".repeat(1023));
    assertThat(PlainText.of("x".repeat(1022) + "\ud83d\ude00y"))
        .isEqualTo("x".repeat(1022) + "\ud83d\ude00");
    assertThat(PlainText.of("a\ud800b\udc00")).isEqualTo("ab");
  }

  @Test
  @DisplayName("H19 an event id of control characters only is still an id")
  void keepsAnEventId() {
    assertThat(written(Asked.about("Reboot").eventId("\u0001")).at("/event/id").textValue())
        .isEqualTo("unknown");
  }

  @Test
  @DisplayName("H19 the raw event is passed as received, but compact")
  void passesRawEventOn() {
    String raw =
        "{ \"B\" : 1.50 ,\n \"A\" : [ 1E400, \"\\u0000\\n\", \"" + "x".repeat(2000) + "\" ] }";
    Asked asked = Asked.about("Reboot").raw(raw);

    assertThat(new String(DrainContextJson.write(asked.context()), StandardCharsets.US_ASCII))
        .endsWith(
            ",\"raw_event\":{\"B\":1.50,\"A\":[1E+400,\"\\u0000\\n\",\""
                + "x".repeat(2000)
                + "\"]}}");
    assertThat(asked.withoutRawEvent().context().rawEvent()).isEmpty();
    assertThat(written(asked).has("raw_event")).isFalse();
  }

  @ParameterizedTest(name = "a raw event that is no JSON object is left out: {0}")
  @ValueSource(strings = {"", "[]", "{", "{}{}", "null", "{\"a\":NaN}", "{\"a\":1E99999999999999}"})
  void leavesOutOddRawEvent(String raw) {
    assertThat(Asked.about("Reboot").raw(raw).context().rawEvent()).isEmpty();
  }

  @Test
  void leavesOutRawEventNestedWithoutEnd() {
    String deep = "{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}";

    assertThat(RawEvent.of(deep)).isEmpty();
  }

  @Test
  @DisplayName("H19 odd texts arrive in a script as they are, and nothing of them is run")
  void oddTextsArriveInScripts(@TempDir Path work) throws Exception {
    Asked asked =
        Asked.about("$(touch hit)`touch hit`;\n'\"\\ \0x").description("\u2603 $HOME %s -n");
    String script = "printf '%s|' \"$DRAIN_CONTEXT\" \"$DRAIN_EVENT_TYPE\"";

    assertThat(Shell.run("sh", script, asked.variables(), work))
        .isEqualTo(
            new Shell.Result(
                0,
                new String(DrainContextJson.write(asked.context()), StandardCharsets.UTF_8)
                    + "|$(touch hit)`touch hit`;'\"\\ x|",
                ""));
    assertThat(work.resolve("hit")).doesNotExist();
  }

  @Test
  void writesAsciiSoThatEveryLocalePassesTheSameBytes() {
    Asked asked = Asked.about("Reboot").description("St\u00f6rung \ud83d\ude00");

    assertThat(new String(DrainContextJson.write(asked.context()), StandardCharsets.UTF_8))
        .matches("[ -~]+");
    assertThat(written(asked).at("/event/description").textValue())
        .isEqualTo("St\u00f6rung \ud83d\ude00");
  }

  @Test
  void writesWholeSecondsAndNothingBeyondRfc3339() {
    Asked asked =
        Asked.about("Reboot")
            .due(Optional.of(Instant.MAX), Optional.of(Instant.parse("2026-04-11T22:25:58.999Z")));

    assertThat(written(asked).at("/event/not_before").isNull()).isTrue();
    assertThat(written(asked).at("/event/deadline").textValue()).isEqualTo("2026-04-11T22:25:58Z");
  }

  @Test
  void writesNoNegativeDuration() {
    assertThat(
            written(Asked.about("Reboot").lasting(Duration.ofSeconds(-1)))
                .at("/event/duration_seconds")
                .isNull())
        .isTrue();
  }

  @Test
  void refusesACallWithoutTime() {
    assertThatThrownBy(() -> Asked.about("Reboot").timeout(0).question())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }

  private static JsonNode written(Asked asked) {
    return ContextSchema.written(asked.context());
  }
}
