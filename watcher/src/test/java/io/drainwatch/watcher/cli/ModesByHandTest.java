package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hooks list} and {@code hooks run} with BOSH and SlipStream mode. */
@Timeout(60)
class ModesByHandTest {
  @TempDir Path directory;
  private Tool tool;
  private Path base;
  private Path slipStream;

  @BeforeEach
  void makeTool() {
    tool = Tool.in(directory);
    base = tool.scripts().root().resolve("vcap");
    slipStream = tool.scripts().root().resolve("slipstream");
    Path command = tool.scripts().script(base, "stop-all", "echo stopped");
    BoshSettings over = BoshSettings.over(base);
    SlipStreamSettings defaults = SlipStreamSettings.defaults();
    tool.with(
        new ScriptModes(
            new BoshSettings(
                true,
                base,
                List.of(),
                List.of("skipped"),
                true,
                over.exitCode(),
                over.maxSleep(),
                true,
                List.of(List.of(command.toString(), "now")),
                List.of(),
                over.commandLimit()),
            new SlipStreamSettings(
                true, slipStream, defaults.names(), defaults.actions(), defaults.exitCode(), true),
            tool.scripts().root().resolve("slipstream-work")));
  }

  @Test
  void listsEverythingInTheOrderItWouldRun() throws Exception {
    tool.scripts().hook(Hook.DRAIN, "10-native", "true");
    drain("web", "echo 0");
    drain("skipped", "echo 0");
    tool.scripts().file(bin("db"), "drain", "no interpreter line");
    tool.scripts().script(bin("db"), "pre-stop", "true");
    tool.scripts().script(slipStream.resolve("prescale"), "10-lb", "true");
    Path plain = tool.scripts().script(slipStream.resolve("prescale"), "20-plain", "true");
    Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rw-r--r--"));

    Tool.Result text = tool.run("hooks", "list", "drain", "--config", tool.configuration());
    Tool.Result json =
        tool.run("hooks", "list", "--output", "json", "--config", tool.configuration());

    assertThat(text.code()).isEqualTo(ExitCode.FAILED);
    assertThat(text.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).endsWith("10-native  runs"),
            line -> assertThat(line).contains("jobs/db/bin/drain  refused: "),
            line -> assertThat(line).endsWith("skipped: bosh.skip-drain names the job"),
            line -> assertThat(line).endsWith("jobs/web/bin/drain  runs"),
            line -> assertThat(line).contains("bosh.stop: ").endsWith("stop-all now  runs"),
            line -> assertThat(line).endsWith("prescale/10-lb  runs"),
            line -> assertThat(line).endsWith("20-plain  skipped: not executable for this user"));
    assertThat(json.json().at("/hooks/2/entries")).hasSize(1);
    assertThat(json.json().at("/hooks/2/entries/0/name").asText()).isEqualTo("bosh/db");
    assertThat(json.json().at("/hooks/3/entries/5/contract").asText()).isEqualTo("slipstream");
  }

  @Test
  void runsAHookOfAllContractsInTheirOrder() {
    tool.answering(true);
    tool.scripts().hook(Hook.DRAIN, "10-native", "echo native");
    drain("web", "echo \"bosh $DRAIN_EVENT_TYPE\" >&2; echo 0");
    tool.scripts().script(slipStream, "prescale", "echo $SLIPSTREAM_SCALING_ACTION");

    Tool.Result result =
        tool.run("hooks", "run", "drain", "--event", "Redeploy", "--config", tool.configuration());

    assertThat(tool.asked())
        .startsWith("Run hook drain now (10-native, bosh/web, bosh.stop: ")
        .endsWith("slipstream/prescale/vm_resize), told of a made-up Redeploy?");
    assertThat(result.err()).doesNotContain("failed");
    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .containsSubsequence(
            "  stdout: native\n",
            "  stderr: bosh Redeploy\n",
            "  stdout: stopped\n",
            "  stdout: vm_resize\n");
  }

  @Test
  void aFailureThatStopsTheHookEndsItsRow() {
    tool.scripts().hook(Hook.DRAIN, "10-native", "exit 1");
    tool.scripts().hook(Hook.RUNNING, "10-native", "exit 1");
    drain("web", "echo 0");
    tool.scripts().script(slipStream, "postscale", "echo back");

    Tool.Result drain =
        tool.run("hooks", "run", "drain", "--yes", "--config", tool.configuration());
    Tool.Result running =
        tool.run("hooks", "run", "running", "--yes", "--config", tool.configuration());

    assertThat(drain.code()).isEqualTo(ExitCode.FAILED);
    assertThat(drain.out()).doesNotContain("bosh/web");
    assertThat(drain.err())
        .contains("BOSH scripts of hook drain are not run: a failure stops it.")
        .contains("1 of 1 drain scripts failed. Failed: 10-native.");
    assertThat(running.out()).contains("  stdout: back\n");
  }

  @Test
  void aBoshScriptWritesToItsLogAndWhatItWroteIsShownOnce() throws Exception {
    tool.scripts().script(bin("web"), "post-stop", "echo sent; echo late >&2");

    for (int run = 0; run < 2; run++) {
      Tool.Result result =
          tool.run("hooks", "run", "post-stop", "--yes", "--config", tool.configuration());
      assertThat(result.out()).containsOnlyOnce("  stdout: sent\n").contains("  stderr: late\n");
    }

    assertThat(base.resolve("sys/log/web/post-stop.stdout.log")).hasContent("sent\nsent\n");
  }

  @Test
  void tellsBoshAndSlipStreamScriptsOfTheMaintenanceUnderWay() throws Exception {
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      tool.run("drain", "--type", "Terminate", "--wait", "--config", daemon.configuration());
      drain("web", "echo \"$1 $DRAIN_STAGE\" >&2; echo 0");
      tool.scripts()
          .script(
              slipStream, "prescale", "echo $SLIPSTREAM_SCALING_ACTION of $SLIPSTREAM_SCALING_VMS");

      Tool.Result result =
          tool.run("hooks", "run", "drain", "--yes", "--config", daemon.configuration());

      assertThat(result.out())
          .contains("  stderr: job_shutdown Drained\n", "  stdout: vm_remove of vm.0\n");
    }
  }

  private Path bin(String job) {
    return base.resolve("jobs").resolve(job).resolve("bin");
  }

  private void drain(String job, String body) {
    tool.scripts().script(bin(job), "drain", body);
  }
}
