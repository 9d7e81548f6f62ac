package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.cleaning.Rights;
import io.drainwatch.drainer.cleaning.Scope;
import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.cluster.Found;
import io.drainwatch.drainer.cluster.ObjectAnswer;
import io.drainwatch.drainer.cluster.StatefulCluster;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.watcher.drainer.CleanupSettings;
import io.drainwatch.watcher.drainer.Drainer;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clean-up behind StatefulSets in a real API server. */
@Timeout(180)
class ScaleDownApiServerTest extends SetOnApiServer {
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
