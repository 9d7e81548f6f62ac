package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** C01 to C07: real scripts that branch on the variables, one run for every kind of event. */
class UseCaseScriptsTest {

  private static final String TABLE =
      """
      script         deployment Freeze    Reboot    Redeploy  Deallocate Delete        Terminate     unknown
      c01            stays      drained   drained   drained   drained    drained       drained       drained
      c01            deleted    skipped   skipped   skipped   skipped    skipped       skipped       skipped
      c02            stays      kept      kept      kept      kept       kept          kept          kept
      c02            deleted    exported  exported  exported  exported   exported      exported      exported
      c03            stays      stayed    stayed    stayed    stayed     moved         moved         stayed
      c03            deleted    stayed    stayed    stayed    stayed     stayed        stayed        stayed
      c04            stays      unchecked unchecked unchecked unchecked  waiting       waiting       unchecked
      c05            stays      flushed   flushed   flushed   flushed    left-behind   left-behind   flushed
      c05            deleted    flushed   flushed   flushed   flushed    flushed       flushed       flushed
      c06            stays      member    member    member    member     deregistered  deregistered  member
      c07            stays      drained   drained   drained   drained    left          left          drained
      c07-recreated  stays      left      left      drained   left       drained       drained       drained
      """;

  @TempDir Path work;

  static Stream<Arguments> runs() {
    return TABLE
        .lines()
        .skip(1)
        .map(line -> line.split(" +"))
        .flatMap(
            line ->
                Arrays.stream(EventColumn.values())
                    .map(
                        column ->
                            Arguments.of(
                                line[0].substring(0, 3).toUpperCase(java.util.Locale.ROOT),
                                line[0],
                                column,
                                line[1],
                                line[2 + column.ordinal()])));
  }

  @ParameterizedTest(name = "{0} {1} on {2}, the deployment {3}: {4}")
  @MethodSource("runs")
  void takesTheBranch(
      String id, String script, EventColumn column, String deployment, String branch)
      throws IOException, InterruptedException {
    Asked asked = Asked.about(column).in(hookOf(id), MaintenanceState.DRAINING);
    if (deployment.equals("deleted")) {
      asked.deploymentDeleted();
    }

    Shell.Result result = run(script, asked.variables());

    assertThat(result.firstWord()).as(result.toString()).isEqualTo(branch);
    assertThat(result.exitCode()).isEqualTo(branch.equals("waiting") ? 75 : 0);
  }

  @Test
  @DisplayName("C04 is done once the data is replicated")
  void isDoneOnceReplicated() throws IOException, InterruptedException {
    Map<String, String> variables = new HashMap<>(Asked.about("Terminate").again().variables());
    variables.put("REPLICAS", "2");

    assertThat(run("c04", variables)).isEqualTo(new Shell.Result(0, "replicated\n", ""));
  }

  @Test
  @DisplayName("C04 checks nothing where the operator says that disks are kept")
  void checksNothingWhereDisksAreKept() throws IOException, InterruptedException {
    Asked kept = Asked.about("Terminate").terminateDisks(NextState.Disk.UNAVAILABLE);

    assertThat(run("c04", kept.variables())).isEqualTo(new Shell.Result(0, "unchecked\n", ""));
  }

  @Test
  @DisplayName("C06 names the member that goes")
  void namesTheMember() throws IOException, InterruptedException {
    assertThat(run("c06", Asked.about("Terminate").variables()).output())
        .isEqualTo("deregistered west_0\n");
  }

  private Shell.Result run(String script, Map<String, String> variables)
      throws IOException, InterruptedException {
    return Shell.run("sh", ContextSchema.resource("cases/" + script + ".sh"), variables, work);
  }

  private static Hook hookOf(String id) {
    return id.equals("C02") ? Hook.PRE_STOP : Hook.DRAIN;
  }
}
