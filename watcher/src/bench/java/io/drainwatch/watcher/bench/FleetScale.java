package io.drainwatch.watcher.bench;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.ModelServer;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.ObservationJson;
import io.drainwatch.drainer.nodes.ObservationNote;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One drainer and the Nodes of a large cluster: how long from a watcher's note of an event to the
 * cordon, and what the drainer's heap holds when all these maintenances are open.
 */
final class FleetScale {
  /** A maintenance costs some eight writes, and 50 requests a second is the most we send. */
  static final Duration BETWEEN_TWO = Duration.ofMillis(250);

  static final Duration SETTLED = Duration.ofSeconds(30);
  private static final Duration AT_THE_END = Duration.ofSeconds(30);

  private FleetScale() {}

  static List<String> measure(int nodes, int open) throws Exception {
    InstantSource clock = InstantSource.system();
    ModelCluster cluster = new ModelCluster(clock.instant());
    for (int i = 0; i < nodes; i++) {
      cluster.addNode("n" + i);
      tell(cluster, "n" + i, List.of());
    }
    try (Workplace workplace = Workplace.create();
        ModelServer server = ModelServer.by(clock, cluster)) {
      String settings =
          """
          drainwatch:
            kubernetes: {form: controller, namespace: ops, pod-name: drainer, kubeconfig: %s, cordon: {settle: 0s}}
          micronaut: {server: {port: -1}}
          """
              .formatted(server.writeKubeconfig(workplace.path().resolve("kubeconfig")));
      try (DaemonProcess drainer = DaemonProcess.start(workplace, "drainer", "256m", settings)) {
        TimeUnit.MILLISECONDS.sleep(SETTLED.toMillis());
        String idle = drainer.line() + ", heap used " + drainer.heapUsedKilobytes() / 1024 + " MiB";
        Map<String, Instant> told = new HashMap<>();
        for (int i = 0; i < open; i++) {
          String node = "n" + i;
          told.put(node, Instant.now());
          server.with(
              each -> {
                tell(each, node, List.of(reboot(node, each.now())));
                return each;
              });
          TimeUnit.MILLISECONDS.sleep(BETWEEN_TWO.toMillis());
        }
        TimeUnit.MILLISECONDS.sleep(AT_THE_END.toMillis());
        List<Duration> lasted = new ArrayList<>();
        Map<String, Instant> cordoned = cordons(server);
        told.forEach(
            (node, at) ->
                lasted.add(
                    Optional.ofNullable(cordoned.get(node))
                        .map(then -> Duration.between(at, then))
                        .orElse(Duration.ofHours(1)))); // never: seen in the figures
        return List.of(
            "drainer, " + nodes + " Nodes, idle: " + idle,
            Bench.figures("drainer, watcher's note to cordon", lasted),
            "drainer, "
                + open
                + " maintenances open: "
                + drainer.line()
                + ", heap used "
                + drainer.heapUsedKilobytes() / 1024
                + " MiB of 256");
      }
    }
  }

  static Map<String, Instant> cordons(ModelServer server) {
    Map<String, Instant> first = new HashMap<>();
    for (ModelRequest request : server.requests(Verb.PATCH_NODE)) {
      if (request.body().contains("\"unschedulable\":true")) {
        first.putIfAbsent(request.target(), request.at());
      }
    }
    return first;
  }

  static NodeEvent reboot(String node, Instant now) {
    return new NodeEvent(
        "EVENT-OF-" + node,
        "Reboot",
        EventStatus.SCHEDULED,
        Optional.of(now.plus(Duration.ofMinutes(60))),
        EventSource.PLATFORM,
        List.of("vm-" + node),
        Optional.empty());
  }

  static void tell(ModelCluster cluster, String node, List<NodeEvent> events) {
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
            List.of(),
            List.of(),
            List.of(),
            0);
    cluster.annotate(node, NodeKeys.OBSERVATION, ObservationJson.write(note));
  }
}
