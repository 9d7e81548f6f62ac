package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.model.ShelfServer;
import io.drainwatch.watcher.DrainerApplication;
import io.drainwatch.watcher.configuration.LoadedSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The clean-up behind StatefulSets end to end: real sockets, a Lease, the endpoints. */
@Timeout(120)
class ScaleDownEndToEndTest {
  private static final String PODS = "/api/v1/namespaces/shop/pods";
  private static final String CLAIMS = "/api/v1/namespaces/shop/persistentvolumeclaims";
  private static final String SETS = "/apis/apps/v1/namespaces/shop/statefulsets";
  private static final String EVENTS = "/apis/events.k8s.io/v1/namespaces/shop/events";
  private static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/ops/leases/drainwatch-scaledown";

  private final ShelfServer server = new ShelfServer();
  @TempDir Path directory;

  @AfterEach
  void close() {
    server.close();
  }

  private static void soon(String what, Callable<Boolean> holds) {
    await(what).atMost(Duration.ofSeconds(40)).until(holds);
  }

  private Path configuration(String more) throws IOException {
    return Files.writeString(
        directory.resolve("drainwatch.yml"),
        """
        micronaut: {server: {port: -1}}
        drainwatch:
          kubernetes: {form: controller, namespace: ops, pod-name: drainer-a, kubeconfig: %s}
          scale-down: {enabled: true, namespaces: [shop]}
        %s
        """
            .formatted(server.writeKubeconfig(directory.resolve("kubeconfig")), more));
  }

  private DrainerApplication drainer() throws Exception {
    LoadedSettings loaded =
        LoadedSettings.load(Optional.of(configuration("")), Map.of(), new Properties());
    return LiveDrainer.started(loaded, InstantSource.system());
  }

  private static HttpResponse<String> get(DrainerApplication drainer, String path)
      throws Exception {
    URI address = drainer.address().resolve(path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private void addSet(int replicas, int claims) {
    server.add(
        SETS,
        """
        {"kind":"StatefulSet","metadata":{"name":"db","generation":1,"annotations":{
        "drainwatch.io/scaledown-pod-template":
        "{\\"spec\\":{\\"containers\\":[{\\"name\\":\\"c\\",\\"image\\":\\"i\\"}]}}"}},
        "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"db"}},
        "template":{"spec":{"containers":[{"name":"db"}],"nodeSelector":{"pool":"db"}}},
        "volumeClaimTemplates":[{"metadata":{"name":"data"}}]}}"""
            .formatted(replicas));
    for (int i = 0; i < claims; i++) {
      server.add(
          CLAIMS,
          "{\"kind\":\"PersistentVolumeClaim\",\"metadata\":{\"name\":\"data-db-" + i + "\"}}");
    }
  }

  private void phase(String pod, String phase) {
    server.change(
        PODS + "/" + pod, each -> ((ObjectNode) each.withObject("/status")).put("phase", phase));
  }

  private void runs(String pod, String end) {
    soon(pod, () -> server.find(PODS + "/" + pod).isPresent());
    phase(pod, "Running");
    phase(pod, end);
  }

  private List<String> notices() {
    return server.paths(EVENTS).stream()
        .map(path -> server.find(path).orElseThrow().path("reason").asText())
        .toList();
  }

  @Test
  @DisplayName("D01 D05 cleans up one after the other, tells of it, and gives its Lease back")
  void cleansUp() throws Exception {
    addSet(1, 3);
    try (DrainerApplication drainer = drainer()) {
      runs("db-2", "Succeeded");
      soon("claim", () -> server.find(CLAIMS + "/data-db-2").isEmpty());
      runs("db-1", "Succeeded");
      soon("claims", () -> server.paths(CLAIMS).equals(List.of(CLAIMS + "/data-db-0")));
      soon("pods", () -> server.paths(PODS).isEmpty());

      soon("Events", () -> notices().size() == 8);
      assertThat(notices()).contains("SuccessfulCreate", "CleanupSuccess", "SuccessfulDelete");
      JsonNode event = server.find(server.paths(EVENTS).getFirst()).orElseThrow();
      assertThat(event.at("/regarding/kind").asText()).isEqualTo("StatefulSet");
      assertThat(event.at("/regarding/name").asText()).isEqualTo("db");
      assertThat(server.find(LEASE).orElseThrow().at("/spec/holderIdentity").asText())
          .matches("drainer-a_[0-9a-f-]{36}");
      assertThat(get(drainer, "/prometheus").body())
          .contains("drainwatch_scaledown_leader 1.0")
          .contains("drainwatch_scaledown_claims_deleted_total{namespace=\"shop\"} 2.0")
          .contains("drainwatch_scaledown_orphans{namespace=\"shop\"} 0.0");
      soon("ready", () -> get(drainer, "/health/readiness").statusCode() == 200);
      server.forgetRequests();
    }
    assertThat(server.find(LEASE).orElseThrow().at("/spec/holderIdentity").asText()).isEmpty();
    assertThat(server.requests()).noneMatch(each -> each.contains("statefulsets"));
  }

  @Test
  @DisplayName(
      "D03 a right that is missing is named, and stands in the readiness until it is there")
  void namesTheRightThatIsMissing() throws Exception {
    server.deny("patch statefulsets");
    addSet(1, 1);
    try (DrainerApplication drainer = drainer()) {
      soon(
          "not ready",
          () -> get(drainer, "/health/readiness").body().contains("patch statefulsets.apps"));
      assertThat(get(drainer, "/health/readiness").statusCode()).isEqualTo(503);
      assertThat(get(drainer, "/health/liveness").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void statusTellsTheSame() throws Exception {
    addSet(1, 3);
    Tool tool = Tool.in(directory);
    String[] status = {
      "status", "--cluster", "--config", configuration("").toString(),
    };

    assertThat(tool.run((Object[]) status).out())
        .contains("1 StatefulSet with a clean-up template and nothing to clean up.");
    server.change(
        SETS + "/db",
        set ->
            ((ObjectNode) set.path("metadata"))
                .putArray("finalizers")
                .add("drainwatch.io/scaledown"));
    assertThat(tool.run((Object[]) status).out())
        .containsPattern("STATEFULSET +ORDINAL +CLEAN-UP +TRY +CLAIMS +WHY")
        .containsPattern("shop/db +2 +waiting +1 +1 +its pod is made next")
        .containsPattern("shop/db +1 +waiting +1 +1 +a higher ordinal comes first");
    JsonNode json =
        tool.run(
                "status", "--cluster", "--config", configuration("").toString(), "--output", "json")
            .json();
    assertThat(json.at("/scaleDown/managed").asInt()).isEqualTo(1);
    assertThat(json.at("/scaleDown/sets/0/ordinals/0/ordinal").asInt()).isEqualTo(2);
    assertThat(server.requests()).allMatch(each -> each.startsWith("GET"));
  }
}
