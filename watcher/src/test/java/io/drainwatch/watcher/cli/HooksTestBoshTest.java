package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.ExitCodeRule;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hooks test --bosh}, with real scripts in real processes. */
@Timeout(60)
class HooksTestBoshTest {
  @TempDir Path directory;
  private Tool tool;
  private Path base;

  @BeforeEach
  void makeTool() {
    tool = Tool.in(directory);
    base = tool.scripts().root().resolve("vcap");
  }

  @Test
  void theSampleTreeGoesTheWholeWayForARebootAndBack() {
    Path samples = Samples.copy("bosh", tool.scripts());

    Tool.Result result = test(samples, "--event", "Reboot", "--output", "json");

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(titles(result.json()))
        .startsWith("pre-stop/bosh/db 1")
        .contains("drain/bosh/web 1")
        .containsSubsequence("drain/bosh/db 1", "drain/bosh/db 2", "drain/bosh/db 3")
        .endsWith(
            "post-stop/bosh/metrics 1", "pre-start/bosh/metrics 1", "post-start/bosh/metrics 1");
    assertThat(samples.resolve("sys/log/metrics")).doesNotExist();
  }

  @Test
  void theSampleTreeDoesNotComeBackFromATerminate() {
    Path samples = Samples.copy("bosh", tool.scripts());

    Tool.Result result = test(samples, "--event", "Terminate");

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .contains("drain/bosh/db\n  arguments: job_shutdown hash_unchanged\n")
        .contains("  BOSH_JOB_NEXT_STATE={\"persistent_disk\":0}\n")
        .contains("  stdout: VM: delete, instance: delete, deployment: keep\n")
        .contains("post-stop/bosh/metrics\n  arguments: none\n")
        .doesNotContain("pre-start");
    assertThat(result.err()).contains("does not come back from a made-up Terminate");
  }

  @Test
  void printsArgumentsVariablesAnswerAndJudgement() {
    drain("a", "echo talk >&2; echo 7");

    Tool.Result result = test(base, "--event", "Redeploy");

    assertThat(result.out())
        .contains("drain/bosh/a\n  arguments: job_shutdown hash_unchanged\n")
        .contains("  BOSH_JOB_STATE={\"persistent_disk\":65536}\n")
        .contains("  DRAIN_EVENT_TYPE=Redeploy\n", "  DRAIN_HOOK=drain\n")
        .contains("  PATH=/usr/sbin:/usr/bin:/sbin:/bin\n")
        .contains("  stderr: talk\n", "  stdout: 7\n")
        .containsPattern(
            "  exit code 0 after \\S+: done after 7 s\n  waits 7 s, of which 1 s here\n")
        .doesNotContain("  HOME=");
  }

  @Test
  void asJsonTheWholeEnvironmentIsThere() {
    drain("a", "echo 0");

    JsonNode call =
        tool.variable("OTHER", "inherited")
            .variable("MY_TOKEN", "secret")
            .run(
                "hooks",
                "test",
                "--bosh",
                base,
                "--hook",
                "drain",
                "--output",
                "json",
                "--config",
                tool.configuration())
            .json()
            .path(0);

    assertThat(call.at("/variables/BOSH_JOB_STATE").asText()).isNotEmpty();
    assertThat(call.at("/variables/OTHER").isMissingNode()).isTrue();
    assertThat(call.at("/environment/OTHER").asText()).isEqualTo("inherited");
    assertThat(call.at("/environment/MY_TOKEN").isMissingNode()).isTrue();
  }

  @Test
  void eachCallIsToldWhichCallItIs() {
    drain("a", "echo \"$1 $DRAIN_ATTEMPT $DRAIN_CHECK_STATUS\" >&2; echo $((DRAIN_ATTEMPT - 2))");

    assertThat(test(base, "--hook", "drain").out())
        .contains("  stderr: job_changed 1 0\n", ": not finished, called again after 1 s\n")
        .contains("drain/bosh/a, call 2\n", "  stderr: job_check_status 2 1\n");
  }

  @Test
  void aWaitIsShortHereButCountsInFull() {
    // 840 s are there before a Reboot; the first wait fits, the second no more
    drain("a", "echo -600");

    Tool.Result result = test(base, "--hook", "drain");

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out())
        .contains("drain/bosh/a, call 2\n", "  failed after all: not done by the deadline\n")
        .doesNotContain("call 3");
    assertThat(result.err()).contains("1 of 1 drain scripts failed. Failed Jobs: a.");
  }

  @Test
  void aFailureIsTheLastStepOfTheWayOutAndTheWayBackBegins() {
    tool.scripts().script(bin("a"), "pre-stop", "echo no >&2; exit 3");
    drain("a", "echo 0");
    tool.scripts().script(bin("a"), "pre-start", "true");

    Tool.Result result = test(base);

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out())
        .contains("  stderr: no\n")
        .containsPattern("  exit code 3 after \\S+: failed: exited with code 3\n")
        .contains("pre-start/bosh/a\n")
        .doesNotContain("drain/bosh/a");
    assertThat(result.err()).isEqualTo("1 of 1 pre-stop scripts failed. Failed Jobs: a.\n");
  }

  @Test
  void aRefusedScriptAndAWrongAnswerAreFailures() {
    tool.scripts().file(bin("a"), "drain", "no interpreter line");
    drain("b", "echo hello");

    Tool.Result result = test(base);

    assertThat(result.out())
        .contains("drain/bosh/a\n  failed: refused: ")
        .contains("failed: Script did not return a signed integer: it printed 'hello'\n");
    assertThat(result.err()).contains("2 of 2 drain scripts failed. Failed Jobs: a, b.");
  }

  @Test
  void endsAScriptThatTakesTooLong() {
    drain("a", "exec sleep 600");

    Tool.Result result = test(base, "--timeout", "1s");

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out())
        .containsPattern("  ended after \\S+: failed: not done by the deadline");
  }

  @Test
  void takesTheJobsDirectoryItselfAndOneJobOfIt() {
    drain("a", "echo 0");
    drain("b", "echo 0");

    Tool.Result result = test(base.resolve("jobs"), "--job", "b");

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).contains("drain/bosh/b\n").doesNotContain("bosh/a");
  }

  @Test
  void saysWhatIsWrongWithTheArguments() {
    drain("a", "echo 0");

    assertThat(test(base, "--job", "c").code()).isEqualTo(ExitCode.USAGE);
    assertThat(test(base, "--job", "c").err()).contains("--job c: there is no such job");
    assertThat(test(base.resolve("jobs/a")).err()).contains("has no directory jobs");
    assertThat(test(base, "--hook", "running").err()).contains("no script of hook running");
    assertThat(test(base, "--native", base).code()).isEqualTo(ExitCode.USAGE);
    assertThat(tool.run("hooks", "test", "--config", tool.configuration()).code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void goesByWhatIsConfiguredForBoshButNotByItsCommands() {
    drain("a", "echo 0; exit 1");
    drain("b", "echo 0");
    Path command = tool.scripts().script(base, "command", "echo commanded");
    BoshSettings off = BoshSettings.off();
    tool.with(
        new ScriptModes(
            new BoshSettings(
                false,
                off.base(),
                List.of("other"),
                List.of("b"),
                true,
                ExitCodeRule.AGENT,
                Duration.ofSeconds(10),
                false,
                List.of(List.of(command.toString())),
                List.of(),
                Duration.ofMinutes(1)),
            SlipStreamSettings.off(),
            directory));

    Tool.Result result = test(base);

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .contains("drain/bosh/a\n")
        .containsPattern("  exit code 1 after \\S+: done\n")
        .doesNotContain("bosh/b", "DRAIN_", "commanded");
  }

  @Test
  void saysThatAFreezeWouldOnlyBeObserved() {
    drain("a", "echo 0");

    Tool.Result result = test(base, "--event", "Freeze");

    assertThat(result.out()).contains("drain/bosh/a\n");
    assertThat(result.err()).contains("A Freeze is only observed by the configured policy");
  }

  private Path bin(String job) {
    return base.resolve("jobs").resolve(job).resolve("bin");
  }

  private void drain(String job, String body) {
    tool.scripts().script(bin(job), "drain", body);
  }

  private Tool.Result test(Path tree, Object... more) {
    List<Object> words = new ArrayList<>(List.of("hooks", "test", "--bosh", tree));
    words.addAll(List.of(more));
    words.addAll(List.of("--config", tool.configuration()));
    return tool.run(words.toArray());
  }

  private static Stream<String> titles(JsonNode calls) {
    return StreamSupport.stream(calls.spliterator(), false)
        .map(
            call ->
                "%s/%s %s"
                    .formatted(
                        call.path("hook").asText(),
                        call.path("script").asText(),
                        call.path("attempt").asText()));
  }
}
