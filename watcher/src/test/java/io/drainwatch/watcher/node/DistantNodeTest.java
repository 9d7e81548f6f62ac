package io.drainwatch.watcher.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.distant.DistantWork;
import io.drainwatch.drainer.distant.Standing;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeNotice;
import io.drainwatch.drainer.nodes.Phase;
import io.drainwatch.watcher.daemon.NodeSide;
import io.drainwatch.watcher.events.ClientState;
import io.drainwatch.watcher.events.MetadataStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The threads around {@link DistantWork}. */
class DistantNodeTest {
  private final Standing standing = new Standing();
  private final OneNode cluster = new OneNode(standing.node());
  private final List<Observation> reported = new CopyOnWriteArrayList<>();
  private final AtomicInteger listed = new AtomicInteger();
  private final AtomicReference<Instant> now = new AtomicReference<>(Standing.NOW);
  private final DistantNode node =
      new DistantNode("node-1", new DistantWork(Policy.defaults(), true), cluster, now::get);

  private final NodeSide.Inside inside =
      new NodeSide.Inside() {
        @Override
        public MetadataStatus metadata() {
          return new MetadataStatus(ClientState.OK, "2020-07-01", true, Optional.empty(), 0);
        }

        @Override
        public Set<Hook> hooksWithScripts(Watch watch) {
          listed.incrementAndGet();
          return Set.of(Hook.DRAIN);
        }
      };

  @Test
  void saysWhetherItSeesTheGroupItself() {
    DistantWork work = new DistantWork(Policy.defaults(), true);
    try (DistantNode seeing = new DistantNode("node-1", work, cluster, now::get, false, true)) {
      assertThat(seeing.seesTheGroup()).isTrue();
    }
    assertThat(node.seesTheGroup()).isFalse();
  }

  @Test
  @DisplayName("the first patch of a maintenance is rehearsed at the start, and not in dry-run")
  void rehearsesThePatchAtTheStart() {
    node.warmUp();
    assertThat(cluster.rehearsed).containsExactly("node-1");
    DistantWork dry = new DistantWork(Policy.defaults(), false);
    try (DistantNode silent = new DistantNode("node-1", dry, cluster, now::get)) {
      silent.warmUp();
    }
    assertThat(cluster.rehearsed).hasSize(1);
    assertThat(cluster.patches).isEmpty();
  }

  @AfterEach
  void close() {
    node.close();
    assertThat(cluster.closed).isTrue();
  }

  private void begin() {
    node.start(reported::add, inside);
    node.stepped(standing.watch(), List.of());
    await().until(() -> !cluster.patches.isEmpty());
  }

  private String newest() {
    return cluster.patches.getLast().annotations().get(NodeKeys.OBSERVATION).orElseThrow();
  }

  @Test
  void itsFirstWordSaysWhichHooksThereAre() {
    begin();
    assertThat(newest()).contains("\"id\":\"A\"", "\"hook\":\"drain\",\"outcome\":\"planned\"");
    node.stepped(standing.watch(), List.of());
    node.acknowledged("A", 200);
    await().until(() -> newest().contains("\"status\":200"));
    assertThat(listed).as("looked for once in an episode").hasValue(1);
  }

  @Test
  @DisplayName("what is read is on its way to the Node in well under 100 ms")
  void tellsAtOnce() {
    begin();
    List<Long> milliseconds = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      int before = cluster.patches.size();
      long from = System.nanoTime();
      standing.absentFrom = i % 2 == 0 ? 1 : 0;
      node.stepped(standing.watch(), List.of());
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> cluster.patches.size() > before);
      milliseconds.add((System.nanoTime() - from) / 1_000_000);
    }
    assertThat(milliseconds.stream().sorted().toList().get(10)).isLessThan(100);
  }

  @Test
  @DisplayName("I1 an acknowledgement is withheld until the record allows it, then sent once")
  void withholdsAndSends() {
    standing.state = MaintenanceState.DRAINED;
    standing.recorded = MaintenanceState.DRAINED;
    standing.phase = Phase.ACKNOWLEDGING;
    begin();
    AtomicInteger sent = new AtomicInteger();
    node.whenAckable("A", sent::incrementAndGet);
    await().until(() -> reported.contains(new Observation.AcknowledgeWithheld("A")));
    standing.drained = List.of("A");
    standing.ackable = List.of("A");
    cluster.becomes(standing.node());
    await().until(() -> reported.contains(new Observation.AcknowledgeAllowed("A")));
    assertThat(sent).hasValue(0);
    node.whenAckable("A", sent::incrementAndGet);
    await().until(() -> sent.get() == 1);
  }

  @Test
  @DisplayName("K82 nobody answers: one Event, and a figure for the metrics")
  void saysThatNobodyAnswers() {
    standing.hasRecord = false;
    cluster.becomes(standing.node());
    begin();
    now.set(Standing.NOW.plusSeconds(11));
    node.acknowledged("A", 0); // wakes it
    await().until(() -> !cluster.told.isEmpty());
    assertThat(cluster.told)
        .singleElement()
        .satisfies(news -> assertThat(news.notice()).isEqualTo(NodeNotice.UNATTENDED));
    assertThat(node.unattended()).isEqualTo(Duration.ofSeconds(11));
  }
}
