package io.drainwatch.watcher.events;

import static io.drainwatch.watcher.events.Fixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.watcher.events.Reading.NotADocument;
import io.drainwatch.watcher.events.Reading.ReadDocument;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DocumentReaderPropertyTest {
  private static final List<String> BODIES =
      List.of("several-events.json", "lenient-fields.json", "control-characters.txt");

  /** What is valid, told by another way of reading. */
  private static final JsonMapper OTHER_WAY =
      JsonMapper.builder(
              JsonFactory.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @Property(tries = 2_000)
  void noBytesThrowOrPassForADocument(@ForAll byte[] body) {
    holdsOnlyForValidDocuments(body);
  }

  @Property(tries = 3_000)
  void aDamagedDocumentIsADocumentOnlyIfStillValid(@ForAll("damaged") byte[] body) {
    holdsOnlyForValidDocuments(body);
  }

  @Property(tries = 300)
  void noBeginningOfADocumentIsADocument(@ForAll("cutOff") byte[] body) {
    assertThat(new DocumentReader().read(body, NOW)).isNotInstanceOf(ReadDocument.class);
  }

  @Property(tries = 2_000)
  void noValueInAnyFieldLosesAnEvent(@ForAll("entries") List<String> entries) {
    String body = Fixtures.bodyWith(entries.toArray(String[]::new));

    List<ScheduledEvent> events = Fixtures.document(body).events();

    assertThat(events).hasSameSizeAs(entries);
    for (ScheduledEvent event : events) {
      assertThat(event.id()).isNotBlank();
      assertThat(event.duration().map(duration -> duration.isNegative()))
          .isNotEqualTo(java.util.Optional.of(true));
      assertThat(event.raw()).isPresent();
    }
  }

  private static void holdsOnlyForValidDocuments(byte[] body) {
    Reading reading = new DocumentReader().read(body, NOW);

    assertThat(reading instanceof ReadDocument).isEqualTo(isValid(body));
    if (reading instanceof NotADocument(String reason)) {
      assertThat(reason).isNotBlank().hasSizeLessThan(400);
      assertThat(reason.codePoints().filter(Character::isISOControl)).isEmpty();
    }
  }

  private static boolean isValid(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      JsonNode root = OTHER_WAY.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
      return root.isObject() && root.path("Events").isArray();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    Arbitrary<byte[]> piece =
        Arbitraries.of(
                "\"", "{", "}", "[", "]", ",", ":", "null", "\\", "\n", "\u0000", "é", "1e999", "")
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    return Combinators.combine(
            Arbitraries.of(BODIES),
            Arbitraries.doubles().between(0, 1).ofScale(4),
            piece,
            Arbitraries.integers().between(0, 3))
        .as(
            (name, share, inserted, removed) -> {
              byte[] body = Fixtures.bytes(name);
              int at = (int) (share * body.length);
              byte[] rest =
                  Arrays.copyOfRange(body, Math.min(at + removed, body.length), body.length);
              byte[] damaged = Arrays.copyOf(body, at + inserted.length + rest.length);
              System.arraycopy(inserted, 0, damaged, at, inserted.length);
              System.arraycopy(rest, 0, damaged, at + inserted.length, rest.length);
              return damaged;
            });
  }

  @Provide
  Arbitrary<byte[]> cutOff() {
    return Combinators.combine(
            Arbitraries.of(BODIES), Arbitraries.doubles().between(0, 0.999).ofScale(4))
        .as(
            (name, share) -> {
              byte[] body = Fixtures.text(name).strip().getBytes(StandardCharsets.UTF_8);
              return Arrays.copyOf(body, (int) (share * body.length));
            });
  }

  @Provide
  Arbitrary<List<String>> entries() {
    Arbitrary<String> field =
        Arbitraries.of(
            "EventId",
            "EventStatus",
            "EventType",
            "ResourceType",
            "Resources",
            "NotBefore",
            "Description",
            "EventSource",
            "DurationInSeconds",
            "ImpactLevel");
    Arbitrary<String> value =
        Arbitraries.oneOf(
            Arbitraries.of(
                "null",
                "true",
                "{}",
                "[]",
                "[null]",
                "[[\"vm1\"]]",
                "{\"a\":{\"b\":1}}",
                "1e400",
                "-0",
                "1.5",
                "\"\"",
                "\"\\ud800\"",
                "\"\u0001\"",
                "\"Started\"",
                "\"vm1\""),
            Arbitraries.longs().map(String::valueOf),
            Arbitraries.bigIntegers().map(String::valueOf),
            Arbitraries.strings().alpha().ofMaxLength(40).map(text -> '"' + text + '"'));
    return Combinators.combine(field, value)
        .as((name, json) -> name + ":" + json)
        .list()
        .ofMaxSize(9)
        .map(fields -> Fixtures.entryWith(fields.toArray(String[]::new)))
        .list()
        .ofMaxSize(5);
  }
}
