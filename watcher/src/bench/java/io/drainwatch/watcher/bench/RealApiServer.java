package io.drainwatch.watcher.bench;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.ClusterConnection;
import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.pods.PodFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The API server that a kubeconfig file names; one without controllers will do. A Node and a
 * namespace of their own are made and deleted at the end; no machine is behind the Node: what a
 * kubelet does is done from here. Moments are those at which the bench heard of it by a watch, some
 * milliseconds late.
 */
final class RealApiServer implements ApiServer {
  private static final long HEARTBEAT_SECONDS = 5;

  private final Path kubeconfig;
  private final String name = "drainwatch-bench-" + UUID.randomUUID();
  private final RawApi api;
  private final FabricCluster cluster;
  private final List<Cluster.Watching> watches;
  private final ScheduledExecutorService kubelet =
      Executors.newScheduledThreadPool(4, Thread.ofPlatform().daemon().factory());
  private final Set<String> stopping = new HashSet<>();
  private final NavigableMoments cordoned = new NavigableMoments();
  private final NavigableMoments evicted = new NavigableMoments();
  private volatile Optional<NodeFacts> newest = Optional.empty();
  private volatile List<PodFacts> pods = List.of();
  private int made;

  /** When something was heard that had not been so before. */
  private static final class NavigableMoments {
    private final ConcurrentSkipListMap<Instant, Boolean> moments = new ConcurrentSkipListMap<>();

    void add(Instant moment) {
      moments.put(moment, true);
    }

    Optional<Instant> since(Instant moment) {
      return Optional.ofNullable(moments.ceilingKey(moment));
    }
  }

  RealApiServer(Path kubeconfig) throws IOException {
    this.kubeconfig = kubeconfig;
    api = new RawApi(kubeconfig);
    cluster =
        FabricCluster.connect(
            ClusterConnection.of(kubeconfig, "drainwatch.io/bench", name), InstantSource.system());
    api.post("/api/v1/namespaces", Map.of("metadata", Map.of("name", name)));
    // whoever makes one where there is a controller manager is quicker or slower than we are
    api.tryPost(namespaced("serviceaccounts"), Map.of("metadata", Map.of("name", "default")));
    api.post("/api/v1/nodes", Map.of("metadata", Map.of("name", name)));
    api.patch(
        nodePath() + "/status",
        Map.of("status", Map.of("nodeInfo", Map.of("bootID", ApiServer.bootId()))));
    ready();
    watches = List.of(cluster.watchNode(name, this::node), cluster.watchPods(name, this::pods));
    kubelet.scheduleWithFixedDelay(
        this::ready, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
  }

  private String nodePath() {
    return "/api/v1/nodes/" + name;
  }

  private String namespaced(String resource) {
    return "/api/v1/namespaces/" + name + "/" + resource;
  }

  private void node(NodeReading reading) {
    if (reading instanceof NodeReading.Found(NodeFacts node)) {
      boolean before = isCordoned();
      newest = Optional.of(node);
      if (!before && node.unschedulable()) {
        cordoned.add(Instant.now());
      }
    }
  }

  private void pods(PodsSeen seen) {
    pods = seen.view().pods();
    for (PodFacts pod : pods) {
      if (pod.isTerminating() && stopping.add(pod.uid())) {
        evicted.add(Instant.now());
        kubelet.schedule(() -> stopped(pod), GRACE.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private void stopped(PodFacts pod) {
    api.delete(
        namespaced("pods/" + pod.name()),
        Map.of("gracePeriodSeconds", 0, "preconditions", Map.of("uid", pod.uid())));
  }

  @Override
  public String words() {
    return "API server of KUBECONFIG";
  }

  @Override
  public String node() {
    return name;
  }

  @Override
  public String namespace() {
    return name;
  }

  @Override
  public Path kubeconfig(Path directory) {
    return kubeconfig;
  }

  @Override
  public void pods(int count) {
    for (int i = 0; i < count; i++) {
      String pod = "web-" + made++;
      api.post(
          namespaced("pods"),
          Map.of(
              "metadata",
              Map.of("name", pod, "labels", Map.of("app", "web")),
              "spec",
              Map.of(
                  "nodeName",
                  name,
                  "terminationGracePeriodSeconds",
                  GRACE.toSeconds(),
                  "automountServiceAccountToken",
                  false,
                  "containers",
                  List.of(Map.of("name", "c", "image", "none.invalid/none")))));
      api.patch(
          namespaced("pods/" + pod + "/status"),
          Map.of(
              "status",
              Map.of(
                  "phase",
                  "Running",
                  "conditions",
                  List.of(Map.of("type", "Ready", "status", "True")))));
    }
    Waiting.until("the pods to be heard of", () -> pods.size() >= count);
  }

  @Override
  public boolean isEmpty() {
    return pods.isEmpty();
  }

  @Override
  public boolean isCordoned() {
    return newest.map(NodeFacts::unschedulable).orElse(false);
  }

  @Override
  public boolean hasRecord() {
    return newest.stream()
        .flatMap(node -> node.annotations().keySet().stream())
        .anyMatch(key -> key.startsWith("drainwatch.io/maintenance"));
  }

  @Override
  public Optional<Instant> cordonedSince(Instant moment) {
    return cordoned.since(moment);
  }

  @Override
  public Optional<Instant> evictedSince(Instant moment) {
    return evicted.since(moment);
  }

  @Override
  public Optional<String> requests(Instant from, Instant to) {
    return Optional.empty();
  }

  @Override
  public void uncordon() {
    api.patch(nodePath(), Map.of("spec", Map.of("unschedulable", false)));
    Waiting.until("the uncordon to be heard of", () -> !isCordoned());
  }

  @Override
  public void ready() {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    api.patch(
        nodePath() + "/status",
        Map.of(
            "status",
            Map.of(
                "conditions",
                List.of(
                    Map.of(
                        "type",
                        "Ready",
                        "status",
                        "True",
                        "reason",
                        "KubeletReady",
                        "lastHeartbeatTime",
                        now)))));
  }

  @Override
  public void close() {
    watches.forEach(Cluster.Watching::close);
    kubelet.shutdownNow();
    pods.forEach(this::stopped);
    api.delete(nodePath(), Map.of());
    api.delete("/api/v1/namespaces/" + name, Map.of());
    cluster.close();
    api.close();
  }
}
