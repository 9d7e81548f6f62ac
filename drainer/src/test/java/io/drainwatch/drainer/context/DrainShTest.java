package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of {@code config/drain.sh} in real shells, under {@code set -eu}. */
class DrainShTest {
  private static final String ANSWERS =
      """
      for question in drain_is_recreated drain_is_deleted drain_instance_is_deleted \\
        drain_deployment_is_deleted drain_data_is_lost drain_is_check drain_is_dry_run; do
        if $question; then echo "$question"; fi
      done
      """;

  @TempDir Path work;

  @ParameterizedTest(name = "answers for {0} what the context says")
  @EnumSource(EventColumn.class)
  void answersAsTheContext(EventColumn column) throws Exception {
    String expected =
        switch (column) {
          case FREEZE, REBOOT, PREEMPT_DEALLOCATE -> "";
          case REDEPLOY -> "drain_is_recreated\n";
          case UNKNOWN -> "drain_is_recreated\ndrain_data_is_lost\n";
          case PREEMPT_DELETE, TERMINATE ->
              "drain_is_deleted\ndrain_instance_is_deleted\ndrain_data_is_lost\n";
        };

    assertThat(run(ANSWERS, Asked.about(column).variables()))
        .isEqualTo(new Shell.Result(0, expected, ""));
  }

  @ParameterizedTest(name = "is understood by {0}")
  @ValueSource(strings = {"sh", "dash", "bash", "busybox"})
  void isPosix(String shell) throws Exception {
    Assumptions.assumeTrue(Shell.exists(shell), shell + " is not installed here");
    String text = shell.equals("busybox") ? "exec busybox sh -eu ./body" : "";
    Files.writeString(work.resolve("body"), sourced(ANSWERS));

    Shell.Result result =
        text.isEmpty()
            ? Shell.run(shell, sourced(ANSWERS), Asked.about("Redeploy").variables(), work)
            : Shell.run("sh", text, Asked.about("Redeploy").variables(), work);

    assertThat(result).isEqualTo(new Shell.Result(0, "drain_is_recreated\n", ""));
  }

  @Test
  @DisplayName("answers no, and no deadline, without any variable")
  void worksByHand() throws Exception {
    assertThat(run(ANSWERS + "drain_seconds_left\n", Map.of()))
        .isEqualTo(new Shell.Result(0, "-1\n", ""));
  }

  @Test
  @DisplayName("tells a later call, a dry run and a deleted deployment")
  void tellsTheCall() throws Exception {
    Asked asked = Asked.about("Reboot").again().dryRun().deploymentDeleted();

    assertThat(run(ANSWERS, asked.variables()).output())
        .isEqualTo("drain_deployment_is_deleted\ndrain_is_check\ndrain_is_dry_run\n");
  }

  @Test
  @DisplayName("counts the seconds on while the script runs")
  void countsOn() throws Exception {
    Map<String, String> variables = new HashMap<>(Asked.about("Reboot").variables());
    variables.put("DRAIN_DEADLINE_EPOCH", "1000");
    stub("date", "echo 900");
    assertThat(run(withStubs("drain_seconds_left"), variables).output()).isEqualTo("100\n");

    stub("date", "echo 2000");
    assertThat(run(withStubs("drain_seconds_left"), variables).output()).isEqualTo("0\n");
  }

  @Test
  @DisplayName("falls back to the seconds at the start where date knows no %s")
  void fallsBackWithoutClock() throws Exception {
    Map<String, String> variables = Asked.about("Reboot").variables();
    stub("date", "echo '+%s'");
    assertThat(run(withStubs("drain_seconds_left"), variables).output()).isEqualTo("837\n");

    stub("date", "exit 1");
    assertThat(run(withStubs("drain_seconds_left"), variables).output()).isEqualTo("837\n");
  }

  @Test
  @DisplayName("knows which VMs the event names, whole names only")
  void knowsAffectedVms() throws Exception {
    String text = "drain_affects west_1 && echo yes; drain_affects west || echo no";

    assertThat(run(text, Asked.about("Reboot").naming("west_0", "west_1").variables()).output())
        .isEqualTo("yes\nno\n");
  }

  @Test
  @DisplayName("asks the drainwatch command for a member, path untouched")
  void asksForMember() throws Exception {
    stub("drainwatch", "printf '%s|' \"$@\"");

    assertThat(run(withStubs("drain_member '.disks[0].name'"), Map.of()).output())
        .isEqualTo("context|get|.disks[0].name|");
  }

  @Test
  @DisplayName("says so where there is no drainwatch command")
  void saysWhereCommandIsMissing() throws Exception {
    Shell.Result result = run("PATH=" + work.resolve("none") + "\ndrain_member .vm.name", Map.of());

    assertThat(result.exitCode()).isEqualTo(127);
    assertThat(result.output()).isEmpty();
    assertThat(result.errors()).contains("drain_member .vm.name").contains("no drainwatch command");
  }

  @Test
  @DisplayName("logs to standard error, as it is")
  void logsToStandardError() throws Exception {
    assertThat(run("drain_log '-n %s' \"$DRAIN_EVENT_TYPE\"", Map.of("DRAIN_EVENT_TYPE", "$(id)")))
        .isEqualTo(new Shell.Result(0, "", "-n %s $(id)\n"));
  }

  @Test
  @DisplayName("ends unfinished with 75 and failed with 1")
  void endsTheScript() throws Exception {
    assertThat(run("drain_not_finished 2 replicas missing; echo never", Map.of()))
        .isEqualTo(new Shell.Result(75, "", "2 replicas missing\n"));
    assertThat(run("drain_failed; echo never", Map.of())).isEqualTo(new Shell.Result(1, "", ""));
  }

  private Shell.Result run(String text, Map<String, String> variables) throws Exception {
    return Shell.run("sh", sourced(text), variables, work);
  }

  private void stub(String command, String text) throws IOException {
    Path stub =
        Files.writeString(
            Files.createDirectories(work.resolve("bin")).resolve(command),
            "#!/bin/sh\n" + text + "\n");
    assertThat(stub.toFile().setExecutable(true)).isTrue();
  }

  private String withStubs(String text) {
    return "PATH=" + work.resolve("bin") + ":$PATH\n" + text;
  }

  private static String sourced(String text) {
    return "set -eu\n. '" + functions() + "'\n" + text;
  }

  /** The repository's file: tests run in the module's directory or in the repository's. */
  private static Path functions() {
    Path here = Path.of("config", "drain.sh").toAbsolutePath();
    return Files.exists(here) ? here : Path.of("..", "config", "drain.sh").toAbsolutePath();
  }
}
