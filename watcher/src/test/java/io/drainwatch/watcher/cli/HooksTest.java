package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.maintenance.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksTest {
  @TempDir Path directory;

  @Test
  void listsWhatRunsInOrderAndWhyTheRestDoesNot() throws IOException {
    Tool tool = Tool.in(directory);
    tool.scripts().hook(Hook.DRAIN, "20-b", "true");
    tool.scripts().hook(Hook.DRAIN, "10-a", "true");
    Path plain = tool.scripts().hook(Hook.DRAIN, "30-plain", "true");
    Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rw-r--r--"));
    Files.createDirectories(tool.scripts().operator().resolve("dran"));

    Tool.Result result = tool.run("hooks", "list", "--config", tool.configuration());

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out().lines().toList())
        .hasSize(4)
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).startsWith("drain        ").endsWith("10-a  runs");
              assertThat(lines.get(1)).endsWith("20-b  runs");
              assertThat(lines.get(2)).endsWith("30-plain  skipped: not executable for this user");
              assertThat(lines.get(3)).endsWith("dran is no hook: what lies in it is never run");
            });
  }

  @Test
  void aRefusedScriptIsAFailure() {
    Tool tool = Tool.in(directory);
    tool.scripts().file(tool.scripts().operator().resolve("drain"), "10-a", "no interpreter line");

    Tool.Result text = tool.run("hooks", "list", "drain", "--config", tool.configuration());
    Tool.Result json =
        tool.run("hooks", "list", "--output", "json", "--config", tool.configuration());

    assertThat(text.code()).isEqualTo(ExitCode.FAILED);
    assertThat(text.out()).contains("10-a  refused: ");
    assertThat(json.code()).isEqualTo(ExitCode.FAILED);
    assertThat(json.json().path("hooks")).hasSize(Hook.values().length);
    assertThat(json.json().at("/hooks/3/entries/0/verdict").asText()).isEqualTo("refused");
  }

  @Test
  void anUnknownHookIsMisuseAndNoScriptsAreNoFailure() {
    Tool tool = Tool.in(directory);

    Tool.Result unknown = tool.run("hooks", "list", "Dran");
    Tool.Result none = tool.run("hooks", "list", "drain", "--config", tool.configuration());

    assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("'Dran' is no hook: scheduled, cordon");
    assertThat(none.code()).isEqualTo(ExitCode.OK);
    assertThat(none.out()).startsWith("No script in ");
  }

  @Test
  void runsAHookOnceAPersonAgrees() {
    Tool tool = Tool.in(directory).answering(true);
    tool.scripts().hook(Hook.CORDON, "10-lb", "echo \"$1 $2 $DRAIN_EVENT_TYPE\"");

    Tool.Result result = tool.run("hooks", "run", "cordon", "--config", tool.configuration());

    assertThat(tool.asked()).isEqualTo("Run hook cordon now (10-lb), told of a made-up Reboot?");
    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .contains("cordon/10-lb\n", "  stdout: cordon stopped Reboot\n")
        .containsPattern("  exit code 0 after \\S+: done\n");
  }

  @Test
  void runsNothingWhenAPersonDeclinesOrNobodyCanBeAsked() {
    Tool tool = Tool.in(directory);
    Path ran = directory.resolve("ran");
    tool.scripts().hook(Hook.CORDON, "10-lb", "touch " + ran);

    Tool.Result inAPipe = tool.run("hooks", "run", "cordon", "--config", tool.configuration());
    Tool.Result declined =
        tool.answering(false).run("hooks", "run", "cordon", "--config", tool.configuration());

    assertThat(inAPipe.code()).isEqualTo(ExitCode.USAGE);
    assertThat(inAPipe.err()).contains("say --yes");
    assertThat(declined.code()).isEqualTo(ExitCode.FAILED);
    assertThat(declined.err()).contains("Nothing was run.");
    assertThat(ran).doesNotExist();
  }

  @Test
  void callsAScriptThatIsNotFinishedAgain() {
    Tool tool = Tool.in(directory);
    Path count = directory.resolve("count");
    tool.scripts()
        .hook(
            Hook.DRAIN,
            "10-slow",
            "echo \"$DRAIN_ATTEMPT $DRAIN_CHECK_STATUS\" >> "
                + count
                + "; [ $DRAIN_ATTEMPT = 3 ] || exit 75");

    Tool.Result result =
        tool.run("hooks", "run", "drain", "--yes", "--config", tool.configuration());

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(count).hasContent("1 0\n2 1\n3 1\n");
    assertThat(tool.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertThat(result.out()).contains("drain/10-slow, call 3\n", "not finished, called again");
  }

  @Test
  void goesOnAfterAFailureAndSaysWhichFailed() {
    Tool tool = Tool.in(directory);
    tool.scripts().hook(Hook.DRAIN, "10-a", "exit 3");
    tool.scripts().hook(Hook.DRAIN, "20-b", "echo later");

    Tool.Result result =
        tool.run(
            "hooks", "run", "drain", "--yes", "--output", "json", "--config", tool.configuration());

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err())
        .contains("1 of 2 drain scripts failed. Failed: 10-a. Successful: 20-b.");
    JsonNode json = result.json();
    assertThat(json).hasSize(2);
    assertThat(json.at("/0/exitCode").asInt()).isEqualTo(3);
    assertThat(json.at("/0/text").asText()).isEqualTo("failed: exit code 3");
    assertThat(json.at("/1/output/0/text").asText()).isEqualTo("later");
  }

  @Test
  void tellsTheScriptsOfTheMaintenanceUnderWay() throws Exception {
    Tool tool = Tool.in(directory);
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      tool.run("drain", "--type", "Terminate", "--wait", "--config", daemon.configuration());
      tool.scripts()
          .hook(Hook.DRAIN, "10-a", "echo \"$DRAIN_EVENT_TYPE $DRAIN_STAGE $DRAIN_VM_NAME\"");

      Tool.Result current =
          tool.run("hooks", "run", "drain", "--yes", "--config", daemon.configuration());
      Tool.Result madeUp =
          tool.run(
              "hooks",
              "run",
              "drain",
              "--event",
              "Preempt",
              "--yes",
              "--config",
              daemon.configuration());

      assertThat(current.out()).contains("  stdout: Terminate Drained vm_0\n");
      assertThat(madeUp.out()).contains("  stdout: Preempt Draining vm_0\n");
    }
  }

  @Test
  void aHookWithoutScriptsIsDone() {
    Tool tool = Tool.in(directory);

    Tool.Result result = tool.run("hooks", "run", "started", "--config", tool.configuration());

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.err()).isEqualTo("Hook started has no script that would run.\n");
  }

  @Test
  void testsScriptsAgainstAMadeUpEvent() throws IOException {
    Tool tool = Tool.in(directory);
    tool.scripts().hook(Hook.PRE_STOP, "10-a", "cat >/dev/null; echo out; echo err >&2");
    tool.scripts().hook(Hook.DRAIN, "20-b", "exit 1");

    Tool.Result result =
        tool.run(
            "hooks",
            "test",
            "--native",
            tool.scripts().operator(),
            "--event",
            "preempt",
            "--config",
            tool.configuration());

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out())
        .contains("pre-stop/10-a\n  arguments: pre-stop stopped\n")
        .contains("  DRAIN_EVENT_TYPE=Preempt\n", "  DRAIN_VM_NAME=test-vm_0\n")
        .contains("  DRAIN_PERSISTENT_DISK_NEXT_STATE=unavailable\n")
        .contains("  stdout: out\n", "  stderr: err\n")
        .containsPattern("  exit code 1 after \\S+: failed: exit code 1\n");
    assertThat(result.out().indexOf("pre-stop/10-a"))
        .isLessThan(result.out().indexOf("drain/20-b"));
    assertThat(tool.stateDirectory()).doesNotExist();
    assertThat(tool.scripts().root().resolve("home/.cache/drainwatch")).isEmptyDirectory();
  }

  @Test
  void testsTheScriptsOfOneHookFromADirectoryOfTheirOwn() {
    Tool tool = Tool.in(directory);
    Path mine = tool.scripts().root().resolve("mine");
    tool.scripts().script(mine, "10-a", "[ \"$1\" = drain ]");

    Tool.Result withoutHook =
        tool.run("hooks", "test", "--native", mine, "--config", tool.configuration());
    Tool.Result withHook =
        tool.run(
            "hooks",
            "test",
            "--native",
            mine,
            "--hook",
            "drain",
            "--output",
            "json",
            "--config",
            tool.configuration());

    assertThat(withoutHook.code()).isEqualTo(ExitCode.USAGE);
    assertThat(withoutHook.err()).contains("say which with --hook");
    assertThat(withHook.code()).isEqualTo(ExitCode.OK);
    assertThat(withHook.json().at("/0/judged").asText()).isEqualTo("done");
    assertThat(withHook.json().at("/0/variables/DRAIN_HOOK").asText()).isEqualTo("drain");
  }

  @Test
  void endsAScriptThatTakesTooLong() {
    Tool tool = Tool.in(directory);
    Path mine = tool.scripts().root().resolve("mine");
    tool.scripts().script(mine, "10-a", "exec sleep 600");

    Tool.Result result =
        tool.run(
            "hooks",
            "test",
            "--native",
            mine,
            "--hook",
            "drain",
            "--timeout",
            "1s",
            "--config",
            tool.configuration());

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).containsPattern("  ended after \\S+: failed: its time was up\n");
  }
}
