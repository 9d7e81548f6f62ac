package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.maintenance.GroupMember;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.watcher.events.ClientState;
import io.drainwatch.watcher.events.MetadataStatus;
import io.drainwatch.watcher.metrics.Metrics;
import io.drainwatch.watcher.node.AgentNode;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Form agent whole: the real daemon, fabric8's transport, and the model of a cluster behind it. */
@Execution(ExecutionMode.CONCURRENT)
class AgentTest {
  @TempDir private Path directory;

  @Test
  @DisplayName("the daemon drains its own Node over a socket, acknowledges, and stays cordoned")
  void drainsItsOwnNode() throws Exception {
    Metrics metrics = new Metrics("1.2.3");
    try (OwnNode node = OwnNode.in(directory, 3)) {
      AgentNode agent = node.agent(false);
      agent.countedBy(() -> metrics.ofTheNode(agent::figures));
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

  @Test
  @DisplayName("evictions for a Preempt wait behind nobody's that have time")
  void aPreemptIsDrainedThoughManyWaitForTheirTurn() throws Exception {
    try (OwnNode node = OwnNode.in(directory, 3)) {
      AgentNode agent = node.agent(false);
      try (TestVm vm =
          TestVm.in(Files.createDirectory(directory.resolve("vm"))).node(agent).start()) {
        List<Cluster.Sent> waiting = node.keepBusy(3_000); // a minute's
        String event = vm.publish(TestVm.event("Preempt").notice(Duration.ofSeconds(30)));
        await().atMost(Duration.ofSeconds(20)).until(() -> vm.posts().contains(event));
        waiting.forEach(Cluster.Sent::cancel);

        assertThat(vm.daemon().watch().episode().orElseThrow().drain().isComplete()).isTrue();
      }
    }
  }

  @Test
  @DisplayName("out of the service's reach: who the VM is and its events come from the own Node")
  void readsTheConditionsOfItsNode() throws Exception {
    List<Observation> reported = new CopyOnWriteArrayList<>();
    try (OwnNode node = OwnNode.in(directory, 1);
        AgentNode side = node.agent(false, true)) {
      node.announce("Reboot Scheduled: Sat, 21 Nov 2026 10:15:00 GMT. DurationInSeconds: 9.");
      side.start(reported::add, inside(ClientState.DEGRADED));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                side.polled();
                return !reported.isEmpty();
              });
      assertThat(side.vmName()).contains("vm-node-1");
      assertThat(reported.getFirst())
          .isInstanceOfSatisfying(
              Observation.NodeConditionsRead.class, read -> assertThat(read.events()).hasSize(1));
    }
  }

  @Test
  @DisplayName("K74 a full disk: the record on the Node suffices to acknowledge, and it is said")
  void acknowledgesByTheRecordOnTheNode() throws Exception {
    try (OwnNode node = OwnNode.in(directory, 2);
        TestVm vm =
            TestVm.in(Files.createDirectory(directory.resolve("vm")))
                .hook(Hook.DRAIN, "10-a", "echo ready; until [ -e go ]; do sleep 0.02; done")
                .node(node.agent(false))
                .start()) {
      String event = vm.publish("Reboot");
      vm.seen().await("said drain/10-a: ready");
      Path journal = vm.state().resolve("journal.jsonl");
      Files.delete(journal);
      Files.createDirectory(journal);
      vm.put("go");
      await().atMost(Duration.ofSeconds(20)).until(() -> vm.posts().contains(event));

      assertThat(node.isCordoned()).isTrue();
      assertThat(vm.daemon().diskFault()).as("reported all the same").isPresent();
      Files.delete(journal);
      await().atMost(Duration.ofSeconds(20)).until(() -> vm.daemon().diskFault().isEmpty());
      assertThat(vm.journal()).as("written again").isNotEmpty();
    }
  }

  @Test
  @DisplayName("SS06 the other Nodes of its pool are told of, by a list over a socket")
  void seesTheOtherNodes() throws Exception {
    List<Observation> reported = new CopyOnWriteArrayList<>();
    try (OwnNode node = OwnNode.in(directory, 1);
        AgentNode side = node.agent(false, false, true)) {
      side.start(reported::add, inside(ClientState.OK));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                side.polled();
                return reported.stream().anyMatch(Observation.GroupSeen.class::isInstance);
              });
      assertThat(reported)
          .filteredOn(Observation.GroupSeen.class::isInstance)
          .first()
          .satisfies(
              seen ->
                  assertThat(((Observation.GroupSeen) seen).members())
                      .extracting(GroupMember::vmName)
                      .containsExactly("vm-node-2"));
      assertThat(side.seesTheGroup()).as("so nobody else may tell").isTrue();
    }
  }

  @Test
  @DisplayName("K86 an event of two Nodes is acknowledged once the other's record says Drained")
  void waitsForTheOtherNodesRecord() throws Exception {
    try (OwnNode node = OwnNode.in(directory, 1);
        TestVm vm =
            TestVm.in(
                    Files.createDirectory(directory.resolve("vm")),
                    SimulatedVm.named(TestVm.NAME),
                    SimulatedVm.named("vm-node-2"))
                .lifecycle(LifecycleSettings::withOthersJudgedElsewhere)
                .node(node.agent(false, false, true))
                .start()) {
      String event = vm.publish(TestVm.event("Reboot").on(List.of(TestVm.NAME, "vm-node-2")));
      vm.seen().await("state Drained");
      vm.seen().awaitPolls(2);
      assertThat(vm.posts()).isEmpty();
      node.drainTheOther(event);
      await().atMost(Duration.ofSeconds(20)).until(() -> vm.posts().contains(event));
    }
  }

  private static NodeSide.Inside inside(ClientState state) {
    MetadataStatus status = new MetadataStatus(state, "2020-07-01", false, Optional.empty(), 10);
    return new NodeSide.Inside() {
      @Override
      public MetadataStatus metadata() {
        return status;
      }

      @Override
      public Set<Hook> hooksWithScripts(Watch watch) {
        return Set.of();
      }
    };
  }
}
