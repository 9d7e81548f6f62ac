package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.watcher.events.ClientState;
import io.drainwatch.watcher.events.MetadataStatus;
import io.drainwatch.watcher.node.AgentNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NodesPoolTest {
  @TempDir private Path directory;

  @Test
  void theNodesLabelTellsThePool() throws Exception {
    try (OwnNode own = OwnNode.in(directory, 0);
        AgentNode agent = own.agent(false)) {
      own.server()
          .with(
              each -> {
                each.label("node-1", "kubernetes.azure.com/agentpool", "blue");
                return each;
              });
      assertThat(agent.pool()).as("not looked at yet").isEmpty();
      agent.start(
          observation -> {},
          new NodeSide.Inside() {
            @Override
            public MetadataStatus metadata() {
              return new MetadataStatus(ClientState.values()[0], "", false, Optional.empty(), 0);
            }

            @Override
            public Set<Hook> hooksWithScripts(Watch watch) {
              return Set.of();
            }
          });

      Awaitility.await().until(() -> agent.pool().equals(Optional.of("blue")));
    }
  }
}
