package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.cleaning.Scope;
import io.drainwatch.drainer.cluster.ClusterConnection;
import io.drainwatch.drainer.fleet.FleetSettings;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.nodework.NodeWork;
import io.drainwatch.watcher.drainer.CleanupSettings;
import io.drainwatch.watcher.drainer.Drainer;
import io.drainwatch.watcher.drainer.DrainerSettings;
import io.drainwatch.watcher.metrics.FleetMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A StatefulSet in a real API server, and a drainer with the rights that the chart gives and no
 * others. What kubelet and controllers would do, the test does.
 */
abstract class SetOnApiServer {
  private static final Set<String> RULES =
      Set.of("ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");
  static final String OURS = "drainwatch.io/scaledown";

  final String mark = "dws-" + UUID.randomUUID().toString().substring(0, 8);
  ApiServer server;
  ApiServer account;
  @TempDir Path directory;

  @BeforeEach
  void begin() {
    Chart.assumeHelm();
    server = ApiServer.ofEnvironment();
    make("/api/v1/namespaces", Map.of("metadata", Map.of("name", mark)));
    make(space("serviceaccounts"), Map.of("metadata", Map.of("name", "default")));
    Values values = Values.least().with("scaleDown.enabled", true);
    Chart.render(values, mark, mark, Chart.KUBERNETES).raw().stream()
        .filter(each -> RULES.contains(each.path("kind").asText()))
        .forEach(each -> server.make(ApiServer.collection(each), each));
    account = token(mark + "-drainwatch-drainer");
  }

  @AfterEach
  void end() {
    if (account != null) {
      account.close();
    }
    if (server != null) {
      server.close();
    }
  }

  void make(String path, Map<String, Object> object) {
    server.make(path, ApiServer.tree(object));
  }

  String space(String resource) {
    return "/api/v1/namespaces/" + mark + "/" + resource;
  }

  String sets(String name) {
    return "/apis/apps/v1/namespaces/" + mark + "/statefulsets" + name;
  }

  ApiServer token(String name) {
    JsonNode answer =
        server
            .post(
                space("serviceaccounts/" + name + "/token"),
                Map.of("apiVersion", "authentication.k8s.io/v1", "kind", "TokenRequest"))
            .mustBe(201)
            .body();
    return server.withToken(answer.path("status").path("token").asText());
  }

  ClusterConnection connection(ApiServer who) throws IOException {
    return ClusterConnection.of(
        who.writeKubeconfig(directory.resolve(UUID.randomUUID() + ".kubeconfig")),
        "drainwatch.io/drainer",
        "test");
  }

  Drainer drainer() throws IOException {
    LifecycleSettings lifecycle = LifecycleSettings.defaults();
    Drainer drainer =
        new Drainer(
            new DrainerSettings(
                connection(account),
                mark,
                "drainwatch-drainer",
                "test/1",
                Optional.empty(),
                FleetSettings.of(lifecycle),
                new NodeWork(NodeSettings.defaults("test/1"), lifecycle.policy()),
                Optional.of(new CleanupSettings(Scope.of(mark), "test_" + UUID.randomUUID()))),
            InstantSource.system(),
            System::nanoTime,
            new FleetMetrics("1.2.3"));
    drainer.begin();
    return drainer;
  }

  void addSet(int replicas, int claims, String... finalizers) {
    Map<String, Object> labels = Map.of("app", "db");
    Map<String, Object> container = Map.of("name", "c", "image", "registry.invalid/none");
    Map<String, Object> claim =
        Map.of(
            "accessModes", List.of("ReadWriteOnce"),
            "resources", Map.of("requests", Map.of("storage", "1Gi")));
    server
        .post(
            sets(""),
            Map.of(
                "metadata",
                Map.of(
                    "name",
                    "db",
                    "finalizers",
                    List.of(finalizers),
                    "annotations",
                    Map.of(
                        "drainwatch.io/scaledown-pod-template",
                        "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"registry.invalid/none\"}]}}")),
                "spec",
                Map.of(
                    "serviceName", "db",
                    "replicas", replicas,
                    "selector", Map.of("matchLabels", labels),
                    "template",
                        Map.of(
                            "metadata", Map.of("labels", labels),
                            "spec",
                                Map.of(
                                    "containers", List.of(container),
                                    "tolerations", List.of(Map.of("operator", "Exists")))),
                    "volumeClaimTemplates",
                        List.of(Map.of("metadata", Map.of("name", "data"), "spec", claim)))))
        .mustBe(201);
    for (int i = 0; i < claims; i++) {
      server
          .post(
              space("persistentvolumeclaims"),
              Map.of("metadata", Map.of("name", "data-db-" + i), "spec", claim))
          .mustBe(201);
    }
  }

  static void soon(String what, Callable<Boolean> holds) {
    await(what).atMost(Duration.ofSeconds(60)).until(holds);
  }

  boolean exists(String path) {
    return server.get(path).code() == 200;
  }

  void phase(String pod, String phase) {
    server
        .patch(space("pods/" + pod + "/status"), Map.of("status", Map.of("phase", phase)))
        .mustBe(200);
  }

  /** What the controller that protects claims would do. */
  private void letClaimGo(String claim) {
    soon(
        claim + " deleted",
        () ->
            server
                .get(space("persistentvolumeclaims/" + claim))
                .body()
                .path("metadata")
                .has("deletionTimestamp"));
    Map<String, Object> none = new HashMap<>();
    none.put("finalizers", null);
    server.patch(space("persistentvolumeclaims/" + claim), Map.of("metadata", none)).mustBe(200);
  }

  void cleansUp(int ordinal) {
    String pod = "db-" + ordinal;
    soon(pod, () -> exists(space("pods/" + pod)));
    assertThat(exists(space("pods/db-" + (ordinal - 1)))).as("never two").isFalse();
    phase(pod, "Running");
    phase(pod, "Succeeded");
    letClaimGo("data-db-" + ordinal);
    soon(pod + " gone", () -> !exists(space("pods/" + pod)));
  }

  List<String> finalizers() {
    JsonNode all = server.get(sets("/db")).body().at("/metadata/finalizers");
    return StreamSupport.stream(all.spliterator(), false).map(JsonNode::asText).toList();
  }

  List<String> events() {
    JsonNode items =
        server.get("/apis/events.k8s.io/v1/namespaces/" + mark + "/events").body().path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(each -> each.path("reason").asText())
        .toList();
  }

  String attempts() {
    return server
        .get(sets("/db"))
        .body()
        .at("/metadata/annotations/drainwatch.io~1scaledown-attempts")
        .asText();
  }
}
