package io.drainwatch.drainer.context;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.context.Effects.ScaleAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * C08: every cell of drain-scripts.md 2.4, from a table of its own, is what the mapper produces.
 */
class MappingCellsTest {

  /** How each row of the table is asked for. */
  private static final Map<String, Function<Asked, String>> ROWS =
      Map.ofEntries(
          entry("disposition", asked -> json(asked, "/vm/disposition").textValue()),
          entry("recreated / stopped / deleted", MappingCellsTest::flags),
          entry("target_states", asked -> asked.variables().get("DRAIN_TARGET_STATES")),
          entry("OS disk", asked -> json(asked, "/disks/0/next_state").textValue()),
          entry("persistent disks", asked -> json(asked, "/disks/1/next_state").textValue()),
          entry("ephemeral disk", asked -> json(asked, "/disks/2/next_state").textValue()),
          entry("jobs", asked -> json(asked, "/jobs/0/next_state").textValue()),
          entry("instance / group / deployment", MappingCellsTest::threeStates),
          entry("vm.next_state", asked -> json(asked, "/vm/next_state").textValue()),
          entry("BOSH_VM_NEXT_STATE", asked -> asked.effects().bosh().vm().word()),
          entry("BOSH_INSTANCE_NEXT_STATE", asked -> asked.effects().bosh().instance().word()),
          entry("BOSH_DEPLOYMENT_NEXT_STATE", asked -> asked.effects().bosh().deployment().word()),
          entry("drain $1", asked -> asked.effects().bosh().drainArgument().word()),
          entry("BOSH_JOB_NEXT_STATE", MappingCellsTest::jobNextState),
          entry(
              "Pre-Scale ACTION",
              asked ->
                  scaling(
                      asked.effects().slipStream().preScale(false),
                      asked.effects().slipStream().preScale(true))),
          entry(
              "Post-Scale here",
              asked ->
                  scaling(
                      asked.effects().slipStream().postScale(false),
                      asked.effects().slipStream().postScale(true))),
          entry(
              "peers, ACTION empty",
              asked -> asked.effects().slipStream().peersAreTold() ? "On VM Remove" : "-"),
          entry(
              "DrainSafe's grace",
              asked ->
                  asked
                      .effects()
                      .drainSafeGrace()
                      .map(grace -> grace.toSeconds() + " s")
                      .orElse("ignored")));

  static Stream<Arguments> cells() {
    List<String[]> lines = lines();
    List<Arguments> cells = new ArrayList<>();
    for (String[] line : lines.subList(1, lines.size())) {
      for (EventColumn column : EventColumn.values()) {
        cells.add(Arguments.of(line[0], column.title(), line[1 + column.ordinal()], column));
      }
    }
    return cells.stream();
  }

  @ParameterizedTest(name = "C08 {0} of {1} is {2}")
  @MethodSource("cells")
  void isAsInTheTable(String row, String title, String expected, EventColumn column) {
    assertThat(ROWS.get(row).apply(Asked.about(column))).isEqualTo(expected);
  }

  @Test
  @DisplayName("C08 the table of the test has the columns of the specification and all rows")
  void isComplete() {
    List<String[]> lines = lines();

    assertThat(lines.getFirst())
        .containsExactly(
            "row",
            "Freeze",
            "Reboot",
            "Redeploy",
            "Preempt, Deallocate",
            "Preempt, Delete",
            "Terminate",
            "unknown type");
    assertThat(lines.stream().skip(1).map(line -> line[0]))
        .containsExactlyInAnyOrderElementsOf(ROWS.keySet());
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSize(8));
  }

  private static List<String[]> lines() {
    return ContextSchema.resource("mapping.csv").lines().map(line -> line.split(";", -1)).toList();
  }

  private static JsonNode json(Asked asked, String pointer) {
    return ContextSchema.written(asked.context()).at(pointer);
  }

  private static String flags(Asked asked) {
    return String.join(
        " ",
        Arrays.asList("recreated", "stopped", "deleted").stream()
            .map(flag -> json(asked, "/vm/" + flag).booleanValue() ? "T" : "F")
            .toList());
  }

  private static String threeStates(Asked asked) {
    return json(asked, "/instance/next_state").textValue()
        + " / "
        + json(asked, "/instance_group/next_state").textValue()
        + " / "
        + json(asked, "/deployment/next_state").textValue();
  }

  private static String jobNextState(Asked asked) {
    BoshJobStates states = BoshJobStates.of(asked.effects(), asked.facts());
    return states
        .next()
        .map(next -> states.present().equals(states.next()) ? "same size" : next)
        .orElse("left out");
  }

  private static String scaling(Optional<ScaleAction> observed, Optional<ScaleAction> drained) {
    String always = drained.map(ScaleAction::word).orElse("-");
    return observed.equals(drained) ? always : "none, " + always + " if drained";
  }
}
