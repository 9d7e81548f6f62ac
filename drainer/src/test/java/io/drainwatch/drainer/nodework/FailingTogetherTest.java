package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Writes on many Nodes that the API server turned away in one moment. */
class FailingTogetherTest {
  private static final int NODES = 1_000;
  private static final Instant NOW = NodeRig.START;

  @Test
  @DisplayName("are tried again apart from each other, each time further, and never sooner")
  void comeBackApartFromEachOther() {
    Duration agreed = Duration.ofSeconds(1);
    for (int failures = 0; failures < 8; failures++) {
      Set<Instant> moments = new HashSet<>();
      for (int i = 0; i < NODES; i++) {
        NodeDraft draft = draft("node-" + i);
        for (int before = 0; before < failures; before++) {
          draft.wentWrong();
        }
        Duration wait = draft.wentWrong();
        assertThat(wait).isBetween(agreed, agreed.multipliedBy(3).dividedBy(2));
        assertThat(draft.writes.notBefore()).isEqualTo(NOW.plus(wait));
        moments.add(NOW.plus(wait));
      }
      assertThat(moments).as("after %d", failures + 1).hasSizeGreaterThan(NODES / 4);
      agreed =
          agreed.multipliedBy(2).compareTo(Duration.ofSeconds(60)) < 0
              ? agreed.multipliedBy(2)
              : Duration.ofSeconds(60);
    }
  }

  private static NodeDraft draft(String node) {
    NodeSettings settings = NodeSettings.defaults("watcher-1");
    return new NodeDraft(NodeState.of(node, settings), settings, NOW);
  }
}
