package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.cluster.ClusterConnection;
import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.evictions.EvictionSettings;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.ModelServer;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.ForeignUncordon;
import io.drainwatch.drainer.nodes.MarkSettings;
import io.drainwatch.drainer.nodes.ReturnSettings;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.nodework.NodeWork;
import io.drainwatch.drainer.pods.Ourselves;
import io.drainwatch.drainer.pods.PodRules;
import io.drainwatch.watcher.node.AgentNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Form agent whole: the real daemon, fabric8's transport, and the model of a cluster behind it. */
class AgentTest {
  private static final String NODE = "node-1";

  private final InstantSource clock = InstantSource.system();
  private final ModelCluster cluster = new ModelCluster(clock.instant());
  private final ModelServer server = ModelServer.by(clock, cluster);

  @TempDir private Path directory;

  @BeforeEach
  void aCluster() {
    server.with(
        each -> {
          each.addNode(NODE);
          each.addNode("node-2");
          each.rebooted(NODE, "boot-1");
          each.ready(NODE);
          return each.replicaSet("shop", "web", 3, pod -> {}, NODE);
        });
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  private AgentNode agent() throws IOException {
    Path kubeconfig = directory.resolve("kubeconfig");
    server.writeKubeconfig(kubeconfig);
    NodeSettings settings =
        new NodeSettings(
            "watcher-1",
            MarkSettings.CORDON_ONLY,
            Duration.ofMillis(200),
            Duration.ZERO,
            PodRules.defaults(),
            EvictionSettings.DEFAULT,
            ForeignUncordon.RESPECT,
            new ReturnSettings(Duration.ofMillis(200), Duration.ofMinutes(1)),
            true,
            true,
            Ourselves.NO_POD,
            false,
            true);
    return new AgentNode(
        NODE,
        new NodeWork(settings, Policy.defaults()),
        FabricCluster.connect(
            ClusterConnection.of(kubeconfig, "drainwatch.io/watcher", "test"), clock),
        clock,
        note -> {});
  }

  private boolean isCordoned() {
    return server.with(each -> each.node(NODE).facts().unschedulable());
  }

  @Test
  @DisplayName("the daemon drains its own Node over a socket, acknowledges, and stays cordoned")
  void drainsItsOwnNode() throws IOException {
    try (TestVm vm =
        TestVm.in(Files.createDirectory(directory.resolve("vm"))).node(agent()).start()) {
      String event = vm.publish("Reboot");
      await().atMost(Duration.ofSeconds(20)).until(() -> vm.posts().contains(event));
      assertThat(vm.daemon().watch().episode().orElseThrow().drain().isComplete()).isTrue();
      assertThat(isCordoned()).isTrue();
      List<Verb> verbs = server.requests().stream().map(ModelRequest::verb).toList();
      assertThat(verbs).containsSubsequence(Verb.PATCH_NODE, Verb.EVICT, Verb.LIST_PODS);
      assertThat(verbs).filteredOn(Verb.EVICT::equals).hasSize(3);
    }
    assertThat(isCordoned()).as("a stop of the daemon undoes nothing").isTrue();
  }
}
