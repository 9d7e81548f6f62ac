package io.drainwatch.watcher.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlAddressTest {

  private final TurnedTime time = new TurnedTime(Instant.parse("2026-06-01T08:00:00Z"));
  private Simulator simulator;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    simulator =
        Simulator.start(
            SimulatorSettings.forVms(SimulatedVm.named("vm1"), SimulatedVm.named("vm2")),
            time,
            time,
            Simulator::newId);
    client = new Client(simulator.baseUrl());
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void takesAnEventThroughItsLife() throws IOException {
    HttpResponse<String> created =
        client.post("/simulator/events", "{\"type\": \"Reboot\", \"notice\": \"20s\"}");
    String id = Client.json(created).path("id").asText();

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(client.document().path("Events").path(0).path("EventId").asText()).isEqualTo(id);
    assertThat(order(id, "acknowledge").path("events").path(0).path("stage").asText())
        .isEqualTo("Started");
    assertThat(order(id, "end").path("ended").path(0).path("stage").asText()).isEqualTo("gone");
  }

  @Test
  void cancelsAndStartsByName() throws IOException {
    client.post("/simulator/events", "{\"type\": \"Reboot\", \"name\": \"one\"}");
    client.post("/simulator/events", "{\"type\": \"Freeze\", \"name\": \"two\"}");

    JsonNode cancelled = order("one", "cancel");
    JsonNode started = order("two", "start");

    assertThat(cancelled.path("ended").path(0).path("stage").asText()).isEqualTo("cancelled");
    assertThat(started.path("events").path(0).path("stage").asText()).isEqualTo("Started");
    assertThat(client.post("/simulator/events/two/cancel", "").statusCode()).isEqualTo(409);
    assertThat(client.post("/simulator/events/none/cancel", "").statusCode()).isEqualTo(404);
  }

  @Test
  void namesEverythingThatIsWrongWithAnEvent() throws IOException {
    HttpResponse<String> answer =
        client.post("/simulator/events", "{\"type\": \"Rebot\",\n \"notice\": \"soon\", \"x\": 1}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Client.json(answer).path("problems").toString())
        .contains("line 1, type", "line 2, notice", "line 2, x");
  }

  @Test
  void setsAndClearsFaults() throws IOException {
    client.post("/simulator/faults", "{\"kind\": \"status\", \"code\": 503, \"for\": \"1h\"}");
    assertThat(client.poll().statusCode()).isEqualTo(503);

    JsonNode state = Client.json(client.send(client.to("/simulator/faults").DELETE()));

    assertThat(state.path("faults")).isEmpty();
    assertThat(client.poll().statusCode()).isEqualTo(200);
  }

  @Test
  void movesIncarnationDatesAndClock() throws IOException {
    client.post("/simulator/incarnation", "{\"jump\": 4}");
    assertThat(state().path("incarnation").asInt()).isEqualTo(5);
    client.post("/simulator/incarnation", "{\"reset\": 1}");
    assertThat(state().path("incarnation").asInt()).isEqualTo(1);
    client.post("/simulator/clock", "{\"forward\": \"10m\"}");
    assertThat(state().path("now").asText()).isEqualTo("2026-06-01T08:10:00Z");
    client.post("/simulator/dates", "{\"style\": \"iso\"}");
    client.post("/simulator/events", "{\"type\": \"Freeze\"}");
    assertThat(client.document().path("Events").path(0).path("NotBefore").asText())
        .isEqualTo("2026-06-01T08:25:00Z");
  }

  @Test
  void playsAScenario() throws IOException {
    HttpResponse<String> answer =
        client.post("/simulator/scenario", "steps:\n  - event: {type: Freeze}\n");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(client.document().path("Events")).hasSize(1);
  }

  @Test
  void listsTheRequestsButNotItsOwn() throws IOException {
    client.poll();
    client.acknowledge("SOME-ID");

    JsonNode requests = Client.json(client.get("/simulator/requests"));

    assertThat(requests).hasSize(2);
    assertThat(requests.path(1).path("acknowledgedIds").path(0).asText()).isEqualTo("SOME-ID");
  }

  @Test
  void tellsTheAddressesOfTheVms() throws IOException {
    assertThat(state().path("vms").findValuesAsText("baseUrl"))
        .containsExactly(simulator.baseUrl("vm1"), simulator.baseUrl("vm2"));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "GET, /simulator, 200",
    "GET, /simulator/nothing, 404",
    "PUT, /simulator/events, 404",
    "GET, /simulator/events/x/cancel, 405",
    "POST, /simulator/events/x/explode, 404",
    "POST, /simulator/clock, 400"
  })
  void answersWhatItDoesNotKnow(String method, String path, int status) throws IOException {
    assertThat(
            client
                .send(client.to(path).method(method, HttpRequest.BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(status);
  }

  @Test
  void takesNoOrdersFromWebPages() throws IOException {
    HttpResponse<String> answer =
        client.send(
            client
                .to("/simulator/events")
                .header("Origin", "http://example.org")
                .POST(HttpRequest.BodyPublishers.ofString("{\"type\": \"Terminate\"}")));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(simulator.state().events()).isEmpty();
  }

  @Test
  void takesOrdersAtTheFirstAddressOnly() throws IOException {
    try (Client second = new Client(simulator.baseUrl("vm2"))) {
      assertThat(second.get("/simulator/state").statusCode()).isEqualTo(404);
    }
  }

  private JsonNode state() throws IOException {
    return Client.json(client.get("/simulator/state"));
  }

  private JsonNode order(String event, String verb) throws IOException {
    return Client.json(client.post("/simulator/events/" + event + "/" + verb, ""));
  }
}
