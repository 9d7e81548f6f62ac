package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hooks run} of the hooks about other VMs (drain-scripts.md part 4). */
@Timeout(60)
class PeersByHandTest {
  @TempDir Path directory;
  private Tool tool;
  private Path slipStream;

  @BeforeEach
  void makeTool() {
    tool = Tool.in(directory);
    slipStream = tool.scripts().root().resolve("slipstream");
    SlipStreamSettings defaults = SlipStreamSettings.defaults();
    tool.with(
        new ScriptModes(
            BoshSettings.off(),
            new SlipStreamSettings(
                true, slipStream, defaults.names(), defaults.actions(), defaults.exitCode(), true),
            tool.scripts().root().resolve("slipstream-work")));
  }

  @Test
  void peerAddedRunsOncePerVmWithoutContextOrInput() {
    tool.scripts()
        .hook(Hook.PEER_ADDED, "10-a", "echo \"$1 $2 $# $(wc -c) $(env | grep -c ^DRAIN_)\"");

    Tool.Result result = run("peer-added", "west_3", "WEST_3", "db");

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .containsSubsequence(
            "peer-added/west_3: 10-a\n",
            "  stdout: peer-added west_3 2 0 0\n",
            "peer-added/db: 10-a\n",
            "  stdout: peer-added db 2 0 0\n")
        .doesNotContain("WEST_3");
  }

  @Test
  @DisplayName(
      "SS06 On VM Add by hand: once for each group, not on the new VM; ACTION set and empty")
  void onVmAddRunsOncePerGroup() {
    tool.scripts()
        .script(
            slipStream,
            "onvmadd",
            "echo \"$SLIPSTREAM_SCALING_NODE: $SLIPSTREAM_SCALING_VMS (${SLIPSTREAM_SCALING_ACTION-unset})\"");

    Tool.Result result = run("onvmadd", "west_3", "db", "west_4", "me_0");

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .containsSubsequence("  stdout: west: west.3 west.4 ()\n", "  stdout: db: db.1 ()\n")
        .doesNotContain("me.0");
    assertThat(result.err())
        .contains("me_0 is this VM, which is told nothing about itself: left out.");
  }

  @Test
  void nothingIsLeftWhenOnlyThisVmIsNamed() {
    tool.scripts().script(slipStream, "onvmadd", "echo ran");

    Tool.Result result = run("onvmadd", "ME_0");

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("No other VM is named.");
  }

  @Test
  void peerRemovedTellsOfAnEventThatTookThem() {
    tool.scripts()
        .hook(
            Hook.PEER_REMOVED,
            "10-a",
            "echo \"$DRAIN_VM_NAME $DRAIN_VM_IS_SELF $DRAIN_EVENT_TYPE $DRAIN_EVENT_STATUS"
                + " $DRAIN_AFFECTED_VMS\"");
    tool.scripts()
        .script(slipStream, "onvmremove", "echo \"$SLIPSTREAM_SCALING_VMS $DRAIN_VM_NAME\"");

    Tool.Result result = run("onvmremove", "west_3", "west_4", "--event", "Preempt");

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .containsSubsequence(
            "peer-removed/west_3: 10-a\n",
            "  stdout: west_3 false Preempt Completed west_3 west_4\n",
            "peer-removed/west_4: 10-a\n",
            "  stdout: west_4 false Preempt Completed west_3 west_4\n",
            "peer-removed/slipstream/onvmremove/west\n",
            "  stdout: west.3 west.4 west_3\n");
  }

  @Test
  void aTrialOfPeerAddedHasNoContextEither() {
    tool.scripts().hook(Hook.PEER_ADDED, "10-a", "echo \"$2 $(env | grep -c ^DRAIN_)\"");

    Tool.Result result =
        tool.run(
            "hooks",
            "test",
            "--native",
            tool.scripts().operator(),
            "--config",
            tool.configuration());

    assertThat(result.out())
        .contains("  arguments: peer-added test-vm_0\n", "  stdout: test-vm_0 0\n");
  }

  @Test
  void aFailureOfOnePeerIsNamed() {
    tool.scripts().hook(Hook.PEER_ADDED, "10-a", "[ $2 = west_4 ]");
    tool.scripts().script(slipStream, "onvmadd", "echo told");

    Tool.Result result = run("peer-added", "west_3", "west_4");

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).contains("  stdout: told\n");
    assertThat(result.err())
        .contains(
            "1 of 2 peer-added scripts failed. Failed: west_3: 10-a. Successful: west_4: 10-a.");
  }

  @Test
  void namesAreCheckedAndGoWithTheHooksOfPeersOnly() {
    assertThat(run("peer-added").err()).contains("is about other VMs: name them");
    assertThat(run("drain", "west_3").err()).contains("is about this VM: name no other");
    assertThat(run("peer-added", "west 3").err()).contains("is no VM's name: it has white space");
    assertThat(run("peer-added", "west_3", "--event", "Preempt").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("peer-removed", "west_3", "--event", "Reboot").err())
        .contains("Reboot takes no VM away");
  }

  private Tool.Result run(Object... words) {
    Path configuration =
        tool.configuration(
            Tool.NOBODYS_PORT, "http://127.0.0.1:" + Tool.NOBODYS_PORT, "  vm-name: me_0");
    List<Object> all = new ArrayList<>(List.of("hooks", "run"));
    all.addAll(List.of(words));
    all.addAll(List.of("--yes", "--config", configuration));
    return tool.run(all.toArray());
  }
}
