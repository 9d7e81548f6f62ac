package io.drainwatch.watcher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.watcher.report.EpisodeStatus;
import io.drainwatch.watcher.report.MaintenanceStatus;
import io.drainwatch.watcher.report.StatusJson;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoints over real sockets, before a real daemon. */
class EndpointsTest {
  @TempDir static Path directory;

  private static Neighbourhood neighbourhood;

  @BeforeAll
  static void start() throws Exception {
    neighbourhood = new Neighbourhood(directory).start();
    awaitReadiness(200);
  }

  @AfterAll
  static void stop() {
    neighbourhood.close();
  }

  /** Every test leaves the machine in service. */
  @AfterEach
  void comeBack() throws IOException {
    neighbourhood.publishNothing();
    if (status().maintenance().isPresent()) {
      neighbourhood.post("/maintenance/resume", "");
    }
    await().until(() -> status().maintenance().isEmpty());
  }

  private static void awaitReadiness(int code) {
    await().until(() -> neighbourhood.get("/health/readiness").statusCode() == code);
  }

  private static MaintenanceStatus status() throws IOException {
    return StatusJson.readStatus(neighbourhood.get("/maintenance").body());
  }

  private static Optional<String> state() throws IOException {
    return status().maintenance().map(EpisodeStatus::state);
  }

  private static void awaitState(String state) {
    await().until(() -> state().equals(Optional.of(state)));
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return StatusJson.readTree(response.body());
  }

  @Test
  void livesAndIsReady() throws IOException {
    HttpResponse<String> liveness = neighbourhood.get("/health/liveness");
    assertThat(liveness.statusCode()).isEqualTo(200);
    assertThat(json(liveness).path("status").asText()).isEqualTo("UP");
    assertThat(json(neighbourhood.get("/health/readiness")).path("status").asText())
        .isEqualTo("UP");
  }

  @Test
  void tellsWhoThisIsAndThatNothingIsGoingOn() throws IOException {
    MaintenanceStatus status = status();
    assertThat(status.version()).isEqualTo("1.2.3");
    assertThat(status.vm().orElseThrow().name()).isEqualTo(Neighbourhood.VM);
    assertThat(status.metadata().orElseThrow().state()).isEqualTo("OK");
    assertThat(status.lastDocumentAt()).isPresent();
  }

  @Test
  void tellsAMaintenanceFromItsEventToTheSummaryInTheHistory() throws IOException {
    neighbourhood.publishReboot();
    awaitState("Drained");
    EpisodeStatus episode = status().maintenance().orElseThrow();
    assertThat(episode.id()).isEqualTo(Neighbourhood.EVENT + "/" + Neighbourhood.VM);
    assertThat(episode.events().getFirst().drained()).isTrue();
    await().until(() -> status().maintenance().orElseThrow().events().getFirst().acknowledged());
    neighbourhood.publishNothing();
    await().until(() -> status().maintenance().isEmpty());
    JsonNode history = json(neighbourhood.get("/maintenance/history?limit=1"));
    assertThat(history.path("maintenances")).hasSize(1);
    assertThat(history.path("maintenances").path(0).path("episode").asText())
        .isEqualTo(episode.id());
  }

  @Test
  void drainsAndResumesByHand() throws IOException {
    HttpResponse<String> drain =
        neighbourhood.post("/maintenance/drain", "{\"type\":\"redeploy\",\"within\":\"10m\"}");
    assertThat(drain.statusCode()).as(drain.body()).isEqualTo(202);
    EpisodeStatus.EventStanding event =
        StatusJson.readStatus(drain.body()).maintenance().orElseThrow().events().getFirst();
    assertThat(event.source()).isEqualTo("Operator");
    assertThat(event.type()).isEqualTo("Redeploy");
    assertThat(event.deadline()).isPresent();
    awaitState("Drained");
    HttpResponse<String> resume = neighbourhood.post("/maintenance/resume", "");
    assertThat(resume.statusCode()).as(resume.body()).isEqualTo(202);
    await().until(() -> status().maintenance().isEmpty());
  }

  @Test
  void refusesASecondDrainByHand() throws IOException {
    assertThat(neighbourhood.post("/maintenance/drain", "").statusCode()).isEqualTo(202);
    HttpResponse<String> second = neighbourhood.post("/maintenance/drain", "{}");
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(json(second).path("reason").asText()).isEqualTo("already_draining");
  }

  @Test
  void refusesToResumeWhenNothingIsDrainedByHand() throws IOException {
    HttpResponse<String> resume = neighbourhood.post("/maintenance/resume", "{}");
    assertThat(resume.statusCode()).isEqualTo(409);
    assertThat(json(resume).path("reason").asText()).isEqualTo("nothing_to_resume");
    assertThat(json(resume).path("why").asText()).contains("no drain by hand");
  }

  @Test
  void tellsAllFaultsOfACommandAndDoesNothing() throws IOException {
    HttpResponse<String> refused =
        neighbourhood.post("/maintenance/drain", "{\"type\":\"Fish\",\"within\":\"soon\"}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).path("faults")).hasSize(2);
    assertThat(status().maintenance()).isEmpty();
  }

  @Test
  void readsNoBodyWithoutEnd() {
    HttpResponse<String> refused = neighbourhood.post("/maintenance/drain", " ".repeat(20_000));
    assertThat(refused.statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/maintenance/drain",
    "POST,/maintenance/resume",
    "POST,/maintenance/group",
    "POST,/nowhere",
    "PUT,/maintenance",
    "DELETE,/maintenance/history",
    "PATCH,/health/liveness",
    "OPTIONS,/maintenance"
  })
  void changesNothingWithoutTheToken(String method, String path) throws IOException {
    for (String shown : new String[] {"", "Bearer ", "Bearer " + "0".repeat(64), "Basic x"}) {
      HttpRequest.Builder request =
          neighbourhood.to(path).method(method, HttpRequest.BodyPublishers.ofString("{\"x\":1}"));
      HttpResponse<String> refused =
          neighbourhood.send(shown.isEmpty() ? request : request.header("Authorization", shown));
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body())
          .isEqualTo("{\"what\":\"authorize\",\"why\":\"a valid token is needed\"}");
      assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(refused.headers().firstValue("Cache-Control")).contains("no-store");
    }
    assertThat(status().maintenance()).isEmpty();
  }

  @Test
  void hasItsTokenInAFileOfTheOwnerSinceTheStart() throws IOException {
    Path file = neighbourhood.stateDirectory().resolve("token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(neighbourhood.token()).matches("[0-9a-f]{64}");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/nothing,404",
    "GET,/maintenance/nothing,404",
    "GET,/health,404",
    "GET,/beans,404",
    "GET,/env,404",
    "GET,/maintenance/drain,405",
    "GET,/maintenance/history?limit=0,400",
    "GET,/maintenance/history?limit=1001,400",
    "GET,/maintenance/history?limit=many,400",
    "GET,/maintenance/%00,404",
    "POST,/nothing,404",
    "POST,/maintenance,405"
  })
  void answersErrorsAsJsonWithoutInnards(String method, String path, int code) throws IOException {
    HttpResponse<String> response =
        neighbourhood.send(
            neighbourhood
                .to(path)
                .header("Authorization", "Bearer " + neighbourhood.token())
                .header("Accept", "text/html, */*;q=0.1")
                .method(method, HttpRequest.BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(code);
    assertThat(json(response).path("what").asText()).isNotBlank();
    assertThat(json(response).path("why").asText()).isNotBlank();
    assertThat(response.body()).doesNotContain("Exception", "micronaut", "\tat ");
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/liveness",
        "/health/readiness",
        "/prometheus",
        "/maintenance",
        "/maintenance/history"
      })
  void keepsOutOfCachesAndIntoNoSniffing(String path) {
    HttpResponse<String> response = neighbourhood.get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
  }

  @Test
  void givesMetricsInPrometheusFormat() {
    HttpResponse<String> metrics = neighbourhood.get("/prometheus");
    assertThat(metrics.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(metrics.body())
        .contains("drainwatch_state{state=\"none\"} 1.0")
        .contains("drainwatch_metadata_state{state=\"ok\"} 1.0")
        .contains("drainwatch_build_info{version=\"1.2.3\"} 1")
        .contains("drainwatch_poll_seconds_count ");
  }
}
