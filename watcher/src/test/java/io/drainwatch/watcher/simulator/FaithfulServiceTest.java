package io.drainwatch.watcher.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered to whom: section 14. */
class FaithfulServiceTest extends OverASocket {

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

  private static String name(Client client) throws IOException {
    return client.get("/metadata/instance/compute/name?api-version=2021-02-01&format=text").body();
  }
}
