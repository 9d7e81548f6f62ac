package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.slipstream.ScalingExitCode;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SlipStream's hooks in a maintenance (drain-scripts.md part 4), end to end with real scripts. */
@Timeout(60)
class SlipStreamHooksTest {
  private static final String TELLS =
      "echo $SLIPSTREAM_SCALING_NODE/$SLIPSTREAM_SCALING_VMS/$SLIPSTREAM_SCALING_ACTION-"
          + "${SLIPSTREAM_SCALING_ACTION+set} $DRAIN_VM_NAME";

  private TestVm vm;

  @BeforeEach
  void makeVm(@TempDir Path directory) {
    vm =
        TestVm.in(
            directory,
            SimulatedVm.named(TestVm.NAME),
            SimulatedVm.named("west_1"),
            SimulatedVm.named("west_2"),
            SimulatedVm.named("east_1"));
  }

  @AfterEach
  void closeVm() {
    vm.close();
  }

  @ParameterizedTest(name = "SS01 SS03 {0}: Pre-Scale before the POST, Post-Scale when it is back")
  @ValueSource(strings = {"Reboot", "Redeploy"})
  void scalesBeforeAndAfter(String type) {
    vm.slipstream("prescale/10-data", TELLS).slipstream("postscale", TELLS).start();
    String id = vm.publish(type);
    vm.seen().await("end drain/slipstream/prescale/vm_resize/10-data #1: 0");
    vm.endOnceStarted(id);
    assertThat(vm.seen().said(Hook.DRAIN, "slipstream/prescale/vm_resize/10-data"))
        .containsExactly("vm-1/vm-1.1/vm_resize-set vm-1");
    assertThat(vm.seen().said(Hook.RUNNING, "slipstream/postscale/vm_resize"))
        .containsExactly("vm-1/vm-1.1/vm_resize-set vm-1");
    assertThat(vm.seen().lines(""))
        .containsSubsequence(
            "end drain/slipstream/prescale/vm_resize/10-data #1: 0", "ack " + id + " #1: accepted");
    assertThat(vm.posts()).contains(id);
  }

  @Test
  @DisplayName("SS02 SS04 Preempt: Pre-Scale with vm_remove, and no Post-Scale though it is back")
  void removesForAPreempt() {
    vm.slipstream("prescale", TELLS).slipstream("postscale", TELLS).start();
    vm.endOnceStarted(vm.publish("Preempt"));
    assertThat(vm.seen().lines("start "))
        .containsExactly("start drain/slipstream/prescale/vm_remove #1");
  }

  @Test
  @DisplayName("SS05 SS10 On VM Remove on peers: a call for each group, the action set and empty")
  void tellsPeers() {
    vm.slipstream("onvmremove", TELLS).hook(Hook.PEER_REMOVED, "10-lb", "true").start();
    String id = vm.publish(TestVm.event("Preempt").on(List.of("west_1", "east_1", "west_2")));
    vm.seen().awaitPolls(2);
    vm.simulator().startNow(id);
    vm.seen().awaitPolls(2);
    vm.simulator().endNow(id);
    vm.seen().await("end peer-removed/slipstream/onvmremove/east #1: 0");
    vm.seen().awaitPolls(3);
    assertThat(vm.seen().said(Hook.PEER_REMOVED, "slipstream/onvmremove/west"))
        .containsExactly("west/west.1 west.2/-set west_1");
    assertThat(vm.seen().said(Hook.PEER_REMOVED, "slipstream/onvmremove/east"))
        .containsExactly("east/east.1/-set east_1");
    assertThat(vm.seen().lines("start "))
        .as("native scripts first, each group once")
        .containsExactly(
            "start peer-removed/west_1: 10-lb #1",
            "start peer-removed/east_1: 10-lb #1",
            "start peer-removed/west_2: 10-lb #1",
            "start peer-removed/slipstream/onvmremove/west #1",
            "start peer-removed/slipstream/onvmremove/east #1");
  }

  @ParameterizedTest(name = "SS07 {0} is told {1}, of an event that names {2}")
  @CsvSource({
    "west_0, west/west.0 west.1/vm_remove-set, west_0 west_1",
    "db, db/db.1/vm_remove-set, db west_1",
    "app_a1b2c3d4, app_a1b2c3d4/app_a1b2c3d4.1/vm_remove-set, app_a1b2c3d4"
  })
  void tellsNodeAndVms(String self, String told, String named, @TempDir Path directory) {
    List<String> vms = List.of(named.split(" ", -1));
    SimulatedVm[] all = vms.stream().map(SimulatedVm::named).toArray(SimulatedVm[]::new);
    try (TestVm other = TestVm.in(directory, all)) {
      other.slipstream("prescale", TELLS).start();
      other.publish(TestVm.event("Preempt").on(vms));
      other.seen().await("state Drained");
      assertThat(other.seen().said(Hook.DRAIN, "slipstream/prescale/vm_remove"))
          .containsExactly(told + " " + self);
    }
  }

  @Test
  @DisplayName("SS10 one event over two groups: the VM named is called once, with its own group")
  void tellsTheVmNamedOfItsOwnGroup(@TempDir Path directory) {
    try (TestVm west =
        TestVm.in(
            directory,
            SimulatedVm.named("west_1"),
            SimulatedVm.named("east_1"),
            SimulatedVm.named("west_2"))) {
      west.slipstream("prescale", TELLS).slipstream("onvmremove", TELLS).start();
      west.publish(TestVm.event("Preempt").on(List.of("east_1", "west_1", "west_2")));
      west.seen().await("state Drained");
      assertThat(west.seen().lines("start "))
          .containsExactly("start drain/slipstream/prescale/vm_remove #1");
      assertThat(west.seen().said(Hook.DRAIN, "slipstream/prescale/vm_remove"))
          .containsExactly("west/west.1 west.2/vm_remove-set west_1");
    }
  }

  @Test
  @DisplayName("SS08 exit 1: strict fails the drain, ignore is done, said and acknowledged")
  void judgesByTheSetting() {
    vm.slipstream("prescale", "exit 1").slipstream(ScalingExitCode.IGNORE).start();
    String id = vm.publish("Reboot");
    vm.seen().await("state Drained");
    assertThat(vm.seen().lines("end drain"))
        .containsExactly("end drain/slipstream/prescale/vm_resize #1: tolerated 1");
    vm.endOnceStarted(id);

    vm.slipstream(ScalingExitCode.STRICT).restart();
    vm.publish("Reboot");
    vm.seen().await("notify DRAIN_FAILED failed: drain/slipstream/prescale/vm_resize");
  }

  @Test
  @DisplayName("SS09 a reboot after Pre-Scale finished: it is not run again")
  void runsOnceOverAReboot() {
    vm.slipstream("prescale", TELLS).hook(Hook.POST_STOP, "10-slow", "sleep 60").start();
    String id = vm.publish("Reboot");
    vm.seen().await("start post-stop/10-slow #1");
    vm.reboot();
    vm.seen().await("start post-stop/10-slow #2");
    assertThat(vm.seen().lines("start drain"))
        .containsExactly("start drain/slipstream/prescale/vm_resize #1");
    vm.simulator().cancel(id);
    vm.seen().await("over");
  }

  @Test
  @DisplayName(
      "a Preempt joins, the daemon restarts: the Pre-Scale begun is called again as it was")
  void isToldTheSameAgain() {
    vm.slipstream(
            "prescale",
            "echo $SLIPSTREAM_SCALING_ACTION; until [ -e \"$HOME/go\" ]; do sleep 0.02; done")
        .environment("HOME", vm.scripts().root().toString())
        .start();
    vm.publish("Reboot");
    vm.seen().await("start drain/slipstream/prescale/vm_resize #1");
    // the sooner one leads from now on, and its action is another
    String sooner = vm.publish(TestVm.event("Preempt").notice(Duration.ofMinutes(10)));
    vm.seen().awaitThat("the Preempt leads", () -> leads(sooner));
    vm.restart();
    vm.seen().await("start drain/slipstream/prescale/vm_resize #2");
    vm.seen().awaitPolls(1);
    vm.scripts().file(vm.scripts().root(), "go", "");
    vm.seen().await("state Drained");
    assertThat(vm.seen().said(Hook.DRAIN, "slipstream/prescale/vm_resize").stream().distinct())
        .containsExactly("vm_resize");
  }

  private boolean leads(String event) {
    return vm.daemon().watch().episode().orElseThrow().leading().event().id().equals(event);
  }
}
