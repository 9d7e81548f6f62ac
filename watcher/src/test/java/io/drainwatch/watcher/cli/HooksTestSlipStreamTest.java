package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.slipstream.ScalingExitCode;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hooks test --slipstream}, with real scripts in real processes. */
@Timeout(60)
class HooksTestSlipStreamTest {
  @TempDir Path directory;
  private Tool tool;
  private Path hooks;

  @BeforeEach
  void makeTool() {
    tool = Tool.in(directory);
    hooks = tool.scripts().root().resolve("slipstream");
  }

  @Test
  void theSamplesScaleForARebootAndBack() {
    Samples.copy("slipstream", tool.scripts());

    Tool.Result result = test("--event", "Reboot");

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .containsSubsequence(
            "drain/slipstream/prescale/vm_resize/10-traffic\n",
            "  arguments: none\n",
            "  SLIPSTREAM_SCALING_VMS=test-vm.0\n",
            "would take test-vm.0 out of the load balancer until Post-Scale\n",
            "drain/slipstream/prescale/vm_resize/20-data\n",
            "running/slipstream/postscale/vm_resize\n",
            "would put test-vm.0 back into the load balancer\n",
            "peer-added/slipstream/onvmadd/test-vm\n",
            "would let test-vm.0 of test-vm into the cluster\n");
    assertThat(result.err()).isEqualTo("onvmremove has no part in a made-up Reboot.\n");
  }

  @Test
  void theSamplesTellAPeerOfATerminateAndDoNotComeBack() {
    Samples.copy("slipstream", tool.scripts());

    Tool.Result result = test("--event", "Terminate");

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .contains("drain/slipstream/prescale/vm_remove/10-traffic\n")
        .contains("would take test-vm.0 of test-vm out of the cluster\n")
        .containsSubsequence(
            "peer-removed/slipstream/onvmremove/test-vm\n",
            "  DRAIN_VM_IS_SELF=false\n",
            "  SLIPSTREAM_NODE_INSTANCE_NAME=test-vm.1\n",
            "  SLIPSTREAM_SCALING_ACTION=\n");
    assertThat(result.err()).isEqualTo("postscale has no part in a made-up Terminate.\n");
  }

  @Test
  void aNewVmComesWithoutAnEvent() {
    tool.scripts().script(hooks, "onvmadd", "env | grep -c ^DRAIN_; wc -c");

    Tool.Result result = test("--hook", "onvmadd");

    assertThat(result.out()).contains("  stdout: 0\n").doesNotContain("  DRAIN_");
    assertThat(result.code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aFailureIsJudgedByWhatIsConfigured() {
    tool.scripts().script(hooks, "prescale", "exit 4");

    Tool.Result strict = test("--hook", "drain");
    SlipStreamSettings off = SlipStreamSettings.off();
    tool.with(
        new ScriptModes(
            BoshSettings.off(),
            new SlipStreamSettings(
                false, off.directory(), off.names(), off.actions(), ScalingExitCode.IGNORE, false),
            directory));
    Tool.Result ignore = test("--hook", "drain");

    assertThat(strict.code()).isEqualTo(ExitCode.FAILED);
    assertThat(strict.err())
        .contains("1 of 1 drain scripts failed. Failed: slipstream/prescale/vm_resize.");
    assertThat(strict.out()).contains("failed: exit code 4");
    assertThat(ignore.code()).isEqualTo(ExitCode.OK);
    assertThat(ignore.out()).contains("exit code 4, ignored").doesNotContain("DRAIN_");
  }

  @Test
  void aDirectoryWithoutHooksIsMisuse() {
    Tool.Result result =
        tool.run("hooks", "test", "--slipstream", directory, "--config", tool.configuration());

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("has no prescale, postscale, onvmremove or onvmadd");
  }

  private Tool.Result test(Object... more) {
    List<Object> words = new ArrayList<>(List.of("hooks", "test", "--slipstream", hooks));
    words.addAll(List.of(more));
    words.addAll(List.of("--config", tool.configuration()));
    return tool.run(words.toArray());
  }
}
