package io.drainwatch.watcher.events;

import static io.drainwatch.watcher.events.Fixtures.NOW;
import static io.drainwatch.watcher.events.Fixtures.bodyWith;
import static io.drainwatch.watcher.events.Fixtures.document;
import static io.drainwatch.watcher.events.Fixtures.entryWith;
import static io.drainwatch.watcher.events.Fixtures.oddities;
import static io.drainwatch.watcher.events.Fixtures.read;
import static io.drainwatch.watcher.events.Fixtures.reasonAgainst;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.events.Reading.EmptyBody;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole of a body; single entries are in {@link EventReaderTest}. */
class DocumentReaderTest {
  @Test
  void readsADocumentWithoutEvents() {
    assertThat(document("{\"DocumentIncarnation\":7,\"Events\":[]}").events()).isEmpty();
  }

  @Test
  void stampsTheDocumentWithTheMomentGiven() {
    assertThat(document(bodyWith()).readAt()).isEqualTo(NOW);
  }

  @ParameterizedTest(name = "body \"{0}\"")
  @ValueSource(strings = {"", " ", "\r\n", "\t", "\uFEFF"})
  void emptyBodyIsNotTheEndOfAnEvent(String body) {
    assertThat(read(body)).isEqualTo(new EmptyBody());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "empty object          | {}                                          | no Events",
        "no Events             | {\"DocumentIncarnation\":3}                 | no Events",
        "Events null           | {\"Events\":null}                           | not an array",
        "Events an object      | {\"Events\":{}}                             | not an array",
        "Events in lower case  | {\"events\":[]}                             | no Events",
        "error text            | {\"error\":\"Bad request.\"}                | Bad request.",
        "error object          | {\"error\":{\"code\":\"Gone\"}}             | Gone",
        "array                 | []                                          | not an object",
        "string                | \"Events\"                                  | not an object",
        "null                  | null                                        | not an object",
        "HTML                  | <html><body>Sign in</body></html>           | not JSON",
        "plain text            | Forbidden                                   | not JSON",
        "cut off in an event   | {\"Events\":[{\"EventId\":\"A\"             | not JSON",
        "cut off after events  | {\"Events\":[]                              | not JSON",
        "two objects           | {\"Events\":[]}{}                           | follows",
        "garbage at the end    | {\"Events\":[]} x                           | not JSON",
        "Events twice          | {\"Events\":[{}],\"Events\":[]}             | twice",
      })
  void errorBodyWithJsonIsNotADocument(String name, String body, String reason) {
    assertThat(reasonAgainst(body)).contains(reason);
  }

  @Test
  void refusesABodyBeyondOneMebibyte() {
    String valid = "{\"Events\":[]}";

    assertThat(reasonAgainst(" ".repeat((1 << 20) - valid.length() + 1) + valid))
        .contains("longer than 1048576 bytes");
  }

  @Test
  void readsABodyOfExactlyOneMebibyte() {
    String body = " ".repeat((1 << 20) - 13) + "{\"Events\":[]}";

    assertThat(body).hasSize(1 << 20);
    assertThat(document(body).events()).isEmpty();
  }

  @Test
  void refusesEndlessNesting() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);

    assertThat(reasonAgainst("{\"NextLink\":" + deep + ",\"Events\":[]}")).contains("not JSON");
    assertThat(reasonAgainst(bodyWith(deep))).contains("not JSON");
  }

  @ParameterizedTest(name = "{0} reads as {1}")
  @CsvSource({
    "2, 2",
    "\"12\", 12",
    "\" 12 \", 12",
    "0, 0",
    "-1, -1",
    "9223372036854775807, 9223372036854775807"
  })
  void readsTheIncarnationAsIntegerOrNumericString(String json, long value) {
    assertThat(document("{\"DocumentIncarnation\":" + json + ",\"Events\":[]}").incarnation())
        .isEqualTo(OptionalLong.of(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"x\"",
        "\"\"",
        "1.5",
        "true",
        "[1]",
        "{}",
        "1e400",
        "9223372036854775808",
        "\"99999999999999999999\""
      })
  void anUnreadableIncarnationDoesNotSpoilTheDocument(String json) {
    assertThat(document("{\"Events\":[],\"DocumentIncarnation\":" + json + "}").incarnation())
        .isEmpty();
  }

  @Test
  void ignoresUnknownFieldsWhateverTheyHold() {
    String body =
        "{\"NextLink\":{\"a\":[1,{\"Events\":null}]},\"Events\":["
            + entryWith("ImpactLevel:{\"score\":2}")
            + "],\"Later\":[[]]}";

    assertThat(document(body).events()).hasSize(1);
  }

  @Test
  void oneUnreadableEventDoesNotSpoilTheOthers() {
    String body = bodyWith("null", entryWith(), "7", "\"Reboot\"", "[]", entryWith());

    assertThat(document(body).events()).hasSize(2);
    assertThat(oddities(body)).containsEntry(Oddity.UNREADABLE_EVENT, 4);
  }

  @Test
  void keepsTheOrderOfEvents() {
    String body = bodyWith(entryWith("EventId:\"B\""), entryWith("EventId:\"A\""));

    assertThat(document(body).events()).extracting("id").containsExactly("B", "A");
  }

  @Test
  void anOrdinaryDocumentHasNoOddities() {
    assertThat(oddities(bodyWith(entryWith()))).isEmpty();
  }

  @Test
  void aBrokenByteSpoilsACharacterAndNotTheDocument() {
    byte[] body = bodyWith(entryWith("Description:\"a?b\"")).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < body.length; i++) {
      if (body[i] == '?') {
        body[i] = (byte) 0xC3;
      }
    }

    assertThat(document(new String(body, StandardCharsets.UTF_8)).events()).hasSize(1);
    assertThat(new DocumentReader().read(body, NOW)).isInstanceOf(Reading.ReadDocument.class);
  }

  @Test
  void readsFifteenThousandEntries() {
    String entry = "{\"EventId\":\"A0000000-1111-4222-8333-444444400001\"}";
    String[] entries = new String[15_000];
    java.util.Arrays.fill(entries, entry);

    assertThat(document(bodyWith(entries)).events()).hasSize(15_000);
  }

  @Test
  void reasonsAreShortAndPrintable() {
    String reason = reasonAgainst("{\"error\":\"" + "\u001b[31m\n".repeat(10_000) + "\"}");

    assertThat(reason).hasSizeLessThan(400).doesNotContain("\u001b", "\n");
  }
}
