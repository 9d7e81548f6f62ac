package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * C01 to C07: the scripts of {@code config/examples/use-cases}, with the variables that the mapper
 * gives them, do for every kind of event what the README beside them says. What they call is a
 * stand-in that notes it.
 */
class UseCaseScriptsTest {

  @TempDir Path work;
  private StandIns standIns;

  @BeforeEach
  void putsStandInsOnThePath() throws IOException {
    standIns = new StandIns(work);
  }

  static Stream<Arguments> runs() {
    return Examples.useCases().stream()
        .flatMap(
            useCase ->
                Arrays.stream(EventColumn.values())
                    .flatMap(
                        column ->
                            Stream.of(false, true)
                                .map(
                                    deleted ->
                                        Arguments.of(
                                            useCase.id(),
                                            useCase.script(),
                                            column,
                                            useCase.choice(column, deleted),
                                            deleted ? ", the deployment deleted" : "",
                                            useCase))));
  }

  /** One event for each script for which it does something. */
  static Stream<Arguments> deeds() {
    return runs()
        .filter(run -> !deed((String) run.get()[1], (String) run.get()[3]).isEmpty())
        .collect(
            java.util.stream.Collectors.toMap(run -> run.get()[1], run -> run, (one, other) -> one))
        .values()
        .stream();
  }

  @ParameterizedTest(name = "{0} {1} {3} on {2}{4}")
  @MethodSource("runs")
  void choosesAsANativeHook(
      String id,
      String script,
      EventColumn column,
      String choice,
      String deleted,
      Examples.UseCase useCase)
      throws Exception {
    Asked asked = asked(column, useCase, !deleted.isEmpty());

    Shell.Result result = asHook(useCase, asked);

    assertThat(result.choice()).as(result.toString()).isEqualTo(choice);
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(choice.equals("waits") ? 75 : 0);
    assertThat(result.output()).isEmpty();
    assertThat(standIns.calls()).isEqualTo(deed(script, choice));
    assertThat(Files.exists(exported())).isEqualTo(choice.equals("exports"));
  }

  @ParameterizedTest(name = "{0} {1} {3} on {2}{4}")
  @MethodSource("runs")
  void choosesTheSameAsABoshScript(
      String id,
      String script,
      EventColumn column,
      String choice,
      String deleted,
      Examples.UseCase useCase)
      throws Exception {
    Asked asked = asked(column, useCase, !deleted.isEmpty());

    Shell.Result result = asBosh(useCase, asked);

    String integer = choice.equals("waits") ? "-5\n" : "0\n";
    assertThat(result.choice()).as(result.toString()).isEqualTo(choice);
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.output()).isEqualTo(useCase.isPreStop() ? "" : integer);
    assertThat(standIns.calls()).isEqualTo(deed(script, choice));
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
        run(
            script,
            arguments,
            Map.of(nameAndValue[0], nameAndValue[1], "DRAIN_SECONDS_LEFT", "837"));

    assertThat(result.choice()).as(result.toString()).isEqualTo(choice);
    assertThat(result.exitCode()).isZero();
    assertThat(standIns.calls()).isEqualTo(deed(script, choice));
  }

  @ParameterizedTest(name = "{0} {1} only says in a dry run what it would do")
  @MethodSource("deeds")
  void doesNothingInADryRun(
      String id,
      String script,
      EventColumn column,
      String choice,
      String deleted,
      Examples.UseCase useCase)
      throws Exception {
    Shell.Result result = asHook(useCase, asked(column, useCase, !deleted.isEmpty()).dryRun());

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(standIns.calls())
        .as("only what changes nothing")
        .isSubsetOf("etcdctl member list", "replica-count ");
    assertThat(Files.exists(exported())).isFalse();
  }

  @ParameterizedTest(name = "{0} {1} fails, and answers no integer, when its command fails")
  @MethodSource("deeds")
  void failsWithItsCommand(
      String id,
      String script,
      EventColumn column,
      String choice,
      String deleted,
      Examples.UseCase useCase)
      throws Exception {
    for (String call : deed(script, choice)) {
      standIns.add(call.split(" ", 2)[0], "exit 3");
    }
    Asked asked = asked(column, useCase, !deleted.isEmpty());

    assertThat(asHook(useCase, asked).exitCode()).isNotIn(0, 75);
    assertThat(asBosh(useCase, asked).exitCode()).isNotZero();
    assertThat(asBosh(useCase, asked).output()).isEmpty();
    assertThat(Files.exists(exported())).isFalse();
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

  @Test
  @DisplayName("C02 a dump that breaks off leaves an earlier one as it was")
  void keepsTheEarlierDump() throws Exception {
    Asked asked = Asked.about("Terminate").in(Hook.PRE_STOP, MaintenanceState.DRAINING);
    asked.deploymentDeleted();
    assertThat(run("export-data", List.of("pre-stop"), asked.variables()).exitCode()).isZero();
    standIns.add("pg_dumpall", "echo half; exit 1");

    assertThat(run("export-data", List.of("pre-stop"), asked.variables()).exitCode()).isEqualTo(1);
    assertThat(exported()).hasContent("CREATE TABLE t;");
  }

  @Test
  @DisplayName("C04 is done once the data is replicated, natively and as a BOSH script")
  void isDoneOnceReplicated() throws Exception {
    standIns.replicas("2");
    Map<String, String> variables = Asked.about("Terminate").again().variables();

    Shell.Result hook = run("check-replicas", List.of("drain", "stopped"), variables);
    Shell.Result bosh = run("check-replicas", List.of("job_check_status"), variables);

    assertThat(hook.exitCode()).isZero();
    assertThat(hook.choice()).isEqualTo("replicated");
    assertThat(bosh.output()).isEqualTo("0\n");
  }

  @ParameterizedTest(name = "C04 waits when the count is ''{0}''")
  @CsvSource({"many", "''", "1.5"})
  void waitsWhenTheCountIsNoNumber(String count) throws Exception {
    standIns.replicas(count);

    assertThat(run("check-replicas", List.of("drain"), Asked.about("Terminate").variables()))
        .extracting(Shell.Result::exitCode)
        .isEqualTo(75);
  }

  @Test
  @DisplayName("C04 checks nothing where the operator says that disks are kept")
  void checksNothingWhereDisksAreKept() throws Exception {
    Asked kept = Asked.about("Terminate").terminateDisks(NextState.Disk.UNAVAILABLE);

    assertThat(run("check-replicas", List.of("drain"), kept.variables()).choice())
        .isEqualTo("ignores");
  }

  @Test
  @DisplayName("C06 is done when an earlier call has removed the member already")
  void findsTheMemberGone() throws Exception {
    standIns.members("west_1", "west_00");

    Shell.Result result =
        run("deregister-etcd-member", List.of("drain"), Asked.about("Terminate").variables());

    assertThat(result.exitCode()).isZero();
    assertThat(result.choice()).isEqualTo("gone");
    assertThat(standIns.calls()).containsExactly("etcdctl member list");
  }

  @Test
  @DisplayName("C07 gives kubectl no limit where the event has none")
  void givesKubectlNoLimit() throws Exception {
    Asked asked = Asked.about("Relocate").due(Optional.empty(), Optional.empty());

    run("drain-kubelet-when-kept", List.of("drain"), asked.variables());

    assertThat(standIns.calls()).singleElement().asString().endsWith(" --timeout=0s");
  }

  /** The commands that a script calls once it has chosen so. */
  private static List<String> deed(String script, String choice) {
    return switch (choice) {
      case "skips", "keeps", "stays", "ignores", "leaves" -> List.of();
      case "drains" ->
          List.of(
              script.equals("skip-drain")
                  ? "nodetool drain"
                  : "kubectl drain node-0 --ignore-daemonsets --delete-emptydir-data --timeout=837s");
      case "exports" -> List.of("pg_dumpall ");
      case "moves" -> List.of("rsync -a -- /the data/ peer::data/west_0/");
      case "waits" -> List.of("replica-count ");
      case "saves" -> List.of("redis-cli save");
      case "deregisters" -> List.of("etcdctl member list", "etcdctl member remove a0");
      default -> throw new IllegalArgumentException(script + " has no choice " + choice);
    };
  }

  private static Asked asked(EventColumn column, Examples.UseCase useCase, boolean deleted) {
    Hook hook = useCase.isPreStop() ? Hook.PRE_STOP : Hook.DRAIN;
    Asked asked = Asked.about(column).in(hook, MaintenanceState.DRAINING);
    return deleted ? asked.deploymentDeleted() : asked;
  }

  private Shell.Result asHook(Examples.UseCase useCase, Asked asked) throws Exception {
    Map<String, String> variables = asked.variables();
    List<String> arguments = List.of(variables.get("DRAIN_HOOK"), variables.get("DRAIN_VM_STATE"));
    return run(useCase.script(), arguments, variables);
  }

  private Shell.Result asBosh(Examples.UseCase useCase, Asked asked) throws Exception {
    Map<String, String> variables = new HashMap<>(asked.variables());
    Effects effects = asked.effects();
    if (useCase.isPreStop()) {
      variables.put("BOSH_DEPLOYMENT_NEXT_STATE", effects.bosh().deployment().word());
      return run(useCase.script(), List.of(), variables);
    }
    BoshJobStates states = BoshJobStates.of(effects, asked.facts());
    states.present().ifPresent(state -> variables.put("BOSH_JOB_STATE", state));
    states.next().ifPresent(state -> variables.put("BOSH_JOB_NEXT_STATE", state));
    return run(
        useCase.script(),
        List.of(effects.bosh().drainArgument().word(), "hash_unchanged"),
        variables);
  }

  private Shell.Result run(String script, List<String> arguments, Map<String, String> variables)
      throws Exception {
    Map<String, String> all = new HashMap<>(variables);
    all.put("PATH", standIns.path());
    all.put("DATA_DIR", "/the data");
    all.put("MOVE_TO", "peer::data");
    all.put("EXPORT_DIR", work.toString());
    all.put("NODE_NAME", "node-0");
    String path = Examples.directory().resolve("use-cases").resolve(script).toString();
    return Shell.execute(Stream.concat(Stream.of(path), arguments.stream()).toList(), all, work);
  }

  private Path exported() {
    return work.resolve("west_0.sql");
  }
}
