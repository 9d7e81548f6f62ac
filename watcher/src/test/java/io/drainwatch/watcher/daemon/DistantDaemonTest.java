package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.distant.DistantWork;
import io.drainwatch.drainer.distant.Standing;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.Phase;
import io.drainwatch.watcher.node.DistantNode;
import io.drainwatch.watcher.node.OneNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon of form {@code controller}, whole, with a drainer that the test plays. */
@Timeout(60)
class DistantDaemonTest {
  private final Standing drainer = new Standing();
  private TestVm vm;
  private OneNode cluster;

  @BeforeEach
  void makeVm(@TempDir Path directory) {
    vm = TestVm.in(directory);
    drainer.hasRecord = false;
    drainer.unschedulable = false;
    drainer.recordedVmId = Optional.empty();
    cluster = new OneNode(drainer.node());
    vm.lifecycle(LifecycleSettings::withOthersJudgedElsewhere)
        .node(
            new DistantNode(
                "node-1", new DistantWork(Policy.defaults(), true), cluster, vm.clock()));
  }

  @AfterEach
  void closeVm() {
    vm.close();
  }

  private boolean told(String what) {
    return !cluster.patches.isEmpty()
        && cluster
            .patches
            .getLast()
            .annotations()
            .get(NodeKeys.OBSERVATION)
            .orElse("")
            .contains(what);
  }

  private void writes(MaintenanceState state, Phase phase) {
    drainer.hasRecord = true;
    drainer.unschedulable = true;
    drainer.recorded = state;
    drainer.phase = phase;
    cluster.becomes(drainer.node());
  }

  @Test
  @DisplayName("the daemon runs its hooks, waits for the drainer's record and POSTs when it allows")
  void followsTheDrainer() {
    vm.hook(Hook.PRE_STOP, "10-a", "echo stopping").start();
    String event = vm.publish("Reboot");
    vm.seen().awaitThat("told of the event", () -> told("\"id\":\"" + event + "\""));
    assertThat(told("\"hook\":\"pre-stop\",\"outcome\":\"planned\"")).isTrue();
    drainer.recordedId = event;
    vm.seen().await("state Cordoned");
    assertThat(vm.seen().lines("state Draining")).isEmpty();

    writes(MaintenanceState.DRAINING, Phase.EVICTING);
    vm.seen().awaitThat("pre-stop", () -> told("\"hook\":\"pre-stop\",\"outcome\":\"succeeded\""));
    vm.seen().awaitPolls(2);
    assertThat(vm.seen().lines("state Drained")).isEmpty();

    writes(MaintenanceState.DRAINING, Phase.DETACHING);
    vm.seen().await("state Drained");
    vm.seen().awaitPolls(2);
    assertThat(vm.posts()).isEmpty();

    drainer.drained = List.of(event);
    drainer.ackable = List.of(event);
    writes(MaintenanceState.DRAINED, Phase.ACKNOWLEDGING);
    vm.seen().await("state MaintenanceStarted");
    assertThat(vm.posts()).containsExactly(event);
    vm.seen().awaitThat("told of the POST", () -> told("\"status\":200"));

    writes(MaintenanceState.MAINTENANCE_STARTED, Phase.NONE);
    vm.simulator().endNow(event);
    vm.seen().await("state Uncordoned");
    assertThat(vm.seen().lines("over")).isEmpty();
    drainer.hasRecord = false;
    cluster.becomes(drainer.node());
    vm.seen().await("over");
  }
}
