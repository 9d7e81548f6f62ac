package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * C01 to C07: the scripts of {@code config/examples/use-cases}, with the variables that the mapper
 * gives them, do for every kind of event what the README beside them says. What they call is a
 * stand-in that notes it.
 */
class UseCaseScriptsTest {

  @TempDir Path work;
  private UseCaseRuns runs;

  @BeforeEach
  void putsStandInsOnThePath() throws IOException {
    runs = new UseCaseRuns(work);
  }

  /** One script at one kind of event. */
  record Run(Examples.UseCase useCase, EventColumn column, boolean deploymentDeleted) {
    String choice() {
      return useCase.choice(column, deploymentDeleted);
    }

    List<String> deed() {
      return UseCaseRuns.deed(useCase.script(), choice());
    }

    Asked asked() {
      Hook hook = useCase.isPreStop() ? Hook.PRE_STOP : Hook.DRAIN;
      Asked asked = Asked.about(column).in(hook, MaintenanceState.DRAINING);
      return deploymentDeleted ? asked.deploymentDeleted() : asked;
    }

    @Override
    public String toString() {
      return String.join(" ", useCase.id(), useCase.script(), choice(), "on", column.title())
          + (deploymentDeleted ? ", the deployment deleted" : "");
    }
  }

  static Stream<Run> runs() {
    return Examples.useCases().stream()
        .flatMap(
            useCase ->
                Arrays.stream(EventColumn.values())
                    .flatMap(
                        column ->
                            Stream.of(false, true)
                                .map(deleted -> new Run(useCase, column, deleted))));
  }

  /** For each script the first run in which it does something. */
  static Stream<Run> deeds() {
    Map<String, Run> firsts = new LinkedHashMap<>();
    runs()
        .filter(run -> !run.deed().isEmpty())
        .forEach(run -> firsts.putIfAbsent(run.useCase().script(), run));
    return firsts.values().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void choosesAsANativeHook(Run run) throws Exception {
    Shell.Result result = runs.asHook(run.useCase(), run.asked());

    assertThat(result.choice()).as(result.toString()).isEqualTo(run.choice());
    assertThat(result.exitCode())
        .as(result.toString())
        .isEqualTo(run.choice().equals("waits") ? 75 : 0);
    assertThat(result.output()).isEmpty();
    assertThat(runs.calls()).isEqualTo(run.deed());
    assertThat(Files.exists(runs.exported())).isEqualTo(run.choice().equals("exports"));
  }

  @ParameterizedTest(name = "{0}, as a BOSH script")
  @MethodSource("runs")
  void choosesTheSameAsABoshScript(Run run) throws Exception {
    Shell.Result result = runs.asBosh(run.useCase(), run.asked());

    String integer = run.choice().equals("waits") ? "-5\n" : "0\n";
    assertThat(result.choice()).as(result.toString()).isEqualTo(run.choice());
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.output()).isEqualTo(run.useCase().isPreStop() ? "" : integer);
    assertThat(runs.calls()).isEqualTo(run.deed());
  }

  @ParameterizedTest(name = "{0} {1} {3} under a BOSH director: {2} {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          C01 | skip-drain                | job_shutdown     | drains       | BOSH_JOB_NEXT_STATE={"persistent_disk":0}
          C02 | export-data               |                  | keeps        | BOSH_DEPLOYMENT_NEXT_STATE=keep
          C02 | export-data               |                  | exports      | BOSH_DEPLOYMENT_NEXT_STATE=delete
          C03 | move-only-copy            | job_shutdown     | stays        | BOSH_JOB_NEXT_STATE={"persistent_disk":1024}
          C03 | move-only-copy            | job_shutdown     | moves        | BOSH_JOB_NEXT_STATE={"persistent_disk":0}
          C03 | move-only-copy            | job_changed      | stays        | BOSH_JOB_NEXT_STATE={"persistent_disk":0}
          C04 | check-replicas            | job_shutdown     | ignores      | BOSH_JOB_NEXT_STATE={"persistent_disk":1024}
          C04 | check-replicas            | job_shutdown     | waits        | BOSH_JOB_NEXT_STATE={"persistent_disk":0}
          C04 | check-replicas            | job_check_status | waits        | BOSH_JOB_STATE={"persistent_disk":1024}
          C05 | leave-data                | job_shutdown     | saves        | BOSH_JOB_NEXT_STATE={"persistent_disk":0}
          C06 | deregister-etcd-member    | job_shutdown     | stays        | BOSH_JOB_STATE={"persistent_disk":1024}
          C06 | deregister-etcd-member    | job_shutdown     | deregisters  | BOSH_JOB_NEXT_STATE={"persistent_disk":0}
          C07 | drain-kubelet-when-kept   | job_changed      | drains       | BOSH_JOB_STATE={"persistent_disk":0}
          C07 | drain-kubelet-when-moved  | job_changed      | drains       | BOSH_JOB_STATE={"persistent_disk":0}
          """)
  void goesByBoshsOwnWordsWithoutAContext(
      String id, String script, String argument, String choice, String variable) throws Exception {
    List<String> arguments = argument == null ? List.of() : List.of(argument, "hash_unchanged");
    String[] nameAndValue = variable.split("=", 2);

    Shell.Result result =
        runs.run(
            script,
            arguments,
            Map.of(nameAndValue[0], nameAndValue[1], "DRAIN_SECONDS_LEFT", "837"));

    assertThat(result.choice()).as(result.toString()).isEqualTo(choice);
    assertThat(result.exitCode()).isZero();
    assertThat(runs.calls()).isEqualTo(UseCaseRuns.deed(script, choice));
  }

  @ParameterizedTest(name = "{0}: in a dry run it only says so")
  @MethodSource("deeds")
  void doesNothingInADryRun(Run run) throws Exception {
    Shell.Result result = runs.asHook(run.useCase(), run.asked().dryRun());

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.errors()).contains("would ");
    assertThat(runs.calls())
        .as("only what changes nothing")
        .isSubsetOf("etcdctl member list", "replica-count ");
    assertThat(Files.exists(runs.exported())).isFalse();
  }

  @ParameterizedTest(name = "{0}: fails with its command, and answers no integer")
  @MethodSource("deeds")
  void failsWithItsCommand(Run run) throws Exception {
    for (String call : run.deed()) {
      runs.standIns().add(call.split(" ", 2)[0], "exit 3");
    }

    assertThat(runs.asHook(run.useCase(), run.asked()).exitCode()).isNotIn(0, 75);
    assertThat(runs.asBosh(run.useCase(), run.asked()).exitCode()).isNotZero();
    assertThat(runs.asBosh(run.useCase(), run.asked()).output()).isEmpty();
    assertThat(Files.exists(runs.exported())).isFalse();
  }

  @Test
  @DisplayName("the README's table lists every script, and each can be executed")
  void listsEveryScript() throws IOException {
    Path directory = Examples.directory().resolve("use-cases");

    assertThat(Examples.useCases().stream().map(Examples.UseCase::script))
        .containsExactlyInAnyOrderElementsOf(
            Examples.files(directory).stream().map(Path::toString).toList());
    assertThat(Examples.useCases()).allMatch(useCase -> Files.isExecutable(useCase.path()));
    assertThat(Examples.useCases().stream().map(Examples.UseCase::id).distinct())
        .containsExactly("C01", "C02", "C03", "C04", "C05", "C06", "C07");
  }
}
