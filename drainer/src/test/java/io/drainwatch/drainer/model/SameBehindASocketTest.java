package io.drainwatch.drainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.AttachmentListing;
import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.ClusterConnection;
import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.evictions.Pods;
import io.drainwatch.drainer.model.ModelBudget.Spec;
import io.drainwatch.drainer.nodes.NodePatch;
import io.drainwatch.drainer.nodes.NodeTaint;
import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.Toleration;
import io.drainwatch.drainer.pods.VolumeKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model in memory and the model behind a socket tell the drain the same. */
class SameBehindASocketTest {
  private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
  private static final Map<String, String> WEB = Map.of("app", "web");
  private final ModelCluster near = cluster();
  private final ModelApi memory = new ModelApi(near);
  private final ModelServer server = ModelServer.stepped(cluster());
  @TempDir private Path directory;
  private Cluster socket = memory;

  private static ModelCluster cluster() {
    ModelCluster cluster = new ModelCluster(TEN);
    cluster.addNode("n1", Map.of("pool", "a"));
    cluster.addNode("n2");
    cluster.taint("n1", new NodeTaint("theirs", "x", "PreferNoSchedule", Optional.empty()));
    cluster.annotate("n1", "drainwatch.io/maintenance", "{}");
    cluster.replicaSet("shop", "web", 2, pod -> pod.grace(Duration.ofSeconds(7)), "n1");
    cluster.add(
        new PodFields("shop", "odd")
            .on("n1")
            .unready()
            .volume("scratch", VolumeKind.EMPTY_DIR)
            .volume("disk", VolumeKind.CLAIM)
            .finalizer("example.com/hold")
            .annotated("a", "b")
            .priority(7, "high")
            .tolerating(new Toleration("k", "Equal", "v", "NoExecute"))
            .pinnedTo("n1"));
    return cluster;
  }

  @BeforeEach
  void connect() throws IOException {
    socket =
        FabricCluster.connect(
            ClusterConnection.of(
                server.writeKubeconfig(directory.resolve("config")), "drainwatch.io/x", "x"),
            () -> TEN);
  }

  @AfterEach
  void close() {
    socket.close();
    server.close();
  }

  private static EvictionRequest.Evict eviction(String name, String uid) {
    return new EvictionRequest.Evict(
        Pods.named(uid, "shop", name), 1, Optional.of(Duration.ofSeconds(3)));
  }

  private NodePatch cordon(String version) {
    return new NodePatch(
        version,
        new TreeMap<>(),
        new TreeMap<>(Map.of("x", Optional.of("y"))),
        Optional.of(true),
        Optional.empty());
  }

  private EvictionAnswer inMemory(String name, String uid) {
    List<EvictionAnswer> answers = new ArrayList<>();
    memory.send(eviction(name, uid), answers::add);
    memory.advance(Duration.ZERO);
    return answers.getFirst();
  }

  private EvictionAnswer bySocket(String name, String uid) throws InterruptedException {
    BlockingQueue<EvictionAnswer> answers = new LinkedBlockingQueue<>();
    socket.send(eviction(name, uid), answers::add);
    return Optional.ofNullable(answers.poll(20, TimeUnit.SECONDS)).orElseThrow();
  }

  @Test
  void aNodeReadsTheSame() {
    assertThat(socket.readNode("n1")).isEqualTo(memory.readNode("n1"));
    assertThat(socket.readNode("n3")).isInstanceOf(NodeReading.Gone.class);
  }

  @Test
  void attachmentsReadTheSame() {
    assertThat(volumes(socket, "n1")).isEqualTo(volumes(memory, "n1")).isEmpty();
    memory.cluster().attach("att-1", "n1", "pv-1");
    memory.cluster().attach("att-2", "n2", "pv-2");
    server.with(
        each -> {
          each.attach("att-1", "n1", "pv-1");
          each.attach("att-2", "n2", "pv-2");
          return each;
        });
    assertThat(volumes(socket, "n1")).isEqualTo(volumes(memory, "n1")).containsExactly("pv-1");
  }

  private static List<String> volumes(Cluster cluster, String node) {
    return ((AttachmentListing.Complete) cluster.listAttachments(node)).volumes();
  }

  @Test
  void podsReadTheSame() {
    PodListing.Complete here = (PodListing.Complete) memory.listPods("n1");
    PodListing.Complete there = (PodListing.Complete) socket.listPods("n1");

    assertThat(there.pods()).isEqualTo(here.pods());
    assertThat(there.serverNow()).isEqualTo(here.serverNow());
  }

  @Test
  void aPatchReadsTheSame() {
    String version = near.node("n1").resourceVersion();

    assertThat(socket.patchNode("n1", cordon(version)))
        .isEqualTo(memory.patchNode("n1", cordon(version)))
        .isInstanceOf(WriteAnswer.Done.class);
    assertThat(socket.patchNode("n1", cordon(version))).isInstanceOf(WriteAnswer.Conflict.class);
  }

  @Test
  void answersToEvictionsReadTheSame() throws InterruptedException {
    String uid = near.pod("shop", "web-1").uid();
    near.addBudget("shop", "web", Spec.maxUnavailable(WEB, "1"));
    server.with(it -> it.addBudget("shop", "web", Spec.maxUnavailable(WEB, "1")));

    assertThat(bySocket("web-1", "another")).isEqualTo(inMemory("web-1", "another"));
    assertThat(bySocket("web-1", uid)).isEqualTo(inMemory("web-1", uid));
    near.changeBudget("shop", "web", Spec.maxUnavailable(WEB, "2"));
    server.with(
        it -> {
          it.changeBudget("shop", "web", Spec.maxUnavailable(WEB, "2"));
          return it;
        });
    assertThat(bySocket("web-1", uid)).isEqualTo(inMemory("web-1", uid));
    assertThat(bySocket("nobody", uid)).isEqualTo(inMemory("nobody", uid));
  }

  static List<Fault> faults() {
    return Fault.matrix().stream().filter(fault -> fault != Fault.SLOW).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aFaultLooksTheSame(Fault fault) throws InterruptedException {
    memory.faults().everything(fault);
    server.faults().everything(fault);
    String uid = near.pod("shop", "web-1").uid();
    String version = near.node("n1").resourceVersion();

    assertThat(socket.patchNode("n1", cordon(version)))
        .hasSameClassAs(memory.patchNode("n1", cordon(version)));
    assertThat(socket.readNode("n1")).hasSameClassAs(memory.readNode("n1"));
    assertThat(socket.listPods("n1")).hasSameClassAs(memory.listPods("n1"));
    EvictionAnswer here = inMemory("web-1", uid);
    EvictionAnswer there = bySocket("web-1", uid);
    assertThat(there).hasSameClassAs(here);
    if (here instanceof EvictionAnswer.Http(int status, var body, var after)
        && there instanceof EvictionAnswer.Http other) {
      assertThat(other.status()).isEqualTo(status);
      assertThat(other.body()).hasSameClassAs(body);
      assertThat(other.retryAfter()).isEqualTo(after);
    }
    assertThat(server.requests(Verb.EVICT)).hasSize(1);
  }

  @Test
  void aWatchTellsTheSame() throws InterruptedException {
    BlockingQueue<PodsSeen> there = new LinkedBlockingQueue<>();
    List<PodsSeen> here = new ArrayList<>();
    memory.watchPods("n1", here::add);
    memory.advance(Duration.ZERO);
    near.add(new PodFields("shop", "late").on("n1").uid("late"));
    memory.advance(Duration.ZERO);
    try (Cluster.Watching watching = socket.watchPods("n1", there::add)) {
      PodsSeen first = Optional.ofNullable(there.poll(20, TimeUnit.SECONDS)).orElseThrow();
      assertThat(first.view()).isEqualTo(here.getFirst().view());
      server.with(it -> it.add(new PodFields("shop", "late").on("n1").uid("late")));
      PodsSeen second = Optional.ofNullable(there.poll(20, TimeUnit.SECONDS)).orElseThrow();
      assertThat(second.view().pods())
          .containsExactlyInAnyOrderElementsOf(here.getLast().view().pods());
      assertThat(second.view().pods()).extracting(PodFacts::name).contains("late");
    }
  }
}
