package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.cleaning.Rights;
import io.drainwatch.drainer.cleaning.Scope;
import io.drainwatch.drainer.cluster.ClusterConnection;
import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.cluster.Found;
import io.drainwatch.drainer.cluster.ObjectAnswer;
import io.drainwatch.drainer.cluster.StatefulCluster;
import io.drainwatch.drainer.fleet.FleetSettings;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.nodework.NodeWork;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.watcher.drainer.CleanupSettings;
import io.drainwatch.watcher.drainer.Drainer;
import io.drainwatch.watcher.drainer.DrainerSettings;
import io.drainwatch.watcher.metrics.FleetMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clean-up behind StatefulSets in a real API server, with the rights that the chart gives and
 * no others. What kubelet and controllers would do, the test does.
 */
@Timeout(180)
class ScaleDownApiServerTest {
  private static final Set<String> RULES =
      Set.of("ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");
  private static final String OURS = "drainwatch.io/scaledown";

  private final String mark = "dws-" + UUID.randomUUID().toString().substring(0, 8);
  private ApiServer server;
  private ApiServer account;
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

  private void make(String path, Map<String, Object> object) {
    server.make(path, ApiServer.tree(object));
  }

  private String space(String resource) {
    return "/api/v1/namespaces/" + mark + "/" + resource;
  }

  private String sets(String name) {
    return "/apis/apps/v1/namespaces/" + mark + "/statefulsets" + name;
  }

  private ApiServer token(String name) {
    JsonNode answer =
        server
            .post(
                space("serviceaccounts/" + name + "/token"),
                Map.of("apiVersion", "authentication.k8s.io/v1", "kind", "TokenRequest"))
            .mustBe(201)
            .body();
    return server.withToken(answer.path("status").path("token").asText());
  }

  private ClusterConnection connection(ApiServer who) throws IOException {
    return ClusterConnection.of(
        who.writeKubeconfig(directory.resolve(UUID.randomUUID() + ".kubeconfig")),
        "drainwatch.io/drainer",
        "test");
  }

  private Drainer drainer() throws IOException {
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

  private void addSet(int replicas, int claims, String... finalizers) {
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

  private static void soon(String what, Callable<Boolean> holds) {
    await(what).atMost(Duration.ofSeconds(60)).until(holds);
  }

  private boolean exists(String path) {
    return server.get(path).code() == 200;
  }

  private void phase(String pod, String phase) {
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

  private void cleansUp(int ordinal) {
    String pod = "db-" + ordinal;
    soon(pod, () -> exists(space("pods/" + pod)));
    assertThat(exists(space("pods/db-" + (ordinal - 1)))).as("never two").isFalse();
    phase(pod, "Running");
    phase(pod, "Succeeded");
    letClaimGo("data-db-" + ordinal);
    soon(pod + " gone", () -> !exists(space("pods/" + pod)));
  }

  private List<String> finalizers() {
    JsonNode all = server.get(sets("/db")).body().at("/metadata/finalizers");
    return StreamSupport.stream(all.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Test
  @DisplayName("D01 D03 D05 D07 the whole way, with the rights of the chart and no others")
  void cleansUpAndLetsGo() throws IOException {
    addSet(1, 3, "example.com/before");
    try (Drainer drainer = drainer()) {
      cleansUp(2);
      assertThat(finalizers()).containsExactly("example.com/before", OURS);
      server
          .patch(
              sets("/db"), Map.of("metadata", Map.of("finalizers", List.of("example.com/behind"))))
          .mustBe(200);
      cleansUp(1);
      soon("Events", () -> events().size() >= 8);
      assertThat(events()).contains("SuccessfulCreate", "CleanupSuccess", "SuccessfulDelete");
      soon("metric", () -> drainer.metrics().scrape().contains("scaledown_leader 1.0"));
      assertThat(drainer.objection()).isEmpty();

      server.delete(sets("/db"), Map.of("propagationPolicy", "Background")).mustBe(200, 202);
      cleansUp(0);
      soon("let go", () -> !finalizers().contains(OURS));
      assertThat(finalizers())
          .containsExactlyInAnyOrder("example.com/before", "example.com/behind");
    }
    Map<String, Object> none = new HashMap<>();
    none.put("finalizers", null);
    server.patch(sets("/db"), Map.of("metadata", none)).mustBe(200);
    assertThat(exists(sets("/db"))).isFalse();
    assertThat(
            server
                .get(
                    "/apis/coordination.k8s.io/v1/namespaces/"
                        + mark
                        + "/leases/drainwatch-scaledown")
                .body()
                .at("/spec/holderIdentity")
                .asText())
        .isEmpty();
  }

  private List<String> events() {
    JsonNode items =
        server.get("/apis/events.k8s.io/v1/namespaces/" + mark + "/events").body().path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(each -> each.path("reason").asText())
        .toList();
  }

  @Test
  @DisplayName("D06 a pod that failed is made anew")
  void triesAgain() throws IOException {
    addSet(1, 2);
    try (Drainer drainer = drainer()) {
      soon("db-1", () -> exists(space("pods/db-1")));
      String first = server.get(space("pods/db-1")).body().at("/metadata/uid").asText();
      phase("db-1", "Failed");
      soon(
          "another",
          () -> {
            JsonNode pod = server.get(space("pods/db-1")).body();
            return pod.at("/metadata/annotations/drainwatch.io~1scaledown-attempt")
                    .asText()
                    .equals("1")
                && !pod.at("/metadata/uid").asText().equals(first);
          });
      assertThat(attempts()).isEqualTo("1=1");
      assertThat(drainer.objection()).isEmpty();
      cleansUp(1);
      soon("forgotten", () -> attempts().isEmpty());
    }
  }

  private String attempts() {
    return server
        .get(sets("/db"))
        .body()
        .at("/metadata/annotations/drainwatch.io~1scaledown-attempts")
        .asText();
  }

  @Test
  @DisplayName("a clean-up pod that has not begun on a Node under maintenance is made anew")
  void beginsNothingOnANodeUnderMaintenance() throws IOException {
    String node = "/api/v1/nodes/" + mark;
    addSet(1, 2);
    make("/api/v1/nodes", Map.of("metadata", Map.of("name", mark)));
    try (Drainer drainer = drainer()) {
      soon("db-1", () -> exists(space("pods/db-1")));
      String first = server.get(space("pods/db-1")).body().at("/metadata/uid").asText();
      server
          .post(
              space("pods/db-1/binding"),
              Map.of(
                  "apiVersion",
                  "v1",
                  "kind",
                  "Binding",
                  "metadata",
                  Map.of("name", "db-1"),
                  "target",
                  Map.of("apiVersion", "v1", "kind", "Node", "name", mark)))
          .mustBe(201);

      server
          .patch(
              node,
              Map.of(
                  "metadata", Map.of("annotations", Map.of("drainwatch.io/maintenance", "{}")),
                  "spec", Map.of("unschedulable", true)))
          .mustBe(200);

      soon(
          "on its way out",
          () -> server.get(space("pods/db-1")).body().path("metadata").has("deletionTimestamp"));
      server.delete(space("pods/db-1"), Map.of("gracePeriodSeconds", 0)).mustBe(200);
      soon(
          "another",
          () ->
              exists(space("pods/db-1"))
                  && !server
                      .get(space("pods/db-1"))
                      .body()
                      .at("/metadata/uid")
                      .asText()
                      .equals(first));
      assertThat(
              server
                  .get(space("pods/db-1"))
                  .body()
                  .at("/metadata/annotations/drainwatch.io~1scaledown-attempt")
                  .asText())
          .isEqualTo("0");
      soon("Event", () -> events().contains("CleanupMoved"));
      assertThat(drainer.objection()).isEmpty();
    } finally {
      server.delete(node, Map.of());
    }
  }

  @Test
  @DisplayName("D16 a set that is to be left alone in mid-clean-up loses the pod and no claim")
  void dropsWhatIsNotWantedAnyMore() throws IOException {
    addSet(1, 2);
    try (Drainer drainer = drainer()) {
      soon("db-1", () -> exists(space("pods/db-1")));
      phase("db-1", "Running");

      server
          .patch(sets("/db"), Map.of("metadata", Map.of("annotations", Map.of(OURS, "skip"))))
          .mustBe(200);

      soon("gone", () -> !exists(space("pods/db-1")));
      soon("let go", () -> finalizers().isEmpty());
      soon("Event", () -> events().contains("CleanupDropped"));
      assertThat(exists(space("persistentvolumeclaims/data-db-1"))).isTrue();
      assertThat(drainer.objection()).isEmpty();
    }
  }

  @Test
  @DisplayName("D16 a set in a name space that is deleted is let go")
  void letsGoWhereTheNameSpaceEnds() throws IOException {
    addSet(2, 2);
    try (Drainer drainer = drainer()) {
      soon("held", () -> finalizers().contains(OURS));
      server.delete("/api/v1/namespaces/" + mark, Map.of()).mustBe(200, 202);

      server.patch(sets("/db"), Map.of("spec", Map.of("replicas", 1))).mustBe(200);

      soon("let go", () -> finalizers().isEmpty());
      assertThat(exists(space("persistentvolumeclaims/data-db-1"))).isTrue();
      assertThat(drainer.objection()).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "D15 what was made anew is not deleted, and a patch on an old version changes nothing")
  void holdsToWhatItHasSeen() throws IOException {
    addSet(1, 1);
    try (FabricCluster cluster =
        FabricCluster.connect(connection(account), InstantSource.system())) {
      StatefulCluster stateful = cluster.stateful();
      soon("rights", () -> stateful.readSet(mark, "db") instanceof Found.There<SetFacts>);
      SetFacts set = ((Found.There<SetFacts>) stateful.readSet(mark, "db")).object();
      ClaimFacts other =
          new ClaimFacts(mark, "data-db-0", "other", "", false, false, Instant.EPOCH);
      assertThat(stateful.deleteClaim(other)).isInstanceOf(ObjectAnswer.Conflict.class);
      assertThat(exists(space("persistentvolumeclaims/data-db-0"))).isTrue();
      String patch =
          "[{\"op\":\"test\",\"path\":\"/metadata/resourceVersion\",\"value\":\"1\"},"
              + "{\"op\":\"add\",\"path\":\"/metadata/finalizers\",\"value\":[\""
              + OURS
              + "\"]}]";
      assertThat(stateful.patchSet(set.id(), patch)).isInstanceOf(ObjectAnswer.Conflict.class);
      assertThat(finalizers()).isEmpty();
      assertThat(stateful.readPod(mark, "db-0")).isEqualTo(new Found.Gone<OrdinalPod>());
    }
  }

  @Test
  @DisplayName("D03 each right that is missing is named")
  void namesMissingRights() throws IOException {
    try (FabricCluster granted =
            FabricCluster.connect(connection(account), InstantSource.system());
        ApiServer nobody = token("default");
        FabricCluster denied = FabricCluster.connect(connection(nobody), InstantSource.system())) {
      soon("roles", () -> rights(granted).areAll());
      assertThat(rights(denied).isKnown()).isTrue();
      assertThat(rights(denied).missing()).hasSize(18);
      assertThat(rights(denied).missing().getFirst())
          .hasToString("get statefulsets.apps in namespace " + mark);
    }
  }

  private Rights rights(FabricCluster cluster) {
    return Rights.ask(cluster.stateful(), Scope.of(mark), mark, CleanupSettings.LEASE);
  }
}
