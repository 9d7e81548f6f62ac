package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.model.ShelfServer;
import io.drainwatch.watcher.DrainerApplication;
import io.drainwatch.watcher.chart.Access;
import io.drainwatch.watcher.chart.Grant;
import io.drainwatch.watcher.chart.Shipped;
import io.drainwatch.watcher.configuration.LoadedSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same as {@link ShippedRolesTest} for the clean-up behind StatefulSets. */
@Timeout(120)
class ShippedCleanupRoleTest {
  private static final String PODS = "/api/v1/namespaces/shop/pods";
  private static final String CLAIMS = "/api/v1/namespaces/shop/persistentvolumeclaims";
  private static final String SETS = "/apis/apps/v1/namespaces/shop/statefulsets";

  @TempDir Path directory;

  private static void soon(String what, Callable<Boolean> holds) {
    await(what).atMost(Duration.ofSeconds(60)).until(holds);
  }

  private DrainerApplication drainer(Shipped shipped, ShelfServer server) throws Exception {
    Path file = Files.writeString(directory.resolve("drainwatch.yml"), shipped.configuration());
    Map<String, String> environment = new HashMap<>(shipped.environment("drainer", "n1"));
    environment.put(
        "DRAINWATCH_KUBERNETES_KUBECONFIG",
        server.writeKubeconfig(directory.resolve("kubeconfig")).toString());
    environment.put("DRAINWATCH_STATE_DIR", directory.resolve("state").toString());
    environment.put("MICRONAUT_SERVER_PORT", "-1");
    LoadedSettings loaded = LoadedSettings.load(Optional.of(file), environment, new Properties());
    return LiveDrainer.started(loaded, InstantSource.system());
  }

  private static void runs(ShelfServer server, String pod, String end) {
    soon(pod, () -> server.find(PODS + "/" + pod).isPresent());
    for (String phase : List.of("Running", end)) {
      server.change(
          PODS + "/" + pod, each -> ((ObjectNode) each.withObject("/status")).put("phase", phase));
    }
  }

  private Set<Access> cleaningUp(Shipped shipped) throws Exception {
    try (ShelfServer server = new ShelfServer()) {
      server.add(
          SETS,
          """
          {"kind":"StatefulSet","metadata":{"name":"db","generation":1,"annotations":{
          "drainwatch.io/scaledown-pod-template":
          "{\\"spec\\":{\\"containers\\":[{\\"name\\":\\"c\\",\\"image\\":\\"i\\"}]}}"}},
          "spec":{"replicas":1,"selector":{"matchLabels":{"app":"db"}},
          "template":{"spec":{"containers":[{"name":"db"}]}},
          "volumeClaimTemplates":[{"metadata":{"name":"data"}}]}}""");
      for (int i = 0; i < 2; i++) {
        server.add(
            CLAIMS,
            "{\"kind\":\"PersistentVolumeClaim\",\"metadata\":{\"name\":\"data-db-" + i + "\"}}");
      }
      try (DrainerApplication drainer = drainer(shipped, server)) {
        runs(server, "db-1", "Succeeded");
        soon("claim", () -> server.paths(CLAIMS).equals(List.of(CLAIMS + "/data-db-0")));
        soon("pod", () -> server.paths(PODS).isEmpty());
        soon("finalizer", () -> !server.find(SETS + "/db").orElseThrow().has("finalizers"));
        soon("Events", () -> server.calls().stream().anyMatch(it -> it.path().endsWith("/events")));
        assertThat(drainer.drainer().isLeading()).isTrue();
      }
      return server.calls().stream()
          .map(Access::of)
          .flatMap(Optional::stream)
          .collect(Collectors.toSet());
    }
  }

  @Test
  void cleansUpWithTheShippedRoleAndNothingMore() throws Exception {
    Shipped shipped =
        Shipped.with(
            Map.of(
                "scaleDown.enabled",
                true,
                "scaleDown.namespaces",
                List.of("shop"),
                // in mode drain its own role allows some of the same
                "config.kubernetes.mode",
                "observe"));
    List<Grant> all = shipped.grants("drainer");

    Set<Access> asked = cleaningUp(shipped);

    assertThat(asked).allMatch(each -> all.stream().anyMatch(grant -> grant.allows(each)));
    List<Grant> ofTheCleanUp =
        all.stream()
            .filter(
                grant ->
                    grant.role().endsWith("-scaledown")
                        || grant.name().equals("drainwatch-scaledown"))
            .toList();
    assertThat(ofTheCleanUp).hasSizeGreaterThan(10);
    assertThat(ofTheCleanUp).filteredOn(grant -> isUnneeded(grant, all, asked)).isEmpty();
  }

  private static boolean isUnneeded(Grant one, List<Grant> all, Set<Access> asked) {
    return asked.stream()
        .allMatch(each -> all.stream().anyMatch(grant -> !grant.equals(one) && grant.allows(each)));
  }
}
