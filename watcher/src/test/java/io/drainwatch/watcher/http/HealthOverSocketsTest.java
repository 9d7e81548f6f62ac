package io.drainwatch.watcher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health while the metadata service comes and goes. */
class HealthOverSocketsTest {
  @TempDir Path directory;

  private Neighbourhood neighbourhood;

  @BeforeEach
  void open() {
    neighbourhood = new Neighbourhood(directory);
  }

  @AfterEach
  void close() {
    neighbourhood.close();
  }

  private void awaitReadiness(int code, String part) {
    await()
        .until(
            () -> {
              var answer = neighbourhood.get("/health/readiness");
              return answer.statusCode() == code && answer.body().contains(part);
            });
  }

  @Test
  void warmsGetsReadyDegradesAndRecovers() throws Exception {
    neighbourhood.failWith(400);
    neighbourhood.start();
    assertThat(neighbourhood.get("/health/readiness").statusCode()).isEqualTo(503);
    assertThat(neighbourhood.get("/health/liveness").statusCode()).isEqualTo(200);
    neighbourhood.publishNothing();
    awaitReadiness(200, "\"UP\"");
    neighbourhood.failWith(400);
    awaitReadiness(503, "\"degraded\"");
    neighbourhood.publishNothing();
    awaitReadiness(200, "\"UP\"");
  }

  @Test
  void saysThatItIsWarmingUntilTheFirstDocument() throws Exception {
    neighbourhood.failWith(410);
    neighbourhood.start();
    awaitReadiness(503, "\"warming\"");
  }

  @Test
  void staysAliveWhenEverythingRemoteIsDown() throws Exception {
    neighbourhood.start();
    awaitReadiness(200, "\"UP\"");
    neighbourhood.fallSilent();
    awaitReadiness(503, "\"degraded\"");
    assertThat(neighbourhood.get("/health/liveness").statusCode()).isEqualTo(200);
  }

  @Test
  void saysThatItIsNotKnownWhichVmThisIsAndGoesOnOnceItIs() throws Exception {
    neighbourhood.refuseIdentity(403);
    neighbourhood.start();
    awaitReadiness(503, "\"identity\"");
    assertThat(neighbourhood.get("/health/readiness").body()).contains("compute").contains("403");
    assertThat(neighbourhood.get("/prometheus").body())
        .containsPattern("drainwatch_identity_errors_total\\{kind=\"not-this-service\"} [1-9]")
        .contains("drainwatch_identity_known 0");
    neighbourhood.tellIdentity();
    awaitReadiness(200, "\"UP\"");
    assertThat(neighbourhood.get("/prometheus").body()).contains("drainwatch_identity_known 1");
  }

  @Test
  void documentsAreReadAlthoughItIsNotKnownWhichVmThisIs() throws Exception {
    neighbourhood.refuseIdentity(403);
    neighbourhood.start();
    await()
        .untilAsserted(
            () ->
                assertThat(neighbourhood.get("/prometheus").body())
                    .containsPattern("drainwatch_poll_seconds_count [1-9]"));
    assertThat(neighbourhood.get("/health/readiness").statusCode()).isEqualTo(503);
  }
}
