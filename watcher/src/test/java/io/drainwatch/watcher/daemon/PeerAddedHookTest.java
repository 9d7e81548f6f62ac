package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.GroupMember;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Observation;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of peer-added and On VM Add, end to end: on a VM that sees others come. */
@Timeout(60)
class PeerAddedHookTest {
  private static final String TELLS =
      "echo $SLIPSTREAM_SCALING_NODE/$SLIPSTREAM_SCALING_VMS/$SLIPSTREAM_SCALING_ACTION-"
          + "${SLIPSTREAM_SCALING_ACTION+set} ${DRAIN_ID-none}";

  private TestVm vm;

  @BeforeEach
  void makeVm(@TempDir Path directory) {
    vm = TestVm.in(directory);
  }

  @AfterEach
  void closeVm() {
    vm.close();
  }

  private void group(String... vms) {
    vm.daemon()
        .report(
            new Observation.GroupSeen(
                Stream.of(vms).map(name -> new GroupMember(name, name, "b", true)).toList()));
  }

  @Test
  @DisplayName("SS06 SS10 On VM Add on peers: a call for each group, the action set and empty")
  void tellsPeers() {
    vm.slipstream("onvmadd", TELLS)
        .hook(Hook.PEER_ADDED, "10-lb", "echo $# $1 $2 ${DRAIN_ID-none} in=\"$(cat)\"")
        .start();
    vm.seen().awaitPolls(1);
    group("west_0", TestVm.NAME);
    group("west_0", "west_1", "east_1", "west_2", TestVm.NAME);
    vm.seen().await("end peer-added/slipstream/onvmadd/east #1: 0");
    vm.seen().awaitPolls(2);
    assertThat(vm.seen().said(Hook.PEER_ADDED, "slipstream/onvmadd/west"))
        .containsExactly("west/west.1 west.2/-set none");
    assertThat(vm.seen().said(Hook.PEER_ADDED, "slipstream/onvmadd/east"))
        .containsExactly("east/east.1/-set none");
    assertThat(vm.seen().said(Hook.PEER_ADDED, "west_2: 10-lb"))
        .as("no event, no context: the VM is all there is to tell")
        .containsExactly("2 peer-added west_2 none in=");
    assertThat(vm.seen().lines("start "))
        .containsExactly(
            "start peer-added/west_1: 10-lb #1",
            "start peer-added/east_1: 10-lb #1",
            "start peer-added/west_2: 10-lb #1",
            "start peer-added/slipstream/onvmadd/west #1",
            "start peer-added/slipstream/onvmadd/east #1");
    assertThat(vm.posts()).isEmpty();
  }

  @Test
  @DisplayName("SS08 a failure is said and the rest runs; each once, also over restarts")
  void runsOnce() {
    vm.slipstream("onvmadd/10-a", "exit 1").slipstream("onvmadd/20-b", "true").start();
    vm.seen().awaitPolls(1);
    group("west_1");
    group("west_1", "west_2");
    vm.seen().await("end peer-added/slipstream/onvmadd/west/20-b #1: 0");
    vm.seen().awaitThat("its end", () -> vm.daemon().watch().peers().isIdle());
    vm.restart();
    vm.seen().awaitPolls(1);
    group("west_1", "west_2");
    vm.seen().awaitPolls(2);
    assertThat(vm.seen().lines("start ")).hasSize(2);
    assertThat(vm.seen().lines("notify HOOK_FAILED"))
        .containsExactly("notify HOOK_FAILED peer-added/slipstream/onvmadd/west/10-a: exit code 1");
  }
}
