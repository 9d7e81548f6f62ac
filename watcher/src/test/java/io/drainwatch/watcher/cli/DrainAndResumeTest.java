package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainAndResumeTest {
  @TempDir Path directory;

  @Test
  void drainsAndComesBackAndTellsHowItGoesOn() throws Exception {
    Tool tool = Tool.in(directory);
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      Tool.Result drained =
          tool.run("drain", "--type", "redeploy", "--wait", "--config", daemon.configuration());
      assertThat(drained.code()).as(drained.err()).isEqualTo(ExitCode.OK);
      assertThat(drained.out().lines())
          .contains("Drained")
          .last()
          .isEqualTo("The machine is drained.");

      Tool.Result again = tool.run("drain", "--config", daemon.configuration());
      assertThat(again.code()).isEqualTo(ExitCode.FAILED);
      assertThat(again.err().lines()).singleElement().asString().startsWith("The daemon refuses: ");

      Tool.Result back = tool.run("resume", "--wait", "--config", daemon.configuration());
      assertThat(back.code()).isEqualTo(ExitCode.OK);
      assertThat(back.out().lines()).last().isEqualTo("Back in service.");

      Tool.Result nothing = tool.run("resume", "--config", daemon.configuration());
      assertThat(nothing.code()).isEqualTo(ExitCode.FAILED);
      assertThat(nothing.err()).startsWith("The daemon refuses: ");
    }
  }

  @Test
  void withoutWaitItSaysThatItHasBegun() throws Exception {
    Tool tool = Tool.in(directory);
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      Tool.Result text = tool.run("drain", "--config", daemon.configuration());
      Tool.Result json = tool.run("resume", "--output", "json", "--config", daemon.configuration());

      assertThat(text.code()).as(text.err()).isEqualTo(ExitCode.OK);
      assertThat(text.out()).isEqualTo("The drain has begun. See: drainwatch status\n");
      assertThat(json.code()).isEqualTo(ExitCode.OK);
      assertThat(json.json().path("version").asText()).isEqualTo("1.2.3");
    }
  }

  @Test
  void aDrainThatFailsSaysWhatIsLeft() throws Exception {
    Tool tool = Tool.in(directory);
    // the daemon itself trusts no temporary directory, so this script is refused
    tool.scripts().hook(Hook.DRAIN, "10-fails", "exit 1");
    Files.setPosixFilePermissions(
        tool.scripts().operator(),
        java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      Tool.Result result = tool.run("drain", "--wait", "--config", daemon.configuration());

      assertThat(result.code()).isEqualTo(ExitCode.FAILED);
      assertThat(result.out()).contains("drain/10-fails: failed");
      assertThat(result.err().lines())
          .singleElement()
          .asString()
          .startsWith("Not drained (failed): ")
          .endsWith("drainwatch resume puts the machine back into service.");
    }
  }

  @Test
  void withoutADaemonThereIsNobodyToAsk() {
    Tool tool = Tool.in(directory);

    Tool.Result result = tool.run("drain", "--config", tool.configuration());

    assertThat(result.code()).isEqualTo(ExitCode.NO_DAEMON);
    assertThat(result.err())
        .isEqualTo("The daemon does not answer at http://127.0.0.1:1 (connection refused).\n");
  }

  @Test
  void aTokenOfAnotherStartIsToldFromARefusal() throws Exception {
    Tool tool = Tool.in(directory);
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      Path token = tool.stateDirectory().resolve("token");
      Files.writeString(token, "0123");
      Tool.Result old = tool.run("drain", "--config", daemon.configuration());
      Files.delete(token);
      Tool.Result missing = tool.run("drain", "--config", daemon.configuration());

      assertThat(old.code()).isEqualTo(ExitCode.FAILED);
      assertThat(old.err()).contains("does not take this token");
      assertThat(missing.code()).isEqualTo(ExitCode.FAILED);
      assertThat(missing.err()).startsWith("There is no token " + token);
    }
  }

  @Test
  void anUnknownTypeAndADurationWithoutUnitAreMisuse() throws IOException {
    Tool tool = Tool.in(directory);

    Tool.Result type = tool.run("drain", "--type", "Rebot");
    Tool.Result within = tool.run("drain", "--within", "10");

    assertThat(type.code()).isEqualTo(ExitCode.USAGE);
    assertThat(type.err()).contains("'Rebot' is no type of event: Freeze, Reboot");
    assertThat(within.code()).isEqualTo(ExitCode.USAGE);
    assertThat(within.err()).contains("'10' is not a duration");
  }
}
