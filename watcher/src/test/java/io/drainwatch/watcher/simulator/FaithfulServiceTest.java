package io.drainwatch.watcher.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.watcher.simulator.platform.DateStyle;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 14's list of what a faithful test server does, over a real socket; and D70. */
class FaithfulServiceTest {

  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");
  private static final String EVENTS_PATH = "/metadata/scheduledevents";
  private static final String NUMBERED = "A0000000-1111-4222-8333-44444444440%d";

  private final TurnedTime time = new TurnedTime(START);
  private final AtomicInteger ids = new AtomicInteger();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private Simulator simulator(SimulatorSettings settings) throws IOException {
    Simulator simulator =
        Simulator.start(settings, time, time, () -> NUMBERED.formatted(ids.incrementAndGet()));
    open.add(simulator);
    return simulator;
  }

  private Simulator simulator() throws IOException {
    return simulator(SimulatorSettings.forVm("vm1"));
  }

  private Client client(Simulator simulator) {
    return client(simulator.baseUrl());
  }

  private Client client(String baseUrl) {
    Client client = new Client(baseUrl);
    open.add(client);
    return client;
  }

  @Test
  @DisplayName("14 400 without Metadata, on GET and on POST")
  void refusesARequestWithoutTheHeader() throws IOException {
    Simulator simulator = simulator();
    Client client = client(simulator);
    var bare = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + Client.EVENTS));

    assertThat(client.send(bare.copy().GET()).statusCode()).isEqualTo(400);
    assertThat(
            client.send(bare.copy().POST(HttpRequest.BodyPublishers.ofString("{}"))).statusCode())
        .isEqualTo(400);
    assertThat(client.send(bare.copy().header("Metadata", "false")).statusCode()).isEqualTo(400);
    assertThat(client.poll().statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("1 the preview version of 2017 demands no header")
  void demandsNoHeaderInTheFirstPreview() throws IOException {
    Simulator simulator = simulator();
    var request =
        HttpRequest.newBuilder(
            URI.create(simulator.baseUrl() + EVENTS_PATH + "?api-version=2017-03-01"));

    assertThat(client(simulator).send(request).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("1 a request through a proxy is refused")
  void refusesForwardedRequests() throws IOException {
    Simulator simulator = simulator();
    Client client = client(simulator);

    assertThat(
            client
                .send(client.to(Client.EVENTS).header("X-Forwarded-For", "10.0.0.1"))
                .statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest(name = "1 refuses {0}")
  @ValueSource(
      strings = {
        "?api-version=2020-07-01&api-version=2020-07-01",
        "?api-version=2020-07-01&format=json&format=text",
        "",
        "?api-version="
      })
  void refusesRepeatedParametersAndAMissingVersion(String query) throws IOException {
    assertThat(client(simulator()).get(EVENTS_PATH + query).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest(name = "14 404 for the unknown version {0}")
  @ValueSource(strings = {"2020-07-02", "latest", "%7Blatest%7D", "2024-07-09", "2025-04-07"})
  void answersAnUnknownVersionWith404(String version) throws IOException {
    assertThat(client(simulator()).get(EVENTS_PATH + "?api-version=" + version).statusCode())
        .isEqualTo(404);
  }

  @Test
  @DisplayName("2 an unknown version can be answered with 400")
  void answersAnUnknownVersionWith400IfAsked() throws IOException {
    Simulator simulator = simulator(SimulatorSettings.forVm("vm1").withUnknownVersion(400));

    assertThat(client(simulator).get(EVENTS_PATH + "?api-version=2020-07-02").statusCode())
        .isEqualTo(400);
  }

  @Test
  @DisplayName("2 2024-07-09 is known with the feature flag")
  void knowsThePreviewIfAsked() throws IOException {
    Simulator simulator = simulator(SimulatorSettings.forVm("vm1").withPreview());

    assertThat(client(simulator).get(EVENTS_PATH + "?api-version=2024-07-09").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest(name = "9 405 for {0}")
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "HEAD"})
  void answersOtherMethodsWith405(String method) throws IOException {
    Client client = client(simulator());

    assertThat(
            client
                .send(client.to(Client.EVENTS).method(method, HttpRequest.BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(405);
  }

  @Test
  @DisplayName("1 the mixed case of some samples works")
  void answersThePathInMixedCase() throws IOException {
    assertThat(
            client(simulator())
                .get("/metadata/scheduledEvents?api-version=2020-07-01")
                .statusCode())
        .isEqualTo(200);
  }

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
  @DisplayName("14 200 for a repeated POST")
  void acceptsTheSameAcknowledgementAgain() throws IOException {
    Simulator simulator = simulator();
    Client client = client(simulator);
    String id = simulator.schedule(EventPlan.ofType("Reboot").build());

    assertThat(client.acknowledge(id).statusCode()).isEqualTo(200);
    JsonNode once = client.document();
    assertThat(client.acknowledge(id.toLowerCase(Locale.ROOT)).statusCode()).isEqualTo(200);

    assertThat(client.document()).isEqualTo(once);
  }

  @ParameterizedTest(name = "6 400 for {0}")
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"StartRequests\":{}}",
        "{\"StartRequests\":[]}",
        "{\"StartRequests\":[{}]}",
        "{\"StartRequests\":[{\"EventId\":\"NOBODY\"}]}"
      })
  void refusesAMalformedAcknowledgement(String body) throws IOException {
    Client client = client(simulator());

    assertThat(client.post(Client.EVENTS, body).statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName("6 an id that is gone is 400, or 200 if asked")
  void answersAGoneIdAsAsked() throws IOException {
    Simulator strict = simulator();
    Simulator easy = simulator(SimulatorSettings.forVm("vm1").withUnknownEvent(200));

    assertThat(client(strict).acknowledge("GONE").statusCode()).isEqualTo(400);
    assertThat(client(easy).acknowledge("GONE").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("D70: every id of an acknowledgement counts, not only the first")
  void countsEveryIdOfAnAcknowledgement() throws IOException {
    Simulator simulator = simulator();
    Client client = client(simulator);
    String first = simulator.schedule(EventPlan.ofType("Freeze").build());
    String second = simulator.schedule(EventPlan.ofType("Reboot").build());

    client.acknowledge(first, second);

    assertThat(client.document().path("Events").findValuesAsText("EventStatus"))
        .containsExactly("Started", "Started");
    assertThat(simulator.requests().getFirst().acknowledgedIds()).containsExactly(first, second);
  }

  @Test
  @DisplayName(
      "D70: an acknowledgement without any event is answered for its id, and nothing breaks")
  void staysUpAfterABadAcknowledgement() throws IOException {
    Client client = client(simulator());

    assertThat(client.acknowledge("NOBODY").statusCode()).isEqualTo(400);
    assertThat(client.document().path("Events").isArray()).isTrue();
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
  @DisplayName("7 all VMs of the group see the same document, each under its own address")
  void showsTheSameDocumentToEveryVm() throws IOException {
    Simulator simulator =
        simulator(SimulatorSettings.forVms(SimulatedVm.named("web_0"), SimulatedVm.named("web_1")));
    Client zero = client(simulator.baseUrl("web_0"));
    Client one = client(simulator.baseUrl("web_1"));
    String id = simulator.schedule(EventPlan.ofType("Freeze").on("web_0", "web_1").build());

    assertThat(one.document()).isEqualTo(zero.document());
    one.acknowledge(id);

    assertThat(zero.document().path("Events").path(0).path("EventStatus").asText())
        .isEqualTo("Started");
    assertThat(name(zero)).isEqualTo("web_0");
    assertThat(name(one)).isEqualTo("web_1");
  }

  @Test
  @DisplayName("14 a slow first answer: nobody is answered before the service is on")
  void delaysTheFirstAnswer() throws Exception {
    Simulator simulator =
        simulator(SimulatorSettings.forVm("vm1").withFirstAnswerDelay(Duration.ofSeconds(90)));
    Client client = client(simulator);

    CompletableFuture<HttpResponse<String>> first = client.sendLater(client.to(Client.EVENTS));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(5))
        .until(() -> time.waiting() == 1);
    time.turn(Duration.ofSeconds(89));
    assertThat(first).isNotDone();
    time.turn(Duration.ofSeconds(1));

    assertThat(first.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(client.poll().statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("14 and 8: more than 5 requests in a second get 429, per VM")
  void limitsTheRequestsOfAVm() throws IOException {
    Simulator simulator =
        simulator(
            SimulatorSettings.forVms(SimulatedVm.named("web_0"), SimulatedVm.named("web_1"))
                .withLimit(SimulatorSettings.PLATFORM_LIMIT));
    Client zero = client(simulator.baseUrl("web_0"));
    Client one = client(simulator.baseUrl("web_1"));
    for (int i = 0; i < 5; i++) {
      assertThat(zero.poll().statusCode()).isEqualTo(200);
    }

    HttpResponse<String> sixth = zero.poll();

    assertThat(sixth.statusCode()).isEqualTo(429);
    assertThat(sixth.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(one.poll().statusCode()).isEqualTo(200);
    time.turn(Duration.ofSeconds(1));
    assertThat(zero.poll().statusCode()).isEqualTo(200);
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

  @Test
  @DisplayName("6 Microsoft's sample of an acknowledgement is understood")
  void readsMicrosoftsAcknowledgement() throws IOException {
    Simulator simulator = simulator();
    simulator.schedule(
        EventPlan.ofType("Reboot").id("F020BA2E-3BC0-4C40-A10B-86575A9EABD5").build());

    assertThat(
            client(simulator)
                .post(Client.EVENTS, fixture("acknowledge-request.json").toString())
                .statusCode())
        .isEqualTo(200);
    assertThat(simulator.state().events().getFirst().isStarted()).isTrue();
  }

  @Test
  @DisplayName("10 the compute document, a single value, the whole instance, the versions")
  void tellsAVmWhoItIs() throws IOException {
    Client client =
        client(
            simulator(
                SimulatorSettings.forVms(
                    SimulatedVm.named("pool_13").with("vmScaleSetName", "pool"))));

    JsonNode compute = Client.json(client.get("/metadata/instance/compute?api-version=2021-02-01"));

    assertThat(compute.path("name").asText()).isEqualTo("pool_13");
    assertThat(compute.path("resourceId").asText())
        .endsWith("/virtualMachineScaleSets/pool/virtualMachines/13");
    assertThat(
            client.get("/metadata/instance/compute/name?api-version=2021-02-01&format=text").body())
        .isEqualTo("pool_13");
    assertThat(client.get("/metadata/instance/compute/name?api-version=2021-02-01").statusCode())
        .isEqualTo(400);
    assertThat(Client.json(client.get("/metadata/instance?api-version=2021-02-01")).path("compute"))
        .isEqualTo(compute);
    assertThat(Client.json(client.get("/metadata/versions")).path("apiVersions").isArray())
        .isTrue();
  }

  @Test
  @DisplayName("2 instance data without a known version is 400 with the newest ones")
  void namesTheNewestInstanceVersions() throws IOException {
    HttpResponse<String> answer = client(simulator()).get("/metadata/instance");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Client.json(answer).path("newest-versions").path(0).asText())
        .isEqualTo("2025-04-07");
  }

  @Test
  void knowsNoOtherPlace() throws IOException {
    Client client = client(simulator());

    assertThat(client.get("/").statusCode()).isEqualTo(404);
    assertThat(client.get("/metadata/identity/oauth2/token").statusCode()).isEqualTo(404);
    assertThat(client.get("/metadata/instance/compute/nothing?api-version=2021-02-01").statusCode())
        .isEqualTo(404);
  }

  @Test
  void saysWhichPortItCannotHave() throws IOException {
    int taken = URI.create(simulator().baseUrl()).getPort();

    assertThatThrownBy(() -> Simulator.start(SimulatorSettings.forVm("vm1").withPort(taken)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(":" + taken);
  }

  private static long incarnation(Client client) throws IOException {
    return client.document().path("DocumentIncarnation").asLong();
  }

  private static String name(Client client) throws IOException {
    return client.get("/metadata/instance/compute/name?api-version=2021-02-01&format=text").body();
  }

  private static JsonNode fixture(String name) throws IOException {
    try (InputStream file = FaithfulServiceTest.class.getResourceAsStream("/simulator/" + name)) {
      return new ObjectMapper().readTree(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
