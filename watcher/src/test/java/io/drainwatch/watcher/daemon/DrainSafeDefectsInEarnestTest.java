package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.watcher.events.MetadataSettings;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * DrainSafe's defects looked for where they were: a whole daemon, real scripts, documents that come
 * over a socket, a Node's annotations behind another. DS08, the crash, is also in {@link KillTest}.
 */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class DrainSafeDefectsInEarnestTest {
  /** DrainSafe wrote its conclusions each 25 s; so many polls are enough for one to be wrong. */
  private static final int A_WHILE = 10;

  @TempDir private Path directory;

  @Test
  @DisplayName("DS01 DS02 cordoned as long as the event is Started, then the owner goes with it")
  void staysCordonedWhileItIsStartedAndForgetsTheOwner() throws Exception {
    try (OwnNode node = OwnNode.in(directory, 1);
        TestVm vm = onNode(node).hook(Hook.RUNNING, "10-a", "echo back").start()) {
      String id = vm.publish(untilWeStartIt());
      vm.seen().await("ack " + id + " #1: accepted");
      await("drained", () -> node.drainSafe().equals("NodeDrained/Reboot/Drainsafe"));
      vm.simulator().startNow(id);
      vm.seen().await("state MaintenanceStarted");
      reboot(vm, node);
      vm.seen().awaitPolls(A_WHILE);

      assertThat(node.isCordoned()).isTrue();
      await("the state", () -> node.drainSafe().equals("MaintenanceStarted/Reboot/Drainsafe"));
      assertThat(vm.seen().lines("start running")).isEmpty();

      vm.simulator().endNow(id);
      vm.seen().await("over");
      assertThat(vm.seen().said(Hook.RUNNING, "10-a")).containsExactly("back");
      await("at rest", () -> node.drainSafe().equals("NodeRunning//"));
      assertThat(node.isCordoned()).isFalse();

      node.cordon();
      vm.seen().awaitPolls(A_WHILE);
      assertThat(node.isCordoned()).as("a person's, after the maintenance").isTrue();
    }
  }

  @Test
  @DisplayName("DS03 a cordon of a person's is never claimed, and stays")
  void claimsNoForeignCordon() throws Exception {
    try (OwnNode node = OwnNode.in(directory, 1)) {
      node.cordon();
      try (TestVm vm = onNode(node).hook(Hook.DRAIN, "10-a", "true").start()) {
        String id = vm.publish(untilWeStartIt());
        vm.seen().await("ack " + id + " #1: accepted");
        await("drained", () -> node.drainSafe().equals("NodeDrained/Reboot/"));
        vm.simulator().startNow(id);
        vm.seen().await("state MaintenanceStarted");
        reboot(vm, node);
        vm.simulator().endNow(id);
        vm.seen().await("over");
        assertThat(node.isCordoned()).isTrue();
      }
    }
  }

  @Test
  @DisplayName(
      "DS04 a host failure, Started at once, runs the script for it and nothing of a drain")
  void seesAHostFailure() {
    try (TestVm vm =
        TestVm.in(directory)
            .hook(Hook.STARTED, "10-a", "echo $DRAIN_EVENT_STATUS")
            .hook(Hook.DRAIN, "10-a", "true")
            .start()) {
      vm.endOnceStarted(vm.publish(TestVm.event("Reboot").startsAtOnce()));
      assertThat(vm.seen().said(Hook.STARTED, "10-a")).containsExactly("Started");
      assertThat(vm.seen().lines("start drain")).isEmpty();
      assertThat(vm.seen().lines("notify HOST_FAILURE")).hasSize(1);
    }
  }

  @Test
  @DisplayName("DS05 a drain that fails: the reason is in the record and said, no acknowledgement")
  void reportsADrainThatFails() {
    try (TestVm vm = TestVm.in(directory).hook(Hook.DRAIN, "10-a", "exit 3").start()) {
      vm.publish("Reboot");
      vm.seen().await("notify DRAIN_FAILED failed: drain/10-a");
      vm.seen().awaitPolls(A_WHILE);
      assertThat(drain(vm).outcome()).isEqualTo(DrainResult.Outcome.FAILED);
      assertThat(vm.journal().getLast()).contains("failed: drain/10-a");
      assertThat(vm.posts()).isEmpty();
    }
  }

  @Test
  @DisplayName("DS05 a drain that never ends is over at the deadline, and is said")
  void reportsADrainThatNeverEnds() {
    try (TestVm vm = TestVm.in(directory).hook(Hook.DRAIN, "10-a", "sleep 60").start()) {
      vm.publish(TestVm.event("Reboot").notice(Duration.ofSeconds(4)));
      vm.seen().await("notify DEADLINE_REACHED");
      vm.seen().await("end drain/10-a #1: ended");
      assertThat(drain(vm).outcome()).isEqualTo(DrainResult.Outcome.DEADLINE_REACHED);
      assertThat(drain(vm).reason()).isEqualTo("left: drain/10-a");
      assertThat(vm.posts()).isEmpty();
    }
  }

  @Test
  @DisplayName("DS06 of several events each is acknowledged by its own id, those of others are not")
  void acknowledgesEachEvent() {
    try (TestVm vm =
        TestVm.in(directory, SimulatedVm.named(TestVm.NAME), SimulatedVm.named("vm-2"))
            .hook(Hook.DRAIN, "10-a", "true")) {
      String first = vm.publish("Reboot");
      String second = vm.publish("Redeploy");
      vm.publish(TestVm.event("Reboot").on("vm-2"));
      vm.start();
      vm.seen().awaitThat("two acknowledgements", () -> vm.posts().size() >= 2);
      vm.seen().awaitPolls(A_WHILE);
      assertThat(vm.posts()).containsExactlyInAnyOrder(first, second);
      assertThat(vm.seen().lines("start drain")).containsExactly("start drain/10-a #1");
    }
  }

  @Test
  @DisplayName("DS07 the first look is at the start, the next ones each second")
  void looksAtOnce() {
    assertThat(MetadataSettings.defaults().pollInterval()).isEqualTo(Duration.ofSeconds(1));
    try (TestVm vm =
        TestVm.in(directory).pollEvery(Duration.ofHours(1)).hook(Hook.CORDON, "10-a", "true")) {
      vm.publish("Preempt");
      vm.start();
      vm.seen().await("end cordon/10-a #1: 0");
      assertThat(vm.seen().polls()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("DS08 the record is on disk before the script that it speaks of runs")
  void recordsBeforeItActs() {
    try (TestVm vm = TestVm.in(directory)) {
      Path journal = vm.state().resolve("journal.jsonl");
      vm.hook(
              Hook.CORDON,
              "10-a",
              "tail -n 1 '%s' | grep -o '\"state\":\"CORDONED\"' | head -n 1".formatted(journal))
          .start();
      vm.publish("Reboot");
      vm.seen().await("end cordon/10-a #1: 0");
      assertThat(vm.seen().said(Hook.CORDON, "10-a"))
          .containsExactly("\"state\":\"%s\"".formatted(MaintenanceState.CORDONED.name()));
    }
  }

  private TestVm onNode(OwnNode node) throws IOException {
    return TestVm.in(Files.createDirectory(directory.resolve("vm"))).node(node.agent(true));
  }

  private static EventPlan.Builder untilWeStartIt() {
    return TestVm.event("Reboot").approvalDelay(Duration.ofMinutes(10));
  }

  /** The machine boots in mid-maintenance, and its daemon and kubelet with it. */
  private static void reboot(TestVm vm, OwnNode node) throws IOException {
    vm.node(node.agent(true)).reboot();
    node.reboot();
  }

  private static DrainResult drain(TestVm vm) {
    return vm.daemon().watch().episode().orElseThrow().drain();
  }

  private static void await(String what, Callable<Boolean> wanted) {
    Awaitility.await(what).atMost(Duration.ofSeconds(20)).until(wanted);
  }
}
