package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What single scripts of {@code config/examples/use-cases} promise beside their choice. */
class UseCaseDetailsTest {

  @TempDir Path work;
  private UseCaseRuns runs;

  @BeforeEach
  void putsStandInsOnThePath() throws IOException {
    runs = new UseCaseRuns(work);
  }

  @Test
  @DisplayName("C02 a dump that breaks off leaves an earlier one as it was")
  void keepsTheEarlierDump() throws Exception {
    Asked asked = Asked.about("Terminate").in(Hook.PRE_STOP, MaintenanceState.DRAINING);
    asked.deploymentDeleted();
    assertThat(runs.run("export-data", List.of("pre-stop"), asked.variables()).exitCode()).isZero();
    runs.standIns().add("pg_dumpall", "echo half; exit 1");

    assertThat(runs.run("export-data", List.of("pre-stop"), asked.variables()).exitCode())
        .isEqualTo(1);
    assertThat(runs.exported()).hasContent("CREATE TABLE t;");
  }

  @Test
  @DisplayName("C04 is done once the data is replicated, natively and as a BOSH script")
  void isDoneOnceReplicated() throws Exception {
    runs.standIns().replicas("2");
    Map<String, String> variables = Asked.about("Terminate").again().variables();

    Shell.Result hook = runs.run("check-replicas", List.of("drain", "stopped"), variables);
    Shell.Result bosh = runs.run("check-replicas", List.of("job_check_status"), variables);

    assertThat(hook.exitCode()).isZero();
    assertThat(hook.choice()).isEqualTo("replicated");
    assertThat(bosh.output()).isEqualTo("0\n");
  }

  @ParameterizedTest(name = "C04 waits when the count is ''{0}''")
  @CsvSource({"many", "''", "1.5"})
  void waitsWhenTheCountIsNoNumber(String count) throws Exception {
    runs.standIns().replicas(count);

    assertThat(runs.run("check-replicas", List.of("drain"), Asked.about("Terminate").variables()))
        .extracting(Shell.Result::exitCode)
        .isEqualTo(75);
  }

  @Test
  @DisplayName("C04 checks nothing where the operator says that disks are kept")
  void checksNothingWhereDisksAreKept() throws Exception {
    Asked kept = Asked.about("Terminate").terminateDisks(NextState.Disk.UNAVAILABLE);

    assertThat(runs.run("check-replicas", List.of("drain"), kept.variables()).choice())
        .isEqualTo("ignores");
  }

  @Test
  @DisplayName("C06 is done when an earlier call has removed the member already")
  void findsTheMemberGone() throws Exception {
    runs.standIns().members("west_1", "west_00");

    Shell.Result result =
        runs.run("deregister-etcd-member", List.of("drain"), Asked.about("Terminate").variables());

    assertThat(result.exitCode()).isZero();
    assertThat(result.choice()).isEqualTo("gone");
    assertThat(runs.calls()).containsExactly("etcdctl member list");
  }

  @Test
  @DisplayName("C07 gives kubectl no limit where the event has none")
  void givesKubectlNoLimit() throws Exception {
    Asked asked = Asked.about("Relocate").due(Optional.empty(), Optional.empty());

    runs.run("drain-kubelet-when-kept", List.of("drain"), asked.variables());

    assertThat(runs.calls()).singleElement().asString().endsWith(" --timeout=0s");
  }
}
