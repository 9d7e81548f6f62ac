package io.drainwatch.browser;

import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.model.ModelBudget;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelServer;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.ObservationJson;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.watcher.Drainwatch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code drainwatch drainer} as a process, before a model of a cluster: pools {@code web} and
 * {@code system}, of which one Node at a time may be out of service.
 */
final class PagedFleet implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("health and metrics on (http://[^\\s]+)");
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String POOL = "kubernetes.azure.com/agentpool";

  private final ModelServer server;
  private final Process drainer;
  private final Path said;
  private int events;

  PagedFleet(Path directory, int nodes) throws IOException {
    InstantSource clock = InstantSource.system();
    ModelCluster cluster = new ModelCluster(clock.instant());
    for (int i = 0; i < nodes; i++) {
      cluster.addNode("web-" + i);
      cluster.label("web-" + i, POOL, "web");
      cluster.label("web-" + i, "topology.kubernetes.io/zone", "westeurope-" + (1 + i % 3));
    }
    cluster.addNode("sys-0");
    cluster.label("sys-0", POOL, "system");
    cluster.replicaSet("shop", "front", 3, pod -> {}, "web-0");
    cluster.addBudget(
        "shop", "front", ModelBudget.Spec.maxUnavailable(Map.of("app", "front"), "0"));
    server = ModelServer.by(clock, cluster);
    Path configuration =
        Files.writeString(
            directory.resolve("drainwatch.yml"),
            """
            micronaut:
              server:
                port: -1
            drainwatch:
              kubernetes:
                form: controller
                namespace: ops
                pod-name: drainer-a
                kubeconfig: %s
                drainer:
                  budget: 1
                cordon:
                  settle: 0s
                return:
                  min-ready: 0s
            """
                .formatted(server.writeKubeconfig(directory.resolve("kubeconfig"))));
    said = directory.resolve("said");
    drainer = start(configuration, said);
  }

  private static Process start(Path configuration, Path said) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Drainwatch.class.getName(),
            "drainer",
            "--config",
            configuration.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(said.toFile())
        .start();
  }

  /** Once it is there. */
  URI page() throws IOException {
    await("the drainer")
        .atMost(LIMIT)
        .failFast("it has ended: " + said, () -> !drainer.isAlive())
        .until(() -> ADDRESS.matcher(Files.readString(said)).find());
    Matcher matcher = ADDRESS.matcher(Files.readString(said));
    return matcher.results().findFirst().map(each -> URI.create(each.group(1) + "/")).orElseThrow();
  }

  /** A Reboot in 15 minutes; another each time. */
  void announce(String node) {
    events++;
    server.with(
        cluster -> {
          NodeEvent event =
              new NodeEvent(
                  event(),
                  "Reboot",
                  EventStatus.SCHEDULED,
                  Optional.of(cluster.now().plus(Duration.ofMinutes(15))),
                  EventSource.PLATFORM,
                  List.of("vm-" + node),
                  Optional.empty());
          tell(cluster, node, List.of(event), List.of());
          return cluster;
        });
  }

  private String event() {
    return "EVENT-" + events;
  }

  /** What was announced last is not in the documents any more. */
  void cancel(String node) {
    server.with(
        cluster -> {
          tell(cluster, node, List.of(), List.of(event()));
          return cluster;
        });
  }

  private static void tell(
      ModelCluster cluster, String node, List<NodeEvent> events, List<String> gone) {
    ObservationNote note =
        new ObservationNote(
            Optional.of("id-of-vm-" + node),
            "vm-" + node,
            cluster.node(node).bootId(),
            1,
            cluster.now(),
            ObservationNote.Health.OK,
            events,
            List.of(),
            gone,
            List.of(),
            List.of(),
            0);
    cluster.annotate(node, NodeKeys.OBSERVATION, ObservationJson.write(note));
  }

  /** The budget is no more. */
  void removeBudget() {
    server.with(
        cluster -> {
          cluster.deleteBudget("shop", "front");
          return cluster;
        });
  }

  @Override
  public void close() throws InterruptedException {
    drainer.destroy();
    if (!drainer.waitFor(20, TimeUnit.SECONDS)) {
      drainer.destroyForcibly();
    }
    server.close();
  }
}
