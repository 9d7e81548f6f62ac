package io.drainwatch.watcher.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.watcher.events.Reading.EmptyBody;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every recorded body reads as its README says. */
class FixturesTest {
  private static Document document(String name) {
    return Fixtures.document(Fixtures.text(name));
  }

  private static ScheduledEvent event(String name) {
    assertThat(document(name).events()).hasSize(1);
    return document(name).events().getFirst();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"freeze-1-none, 1", "freeze-4-gone, 4", "cancelled-2-gone, 9"})
  void readsDocumentsWithoutEvents(String name, long incarnation) {
    assertThat(document(name + ".json").events()).isEmpty();
    assertThat(document(name + ".json").incarnation()).isEqualTo(OptionalLong.of(incarnation));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "freeze-2-scheduled, C7061BAC-AFDC-4513-B24B-AA5F13A16123, FREEZE, SCHEDULED, PLATFORM, 2026-04-11T22:26:58Z, 5",
    "freeze-3-started, C7061BAC-AFDC-4513-B24B-AA5F13A16123, FREEZE, STARTED, PLATFORM, , 5",
    "freeze-iso-notbefore, 7C1D9E02-45AB-4F0E-8D37-90B6A2C3E518, FREEZE, SCHEDULED, UNKNOWN, 2026-04-29T18:00:00Z,",
    "reboot-user-scheduled, CA9C0DC4-E841-476D-94D5-9FC2FF983BCD, REBOOT, SCHEDULED, USER, 2023-03-16T14:01:28Z,",
    "reboot-scheduled-2017-08-01, F3E6E2D2-E86A-47F0-AA8E-18918049A2B1, REBOOT, SCHEDULED, UNKNOWN, 2019-06-30T16:22:03Z,",
    "redeploy-scheduled-2017-08-01, 72E160B5-6F75-40FA-BD4C-0C7FA2318A51, REDEPLOY, SCHEDULED, UNKNOWN, 2019-01-17T05:57:06Z,",
    "host-failure-started, 11111111-2222-3333-4444-555555555555, REBOOT, STARTED, PLATFORM, ,",
    "preempt-scheduled-2019-08-01, A123BC45-1234-5678-AB90-ABCDEF123456, PREEMPT, SCHEDULED, PLATFORM, 2021-03-16T00:58:46Z,",
    "terminate-scheduled-2019-01-01, 0F2B5C1E-7D64-4B0A-9E53-2A1C6D8E4F70, TERMINATE, SCHEDULED, UNKNOWN, 2026-03-04T09:20:00Z,",
    "spot-rebalance-2024-07-09, E91B7C34-0D52-4A6F-B8E1-5C3D2F4A6B70, SPOT_REBALANCE_RECOMMENDATION, SCHEDULED, PLATFORM, ,",
    "cancelled-1-scheduled, B2A40F6D-31C8-4E7A-A5D9-6F0E1B7C8D29, FREEZE, SCHEDULED, PLATFORM, 2026-05-12T14:15:00Z, 9",
  })
  void readsTheOneEvent(
      String name,
      String id,
      EventKind kind,
      EventStatus status,
      EventSource source,
      Instant notBefore,
      Long seconds) {
    ScheduledEvent event = event(name + ".json");

    assertThat(event.id()).isEqualTo(id);
    assertThat(event.hasPlatformId()).isTrue();
    assertThat(event.kind()).isEqualTo(kind);
    assertThat(event.status()).isEqualTo(status);
    assertThat(event.source()).isEqualTo(source);
    assertThat(event.notBefore().orElse(null)).isEqualTo(notBefore);
    assertThat(event.duration().map(Duration::toSeconds).orElse(null)).isEqualTo(seconds);
    assertThat(event.resourceType()).isEqualTo("VirtualMachine");
    assertThat(Fixtures.oddities(Fixtures.text(name + ".json"))).isEmpty();
  }

  @Test
  void readsBothVmsOfTheLiveMigration() {
    assertThat(event("freeze-2-scheduled.json").resources())
        .containsExactly("WestNO_0", "WestNO_1");
  }

  @Test
  void aHostFailureReadsTheSameAsRedeploy() {
    String body = Fixtures.text("host-failure-started.json").replace("Reboot", "Redeploy");
    ScheduledEvent event = Fixtures.document(body).events().getFirst();

    assertThat(event.kind()).isEqualTo(EventKind.REDEPLOY);
    assertThat(event.isStarted()).isTrue();
  }

  @Test
  void tellsWhoseEachOfSeveralEventsIs() {
    List<ScheduledEvent> events = document("several-events.json").events();
    List<ScheduledEvent> ours = events.stream().filter(event -> event.names("web-vmss_2")).toList();

    assertThat(events).hasSize(5);
    assertThat(ours)
        .extracting(event -> event.id().substring(34).toLowerCase(java.util.Locale.ROOT))
        .containsExactly("01", "02", "04");
    assertThat(ours)
        .filteredOn(event -> event.namesOthersThan("web-vmss_2"))
        .extracting(ScheduledEvent::id)
        .containsExactly("A0000000-1111-4222-8333-444444444404");
    assertThat(events.get(4).resources()).isEmpty();
    assertThat(Fixtures.oddities(Fixtures.text("several-events.json")))
        .containsExactly(java.util.Map.entry(Oddity.NO_RESOURCES, 1));
  }

  @Test
  void theDeadlineOfSeveralEventsComesFromTheRestart() {
    ScheduledEvent first =
        document("several-events.json").events().stream()
            .filter(event -> event.names("web-vmss_2"))
            .min(Comparator.comparing(event -> event.notBefore().orElseThrow()))
            .orElseThrow();

    assertThat(first.id()).isEqualTo("a0000000-1111-4222-8333-444444444402");
    assertThat(first.notBefore()).contains(Instant.parse("2026-06-01T08:14:50Z"));
  }

  @Test
  void readsOddButUsableFields() {
    ScheduledEvent event = event("lenient-fields.json");

    assertThat(document("lenient-fields.json").incarnation()).isEqualTo(OptionalLong.of(12));
    assertThat(event.type()).isEqualTo("HostUpdate");
    assertThat(event.kind().isAcknowledgeable()).isFalse();
    assertThat(event.notBefore()).isEmpty();
    assertThat(event.kind().minimumNotice()).contains(Duration.ofMinutes(10));
    assertThat(event.source()).isEqualTo(EventSource.UNKNOWN);
    assertThat(event.duration()).contains(Duration.ofSeconds(30));
    assertThat(event.description()).isEmpty();
    assertThat(event.raw().orElseThrow()).contains("\"ImpactLevel\":{\"score\":2}");
  }

  @Test
  void readsControlCharactersAndKeepsNone() {
    ScheduledEvent event = event("control-characters.txt");

    assertThat(event.kind()).isEqualTo(EventKind.FREEZE);
    assertThat(event.status()).isEqualTo(EventStatus.SCHEDULED);
    assertThat(event.duration()).contains(Duration.ofSeconds(9));
    assertThat(event.description())
        .isEqualTo("Host server is undergoing maintenance.See thenotice.");
  }

  @Test
  void anEmptyBodyIsNoNews() {
    assertThat(Fixtures.bytes("empty-body.txt")).isEmpty();
    assertThat(Fixtures.read(Fixtures.text("empty-body.txt"))).isEqualTo(new EmptyBody());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "error-400-versions, api-version is invalid",
    "acknowledge-request, no Events",
    "compute-vmss-uniform, no Events",
    "instance-vm, no Events"
  })
  void otherAnswersOfTheServiceAreNoDocuments(String name, String reason) {
    assertThat(Fixtures.reasonAgainst(Fixtures.text(name + ".json"))).contains(reason);
  }
}
