package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.maintenance.Hook;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path directory;

  private static Map<String, String> results(JsonNode findings) {
    return StreamSupport.stream(findings.spliterator(), false)
        .collect(
            Collectors.toMap(
                finding -> finding.path("check").asText(),
                finding -> finding.path("result").asText(),
                (one, other) -> one));
  }

  @Test
  void aRunningDaemonIsWell() throws Exception {
    Tool tool = Tool.in(directory);
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      tool.scripts().hook(Hook.DRAIN, "10-a", "true");

      Tool.Result result =
          tool.run("doctor", "--output", "json", "--config", daemon.configuration());

      assertThat(result.code()).as(result.out()).isEqualTo(ExitCode.OK);
      assertThat(results(result.json()))
          .containsEntry("configuration", "warning") // a metadata service of its own
          .containsEntry("state-directory", "ok")
          .containsEntry("journal", "ok")
          .containsEntry("hooks", "ok")
          .containsEntry("metadata-service", "ok")
          .containsEntry("scheduled-events", "ok")
          .containsEntry("identity", "ok")
          .containsEntry("pending-events", "ok")
          .containsEntry("spot", "warning")
          .containsEntry("http-port", "ok")
          .containsEntry("daemon", "ok")
          .containsEntry("user", "ok");
      assertThat(result.json())
          .allSatisfy(
              finding ->
                  assertThat(finding.fieldNames())
                      .toIterable()
                      .containsExactly("check", "result", "text", "advice"));
    }
  }

  @Test
  void looksAtSinksAndCollectorWithoutSending() {
    Tool tool = Tool.in(directory);
    Path configuration =
        tool.configuration(
            Tool.NOBODYS_PORT,
            "http://127.0.0.1:" + Tool.NOBODYS_PORT,
            "  tracing:",
            "    enabled: true",
            "    endpoint: http://127.0.0.1:" + Tool.NOBODYS_PORT,
            "  notifications:",
            "    sinks:",
            "      - name: ops",
            "        type: slack",
            "        url-file: " + directory.resolve("missing"));

    assertThat(tool.run("doctor", "--config", configuration).out())
        .containsPattern("warning +receivers +ops: \\S+missing cannot be read")
        .containsPattern(
            "warning +receivers +the collector of traces: 127.0.0.1 port 1: Connection refused");
  }

  @Test
  void whereThereIsNoMetadataServiceItSaysSo() {
    Tool tool = Tool.in(directory);

    Tool.Result result = tool.run("doctor", "--config", tool.configuration());

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out())
        .containsPattern("(?m)^problem  metadata-service +nothing answers at http://127.0.0.1:1")
        .containsPattern("(?m)^warning  hooks +no script in ")
        .containsPattern("(?m)^warning  daemon +not running")
        .containsPattern("(?m)^\\d+ problems?, \\d+ warnings\\.$");
  }

  @Test
  void saysWhichScriptsOfBoshAndSlipStreamWouldRun() {
    Tool tool = Tool.in(directory);
    Path base = tool.scripts().root().resolve("vcap");
    Path refused = tool.scripts().file(base.resolve("jobs/db/bin"), "drain", "echo 0\n");
    tool.scripts().script(base.resolve("jobs/web/bin"), "drain", "echo 0");
    Path hooks = tool.scripts().root().resolve("slipstream");
    tool.scripts().script(hooks, "prescale", "true");
    Path configuration =
        tool.configuration(
            Tool.NOBODYS_PORT,
            "http://127.0.0.1:" + Tool.NOBODYS_PORT,
            "  bosh: {enabled: true, base: " + base + "}",
            "  slipstream: {enabled: true, dir: " + hooks + "}",
            "  compat: {drainsafe: read}");

    Tool.Result result = tool.run("doctor", "--config", configuration);

    assertThat(result.out())
        .containsPattern("(?m)^ok +bosh +2 jobs in " + base + "/jobs; to be run: 1 drain$")
        .containsPattern("(?m)^problem +bosh +" + refused + " refused: ")
        .containsPattern("(?m)^ok +slipstream +" + hooks + "; to be run: 1 prescale$")
        .containsPattern("(?m)^warning +configuration +drainwatch.compat.drainsafe")
        .doesNotContain("no script in ");
  }

  @Test
  void everyFaultOfTheConfigurationIsAProblemAndTheMachineIsLookedAtAllTheSame() {
    Tool tool = Tool.in(directory);
    Path broken =
        tool.file("broken.yml", "drainwatch:\n  state-dri: /x\n  metadata:\n    timeout: 0s\n");

    Tool.Result result = tool.run("doctor", "--config", broken);

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out().lines().filter(line -> line.startsWith("problem  configuration")))
        .hasSize(2);
    assertThat(result.out())
        .containsPattern("(?m)^\\S+ +java ")
        .containsPattern("(?m)^\\S+ +clock");
  }
}
