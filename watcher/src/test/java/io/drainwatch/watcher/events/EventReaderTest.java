package io.drainwatch.watcher.events;

import static io.drainwatch.watcher.events.Fixtures.bodyWith;
import static io.drainwatch.watcher.events.Fixtures.document;
import static io.drainwatch.watcher.events.Fixtures.entryWith;
import static io.drainwatch.watcher.events.Fixtures.entryWithout;
import static io.drainwatch.watcher.events.Fixtures.eventWith;
import static io.drainwatch.watcher.events.Fixtures.eventWithout;
import static io.drainwatch.watcher.events.Fixtures.oddities;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"C7061BAC-AFDC-4513-B24B-AA5F13A16123", "a0-b", "not a guid", " padded ", "é"})
  void keepsTheIdAsReceived(String id) {
    ScheduledEvent event = eventWith("EventId:\"" + id + "\"");

    assertThat(event.id()).isEqualTo(id);
    assertThat(event.hasPlatformId()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"  \"", "17", "[]", "{}", "\"\\u0000\""})
  void standsInForAnUnusableId(String json) {
    ScheduledEvent event = eventWith("EventId:" + json, "Resources:[\"vm1\",\"vm2\"]");

    assertThat(event.id()).isEqualTo("Reboot/vm1");
    assertThat(event.hasPlatformId()).isFalse();
  }

  @Test
  void standsInForAMissingId() {
    assertThat(eventWithout("EventId").id()).isEqualTo("Reboot/vm1");
    assertThat(eventWithout("EventId").hasPlatformId()).isFalse();
    assertThat(oddities(bodyWith(entryWithout("EventId")))).containsEntry(Oddity.NO_EVENT_ID, 1);
  }

  @Test
  void anEntryWithNothingInItIsStillAnEvent() {
    ScheduledEvent event = document(bodyWith("{}")).events().getFirst();

    assertThat(event.id()).isEqualTo("/");
    assertThat(event.hasPlatformId()).isFalse();
    assertThat(event.status()).isEqualTo(EventStatus.UNKNOWN);
    assertThat(event.kind()).isEqualTo(EventKind.UNKNOWN);
    assertThat(event.resources()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A\\nB", "A\\u001bB", "A\\ud800B"})
  void neverAcknowledgesAnIdThatHadToBeCleaned(String id) {
    ScheduledEvent event = eventWith("EventId:\"" + id + "\"");

    assertThat(event.hasPlatformId()).isFalse();
    assertThat(event.id()).startsWith("A").endsWith("B").doesNotContain("\n", "\u001b");
  }

  @Test
  void neverAcknowledgesAnIdThatHadToBeCut() {
    ScheduledEvent event = eventWith("EventId:\"" + "A".repeat(1_025) + "\"");

    assertThat(event.hasPlatformId()).isFalse();
    assertThat(event.id()).hasSize(1_024);
  }

  @Test
  void anIdInAnotherCaseIsTheSameEvent() {
    ScheduledEvent upper = eventWith("EventId:\"C7061BAC-AFDC\"");
    ScheduledEvent lower = eventWith("EventId:\"c7061bac-afdc\"");

    assertThat(lower.key()).isEqualTo(upper.key());
    assertThat(lower.id()).isEqualTo("c7061bac-afdc");
  }

  @ParameterizedTest(name = "{0} reads as {1}")
  @CsvSource({
    "Scheduled, SCHEDULED",
    "Started, STARTED",
    "started, STARTED",
    "' SCHEDULED ', SCHEDULED",
    "Paused, UNKNOWN",
    "'', UNKNOWN"
  })
  void readsTheStatus(String word, EventStatus status) {
    assertThat(eventWith("EventStatus:\"" + word + "\"").status()).isEqualTo(status);
  }

  @Test
  void countsAStatusItDoesNotKnow() {
    assertThat(eventWithout("EventStatus").status()).isEqualTo(EventStatus.UNKNOWN);
    assertThat(oddities(bodyWith(entryWithout("EventStatus"), entryWith("EventStatus:\"Paused\""))))
        .containsEntry(Oddity.UNKNOWN_STATUS, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Completed", "Canceled", "Cancelled", "completed"})
  void leavesOutWhatIsOver(String word) {
    String body = bodyWith(entryWith("EventStatus:\"" + word + "\""), entryWith());

    assertThat(document(body).events()).hasSize(1);
    assertThat(oddities(body)).containsEntry(Oddity.FINISHED_EVENT, 1);
  }

  @Test
  void keepsATypeItDoesNotKnow() {
    ScheduledEvent event = eventWith("EventType:\"HostUpdate\"");

    assertThat(event.type()).isEqualTo("HostUpdate");
    assertThat(event.kind()).isEqualTo(EventKind.UNKNOWN);
    assertThat(oddities(bodyWith(entryWith("EventType:\"HostUpdate\""))))
        .containsEntry(Oddity.UNKNOWN_TYPE, 1);
  }

  @Test
  void doesNotFilterOnTheResourceType() {
    assertThat(eventWith("ResourceType:\"BareMetal\"").resourceType()).isEqualTo("BareMetal");
    assertThat(oddities(bodyWith(entryWith("ResourceType:\"BareMetal\""))))
        .containsEntry(Oddity.OTHER_RESOURCE_TYPE, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "\"vm1\"", "{}", "7", "[null,3,\"\"]"})
  void anEventThatNamesNobodyIsKeptAndCounted(String json) {
    assertThat(eventWith("Resources:" + json).resources()).isEmpty();
    assertThat(oddities(bodyWith(entryWith("Resources:" + json))))
        .containsEntry(Oddity.NO_RESOURCES, 1);
  }

  @Test
  void missingResourcesNameNobody() {
    assertThat(eventWithout("Resources").resources()).isEmpty();
  }

  @Test
  void oneUnreadableNameDoesNotSpoilTheOthers() {
    String entry = entryWith("Resources:[\"vm1\",null,{\"name\":\"vm2\"},\"vm3\"]");

    assertThat(document(bodyWith(entry)).events().getFirst().resources())
        .containsExactly("vm1", "vm3");
    assertThat(oddities(bodyWith(entry))).containsEntry(Oddity.UNREADABLE_RESOURCE, 2);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "Mon, 01 Jun 2026 08:15:00 GMT",
        "Fri, 01 Jun 2026 08:15:00 GMT",
        "  Mon, 01 Jun 2026 08:15:00 GMT ",
        "Mon, 01 Jun 2026 08:15:00 UTC",
        "2026-06-01T08:15:00Z",
        "2026-06-01T10:15:00+02:00"
      })
  void readsNotBeforeHoweverItIsWritten(String text) {
    assertThat(eventWith("NotBefore:\"" + text + "\"").notBefore())
        .contains(Instant.parse("2026-06-01T08:15:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"03/06/2026 08:00\"", "\"soon\"", "1780301700", "true", "[]"})
  void anUnreadableNotBeforeDoesNotLoseTheEvent(String json) {
    assertThat(eventWith("NotBefore:" + json).notBefore()).isEmpty();
    assertThat(oddities(bodyWith(entryWith("NotBefore:" + json))))
        .containsEntry(Oddity.UNREADABLE_NOT_BEFORE, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\" \"", "null"})
  void anEmptyNotBeforeIsUsual(String json) {
    assertThat(eventWith("NotBefore:" + json).notBefore()).isEmpty();
    assertThat(oddities(bodyWith(entryWith("NotBefore:" + json)))).isEmpty();
  }

  @Test
  void aFilledNotBeforeWithStartedIsStillStarted() {
    assertThat(eventWith("EventStatus:\"Started\"").isStarted()).isTrue();
    assertThat(eventWith("EventStatus:\"Started\"").notBefore()).isPresent();
  }

  @ParameterizedTest(name = "{0} reads as {1} s")
  @CsvSource({"0, 0", "9, 9", "\"30\", 30", "\" 5 \", 5", "31622400, 31622400"})
  void readsTheDuration(String json, long seconds) {
    assertThat(eventWith("DurationInSeconds:" + json).duration())
        .contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "\"-1\"",
        "-30",
        "null",
        "\"\"",
        "\"long\"",
        "1.5",
        "[]",
        "31622401",
        "9223372036854775807"
      })
  void aDurationOfLessThanNothingOrWithoutAFigureIsUnknown(String json) {
    assertThat(eventWith("DurationInSeconds:" + json).duration()).isEmpty();
  }

  @Test
  void minusOneIsNoOddityAndNonsenseIsOne() {
    assertThat(oddities(bodyWith(entryWith("DurationInSeconds:-1")))).isEmpty();
    assertThat(
            oddities(
                bodyWith(
                    entryWith("DurationInSeconds:\"long\""),
                    entryWith("DurationInSeconds:9223372036854775807"))))
        .containsEntry(Oddity.UNREADABLE_DURATION, 2);
  }

  @ParameterizedTest(name = "{0} reads as {1}")
  @CsvSource({"Platform, PLATFORM", "User, USER", "user, USER", "Partner, UNKNOWN", "'', UNKNOWN"})
  void readsTheSource(String word, EventSource source) {
    assertThat(eventWith("EventSource:\"" + word + "\"").source()).isEqualTo(source);
  }

  @Test
  void nobodyOutsideIsTheOperator() {
    assertThat(eventWith("EventSource:\"Operator\"").source()).isEqualTo(EventSource.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "{}", "[\"a\"]"})
  void aDescriptionThatIsNoTextIsEmpty(String json) {
    assertThat(eventWith("Description:" + json).description()).isEmpty();
  }

  @Test
  void dropsControlCharactersFromEveryText() {
    String dirty = "\"a\u0007b\nc\\u001bd\u2028e\"";
    ScheduledEvent event =
        eventWith(
            "EventType:" + dirty,
            "ResourceType:" + dirty,
            "Resources:[" + dirty + "]",
            "Description:" + dirty);

    assertThat(event.type()).isEqualTo("abcde");
    assertThat(event.resourceType()).isEqualTo("abcde");
    assertThat(event.resources()).containsExactly("abcde");
    assertThat(event.description()).isEqualTo("abcde");
  }

  @Test
  void cutsEveryText() {
    String longText = "\"" + "x".repeat(5_000) + "\"";
    ScheduledEvent event =
        eventWith(
            "EventType:" + longText,
            "ResourceType:" + longText,
            "Resources:[" + longText + "]",
            "Description:" + longText);

    assertThat(event.type()).hasSize(1_024);
    assertThat(event.resourceType()).hasSize(1_024);
    assertThat(event.resources().getFirst()).hasSize(1_024);
    assertThat(event.description()).hasSize(1_024);
  }

  @Test
  void keepsTheEventAsReceivedWithFieldsItDoesNotKnow() throws Exception {
    String entry = entryWith("ImpactLevel:{\"score\":2}", "Description:\"Grüße\"");
    String raw = document(bodyWith(entry)).events().getFirst().raw().orElseThrow();

    JsonMapper mapper = new JsonMapper();
    assertThat(mapper.readTree(raw)).isEqualTo(mapper.readTree(entry));
    assertThat(raw).isASCII().doesNotContain("\n");
  }

  @Test
  void keepsRawOnlyUpTo64KiB() {
    int overhead = eventWith("Description:\"\"").raw().orElseThrow().length();
    String fits = "x".repeat(EventReader.LONGEST_RAW - overhead);

    assertThat(eventWith("Description:\"" + fits + "\"").raw()).isPresent();
    assertThat(eventWith("Description:\"" + fits + "x\"").raw()).isEmpty();
  }
}
