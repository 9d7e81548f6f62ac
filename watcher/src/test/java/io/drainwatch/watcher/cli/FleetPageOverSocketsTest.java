package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.model.ModelBudget;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The drainer's page over real sockets. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class FleetPageOverSocketsTest {
  private final DrainedCluster cluster = new DrainedCluster();
  @TempDir Path directory;

  @AfterEach
  void close() {
    cluster.close();
  }

  private static void soon(String what, Callable<Boolean> holds) {
    await(what).atMost(Duration.ofSeconds(40)).until(holds);
  }

  @Test
  void showsWhyADrainDoesNotGoOn() throws Exception {
    cluster.web(2, Duration.ofMillis(200), "n1");
    cluster.server.with(
        it ->
            it.addBudget(
                "shop", "front", ModelBudget.Spec.maxUnavailable(Map.of("app", "web-n1"), "0")));
    try (LiveDrainer drainer = LiveDrainer.of(cluster.server, directory, "drainer-a")) {
      cluster.announce("n1");
      soon(
          "blocked", () -> drainer.ask("GET", "/?state=blocked").body().contains("id=\"node-n1\""));
      String page = drainer.ask("GET", "/?q=n1").body();
      assertThat(page)
          .contains("PodDisruptionBudget", ">shop/front</a>", "<code>shop/web-n1-")
          .contains("The disruption budget front needs")
          .contains("This replica leads: drainer-a/")
          .contains("1 Node, of 3 in all.");
    }
  }

  @Test
  void isClosedToAllButItselfAndChangesNothing() throws Exception {
    try (LiveDrainer drainer = LiveDrainer.of(cluster.server, directory, "drainer-a")) {
      soon("leads", drainer::isLeading);
      HttpResponse<String> page = drainer.ask("GET", "/");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .startsWith("default-src 'none'; ");
      assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(drainer.status("/assets/fleet.css")).isEqualTo(200);
      assertThat(drainer.ask("POST", "/").statusCode()).isEqualTo(401);
      assertThat(drainer.ask("POST", "/fleet").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void sendsTheInsideOnceAndAgainOnlyWhenSomethingHappens() throws Exception {
    try (LiveDrainer drainer = LiveDrainer.of(cluster.server, directory, "drainer-a")) {
      soon("leads", () -> drainer.ask("GET", "/fleet").body().contains("3 Nodes."));
      HttpResponse<String> inside = drainer.ask("GET", "/fleet");
      assertThat(inside.body())
          .startsWith("<div id=\"fleet\" data-title=\"all quiet - Drainwatch\"");
      String tag = inside.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> again = drainer.ask("GET", "/fleet", "If-None-Match", tag);
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      cluster.announce("n2");
      soon("news", () -> drainer.ask("GET", "/fleet", "If-None-Match", tag).body().contains("n2"));
    }
  }

  @Test
  void aReplicaThatStandsByNamesTheOneThatLeads() throws Exception {
    try (LiveDrainer first = LiveDrainer.of(cluster.server, directory, "drainer-a")) {
      soon("a leader", first::isLeading);
      try (LiveDrainer second = LiveDrainer.of(cluster.server, directory, "drainer-b")) {
        soon("the leader's name", () -> second.ask("GET", "/").body().contains("drainer-a/"));
        assertThat(second.ask("GET", "/").body())
            .contains("This replica does not lead")
            .contains("kubectl -n ops port-forward pod/drainer-a " + second.address().getPort())
            .doesNotContain("id=\"nodes-title\"");
      }
    }
  }
}
