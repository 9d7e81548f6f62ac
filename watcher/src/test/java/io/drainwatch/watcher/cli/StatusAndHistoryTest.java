package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusAndHistoryTest {
  @TempDir Path directory;

  @Test
  void tellsWhatTheDaemonDoes() throws Exception {
    Tool tool = Tool.in(directory);
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      Tool.Result idle = tool.run("status", "--config", daemon.configuration());
      assertThat(idle.code()).as(idle.err()).isEqualTo(ExitCode.OK);
      assertThat(idle.err()).isEmpty();
      assertThat(idle.out())
          .contains("Daemon         running at http://127.0.0.1:", ", version 1.2.3")
          .contains("VM             vm_0, vmId ")
          .contains("Metadata       OK, version ")
          .contains("Maintenance    none");

      tool.run("drain", "--wait", "--within", "10m", "--config", daemon.configuration());
      Tool.Result drained = tool.run("status", "--config", daemon.configuration());
      assertThat(drained.out())
          .contains("State          Drained since ")
          .containsPattern("Deadline {7}\\S+Z, \\d+ s left")
          .containsPattern("Event {10}Reboot operator-\\S+, Scheduled, source Operator")
          .contains("Hook           drain        no scripts")
          .contains("Drain          complete")
          .contains("Acknowledged   no, and will not be")
          .contains(": a drain by hand is nobody's to approve");

      JsonNode json =
          tool.run("status", "--output", "json", "--config", daemon.configuration()).json();
      assertThat(json.at("/daemon/running").asBoolean()).isTrue();
      assertThat(json.at("/maintenance/state").asText()).isEqualTo("Drained");
      assertThat(json.at("/vm/name").asText()).isEqualTo("vm_0");
    }
  }

  @Test
  void withoutTheDaemonItsRecordIsShown() throws Exception {
    Tool tool = Tool.in(directory);
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      tool.run("drain", "--wait", "--config", daemon.configuration());
      daemon.stop();

      Tool.Result text = tool.run("status", "--config", daemon.configuration());
      assertThat(text.code()).isEqualTo(ExitCode.NO_DAEMON);
      assertThat(text.err().lines()).hasSize(1).first().asString().contains("does not answer");
      assertThat(text.out())
          .contains("Daemon         not running; this is its record")
          .contains("State          Drained since ");

      Tool.Result json = tool.run("status", "--output", "json", "--config", daemon.configuration());
      assertThat(json.code()).isEqualTo(ExitCode.NO_DAEMON);
      assertThat(json.json().at("/daemon/running").asBoolean(true)).isFalse();
      assertThat(json.json().at("/maintenance/state").asText()).isEqualTo("Drained");
    }
  }

  @Test
  void withoutDaemonAndRecordItSaysBoth() {
    Tool tool = Tool.in(directory);

    Tool.Result status = tool.run("status", "--config", tool.configuration());
    Tool.Result history = tool.run("history", "--config", tool.configuration());

    assertThat(status.code()).isEqualTo(ExitCode.NO_DAEMON);
    assertThat(status.err())
        .isEqualTo(
            "The daemon does not answer (http://127.0.0.1:1: connection refused). There is no state"
                + " directory "
                + tool.stateDirectory()
                + ": has Drainwatch run on this machine, and as this user?\n");
    assertThat(history.code()).isEqualTo(ExitCode.STATE_DIRECTORY);
  }

  @Test
  void tellsWhatIsOver() throws Exception {
    Tool tool = Tool.in(directory);
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      assertThat(tool.run("history", "--config", daemon.configuration()).out())
          .isEqualTo("No maintenance is over yet.\n");
      tool.run("drain", "--wait", "--config", daemon.configuration());
      tool.run("resume", "--wait", "--config", daemon.configuration());

      Tool.Result fromDaemon = tool.run("history", "--config", daemon.configuration());
      assertThat(fromDaemon.code()).isEqualTo(ExitCode.OK);
      assertThat(fromDaemon.out().lines().skip(1))
          .singleElement()
          .asString()
          .containsPattern("Z +Reboot +operator +\\S+ +- +complete +\\S+ +- +\\S+ +- +-");
      assertThat(
              tool.run("history", "--since", "1h", "--config", daemon.configuration())
                  .out()
                  .lines())
          .hasSize(2);
      assertThat(tool.run("history", "--since", "0s", "--config", daemon.configuration()).out())
          .isEqualTo("None since then.\n");
      daemon.stop();
      Tool.Result fromFile =
          tool.run("history", "--output", "json", "--limit", 5, "--config", daemon.configuration());
      assertThat(fromFile.code()).isEqualTo(ExitCode.OK);
      assertThat(fromFile.err()).contains("this is from its files");
      assertThat(fromFile.json().at("/maintenances/0/drain").asText()).isEqualTo("COMPLETE");
      assertThat(
              tool.run(
                      "history",
                      "--output",
                      "json",
                      "--since",
                      "2099-01-01",
                      "--config",
                      daemon.configuration())
                  .json()
                  .path("maintenances"))
          .isEmpty();
    }
  }

  @Test
  void refusesALimitThatTheDaemonWouldRefuse() {
    Tool.Result result = Tool.in(directory).run("history", "--limit", 0);

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).startsWith("--limit is a number from 1 to 1000, not 0\n");
  }

  @Test
  void namesEveryFaultOfTheConfiguration() {
    Tool tool = Tool.in(directory);
    Path broken =
        tool.file("broken.yml", "drainwatch:\n  state-dri: /x\n  metadata:\n    timeout: 0s\n");

    for (String command : new String[] {"status", "history", "drain", "resume"}) {
      Tool.Result result = tool.run(command, "--config", broken);
      assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
      assertThat(result.err()).contains("drainwatch.state-dri", "drainwatch.metadata.timeout");
    }
  }
}
