package io.drainwatch.watcher.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.watcher.simulator.platform.DateStyle;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the document says: section 14, and D70. */
class FaithfulDocumentTest extends OverASocket {

  @ParameterizedTest(name = "14 fields by version: {0} has {1}")
  @CsvSource({
    "2017-03-01, 6, _vm1",
    "2017-08-01, 6, vm1",
    "2017-11-01, 6, vm1",
    "2019-01-01, 6, vm1",
    "2019-04-01, 7, vm1",
    "2019-08-01, 8, vm1",
    "2020-07-01, 9, vm1",
    "2024-07-09, 9, vm1"
  })
  void writesTheFieldsOfTheVersion(String version, int fields, String vm) throws IOException {
    Simulator simulator = simulator(SimulatorSettings.forVm("vm1").withPreview());
    simulator.schedule(EventPlan.ofType("Reboot").build());

    JsonNode event =
        Client.json(client(simulator).get(EVENTS_PATH + "?api-version=" + version))
            .path("Events")
            .path(0);

    assertThat(event.size()).isEqualTo(fields);
    assertThat(event.has("Description")).isEqualTo(fields > 6);
    assertThat(event.has("EventSource")).isEqualTo(fields > 7);
    assertThat(event.has("DurationInSeconds")).isEqualTo(fields > 8);
    assertThat(event.path("Resources").path(0).asText()).isEqualTo(vm);
  }

  @ParameterizedTest(name = "2 {0} is in the document since {1}, not in {2}")
  @CsvSource({
    "Preempt, 2017-11-01, 2017-08-01",
    "Terminate, 2019-01-01, 2017-11-01",
    "SpotRebalanceRecommendation, 2024-07-09, 2020-07-01"
  })
  void leavesOutTypesThatCameLater(String type, String since, String before) throws IOException {
    Simulator simulator = simulator(SimulatorSettings.forVm("vm1").withPreview());
    simulator.schedule(EventPlan.ofType(type).build());
    Client client = client(simulator);

    assertThat(Client.json(client.get(EVENTS_PATH + "?api-version=" + since)).path("Events"))
        .hasSize(1);
    assertThat(Client.json(client.get(EVENTS_PATH + "?api-version=" + before)).path("Events"))
        .isEmpty();
  }

  @ParameterizedTest(name = "14 dates: {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "RFC_1123      | Mon, 01 Jun 2026 08:15:00 GMT",
        "ISO           | 2026-06-01T08:15:00Z",
        "WRONG_WEEKDAY | Tue, 01 Jun 2026 08:15:00 GMT"
      })
  void writesDatesInRfc1123AndTheOddOnes(DateStyle style, String notBefore) throws IOException {
    Simulator simulator = simulator(SimulatorSettings.forVm("vm1").withDates(style));
    simulator.schedule(EventPlan.ofType("Reboot").build());

    assertThat(client(simulator).document().path("Events").path(0).path("NotBefore").asText())
        .isEqualTo(notBefore);
  }

  @Test
  @DisplayName("14 and D70: one id for the event's life, NotBefore empty once Started")
  void keepsTheIdFromScheduledToStarted() throws IOException {
    Simulator simulator = simulator();
    Client client = client(simulator);
    String id = simulator.schedule(EventPlan.ofType("Reboot").build());

    JsonNode scheduled = client.document().path("Events").path(0);
    client.acknowledge(id);
    JsonNode started = client.document().path("Events").path(0);

    assertThat(scheduled.path("EventStatus").asText()).isEqualTo("Scheduled");
    assertThat(scheduled.path("NotBefore").asText()).isNotEmpty();
    assertThat(started.path("EventStatus").asText()).isEqualTo("Started");
    assertThat(started.path("NotBefore").asText()).isEmpty();
    assertThat(List.of(scheduled.path("EventId").asText(), started.path("EventId").asText()))
        .containsOnly(id);
  }

  @Test
  @DisplayName("3 ids of its own are GUIDs in capitals")
  void writesIdsInCapitals() {
    assertThat(Simulator.newId())
        .matches("[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}");
  }

  @Test
  @DisplayName("14 the incarnation grows by one per change, jumps and is reset")
  void countsTheIncarnation() throws IOException {
    Simulator simulator = simulator();
    Client client = client(simulator);
    List<Long> seen = new ArrayList<>();

    seen.add(incarnation(client));
    seen.add(incarnation(client));
    String id = simulator.schedule(EventPlan.ofType("Freeze").build());
    seen.add(incarnation(client));
    client.acknowledge(id);
    seen.add(incarnation(client));
    time.turn(Duration.ofMinutes(5));
    seen.add(incarnation(client));
    simulator.jumpIncarnation(2);
    seen.add(incarnation(client));
    simulator.resetIncarnation(1);
    seen.add(incarnation(client));

    assertThat(seen).containsExactly(1L, 1L, 2L, 3L, 4L, 6L, 1L);
  }

  @Test
  @DisplayName("8 after 24 h without a request the incarnation begins anew")
  void fallsAsleepAfterADay() throws IOException {
    Simulator simulator = simulator();
    Client client = client(simulator);
    simulator.endNow(simulator.schedule(EventPlan.ofType("Freeze").build()));
    assertThat(incarnation(client)).isEqualTo(4);

    time.turn(Duration.ofHours(23));
    assertThat(incarnation(client)).isEqualTo(4);
    time.turn(Duration.ofHours(24));

    assertThat(incarnation(client)).isEqualTo(1);
  }

  @Test
  @DisplayName("14 and D70: several events at the same time, Preempt and Terminate among them")
  void holdsSeveralEvents() throws IOException {
    Simulator simulator =
        simulator(SimulatorSettings.forVms(SimulatedVm.named("web_0"), SimulatedVm.named("web_1")));
    simulator.schedule(EventPlan.ofType("Reboot").on("web_0", "web_1").build());
    simulator.schedule(EventPlan.ofType("Preempt").on("WEB_0").build());
    simulator.schedule(EventPlan.ofType("Terminate").on("web_1").build());
    simulator.schedule(EventPlan.ofType("Freeze").on().build());

    JsonNode events = client(simulator).document().path("Events");

    assertThat(events.findValuesAsText("EventType"))
        .containsExactly("Reboot", "Preempt", "Terminate", "Freeze");
    assertThat(events.path(0).path("Resources")).hasSize(2);
    assertThat(events.path(3).path("Resources").isArray()).isTrue();
    assertThat(events.path(3).path("Resources")).isEmpty();
  }

  @Test
  @DisplayName("3 the documents of Microsoft's live migration come out the same")
  void writesMicrosoftsLiveMigration() throws IOException {
    Instant start = Instant.parse("2026-04-11T22:11:58Z");
    time.set(start);
    Simulator simulator =
        simulator(
            SimulatorSettings.forVms(SimulatedVm.named("WestNO_0"), SimulatedVm.named("WestNO_1")));
    Client client = client(simulator);
    assertThat(client.document()).isEqualTo(fixture("freeze-1-none.json"));

    simulator.schedule(
        EventPlan.ofType("Freeze")
            .id("C7061BAC-AFDC-4513-B24B-AA5F13A16123")
            .on("WestNO_0", "WestNO_1")
            .description(
                "Virtual machine is being paused because of a memory-preserving Live Migration"
                    + " operation.")
            .duration(Optional.of(Duration.ofSeconds(5)))
            .build());
    // the sample's weekday is wrong in a way of its own
    assertThat(client.poll().body().replace("Sat, 11 Apr", "Mon, 11 Apr"))
        .isEqualTo(fixture("freeze-2-scheduled.json").toString());
    time.turn(Duration.ofMinutes(15));
    assertThat(client.document()).isEqualTo(fixture("freeze-3-started.json"));
    time.turn(Duration.ofMinutes(5));
    assertThat(client.document()).isEqualTo(fixture("freeze-4-gone.json"));
  }

  private static long incarnation(Client client) throws IOException {
    return client.document().path("DocumentIncarnation").asLong();
  }
}
