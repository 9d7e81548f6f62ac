package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.watcher.metrics.Metrics;
import io.drainwatch.watcher.node.AgentNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Form agent whole: the real daemon, fabric8's transport, and the model of a cluster behind it. */
class AgentTest {
  @TempDir private Path directory;

  @Test
  @DisplayName("the daemon drains its own Node over a socket, acknowledges, and stays cordoned")
  void drainsItsOwnNode() throws Exception {
    Metrics metrics = new Metrics("1.2.3");
    try (OwnNode node = OwnNode.in(directory, 3)) {
      AgentNode agent = node.agent(false);
      agent.countedBy(metrics::ofTheNode);
      try (TestVm vm =
          TestVm.in(Files.createDirectory(directory.resolve("vm"))).node(agent).start()) {
        String event = vm.publish("Reboot");
        await().atMost(Duration.ofSeconds(20)).until(() -> vm.posts().contains(event));
        assertThat(vm.daemon().watch().episode().orElseThrow().drain().isComplete()).isTrue();
        assertThat(node.isCordoned()).isTrue();
        List<Verb> verbs = node.server().requests().stream().map(ModelRequest::verb).toList();
        assertThat(verbs).containsSubsequence(Verb.PATCH_NODE, Verb.EVICT, Verb.LIST_PODS);
        assertThat(verbs).filteredOn(Verb.EVICT::equals).hasSize(3);
        assertThat(metrics.scrape())
            .contains("drainwatch_eviction_requests_total{code=\"201\"} 3.0")
            .contains("drainwatch_pods_evicted_total{how=\"evicted\"} 3.0");
      }
      assertThat(node.isCordoned()).as("a stop of the daemon undoes nothing").isTrue();
    }
  }
}
