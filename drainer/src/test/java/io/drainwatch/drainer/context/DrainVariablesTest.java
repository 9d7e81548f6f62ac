package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The variables of drain-scripts.md 2.1 and 2.3. */
class DrainVariablesTest {

  @Test
  void setsEveryVariableOfTheSpecification() {
    Asked asked =
        Asked.about("Redeploy").naming("west_0", "west_1").lasting(Duration.ofSeconds(9)).again();

    assertThat(asked.variables())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("DRAIN_CONTEXT", json(asked)),
                Map.entry("DRAIN_CONTEXT_FILE", Asked.CONTEXT_FILE),
                Map.entry("DRAIN_CONTEXT_VERSION", "1"),
                Map.entry("DRAIN_ID", Asked.EVENT_ID + "/west_0"),
                Map.entry("DRAIN_HOOK", "drain"),
                Map.entry("DRAIN_STAGE", "Draining"),
                Map.entry("DRAIN_ATTEMPT", "1"),
                Map.entry("DRAIN_CHECK_STATUS", "1"),
                Map.entry("DRAIN_DRY_RUN", "0"),
                Map.entry("DRAIN_EVENT_ID", Asked.EVENT_ID),
                Map.entry("DRAIN_EVENT_TYPE", "Redeploy"),
                Map.entry("DRAIN_EVENT_STATUS", "Scheduled"),
                Map.entry("DRAIN_EVENT_SOURCE", "Platform"),
                Map.entry("DRAIN_NOT_BEFORE", "2026-04-11T22:26:58Z"),
                Map.entry("DRAIN_DEADLINE", "2026-04-11T22:25:58Z"),
                Map.entry("DRAIN_DEADLINE_EPOCH", "1775946358"),
                Map.entry("DRAIN_SECONDS_LEFT", "837"),
                Map.entry("DRAIN_DURATION_SECONDS", "9"),
                Map.entry("DRAIN_VM_NAME", "west_0"),
                Map.entry("DRAIN_VM_STATE", "recreated"),
                Map.entry("DRAIN_VM_IS_SELF", "true"),
                Map.entry("DRAIN_VM_RECREATED", "true"),
                Map.entry("DRAIN_VM_STOPPED", "true"),
                Map.entry("DRAIN_VM_DELETED", "false"),
                Map.entry("DRAIN_TARGET_STATES", "recreated"),
                Map.entry("DRAIN_AFFECTED_VMS", "west_0 west_1"),
                Map.entry("DRAIN_VM_NEXT_STATE", "delete"),
                Map.entry("DRAIN_INSTANCE_NEXT_STATE", "keep"),
                Map.entry("DRAIN_GROUP_NEXT_STATE", "updated"),
                Map.entry("DRAIN_DEPLOYMENT_NEXT_STATE", "updated"),
                Map.entry("DRAIN_JOB_NEXT_STATE", "running"),
                Map.entry("DRAIN_OS_DISK_NEXT_STATE", "available"),
                Map.entry("DRAIN_PERSISTENT_DISK_NEXT_STATE", "available"),
                Map.entry("DRAIN_EPHEMERAL_DISK_NEXT_STATE", "deleted")));
  }

  @Test
  void writesUnknownAsEmptyOrMinusOne() {
    Asked asked =
        Asked.about("Reboot")
            .source(EventSource.UNKNOWN)
            .due(Optional.empty(), Optional.empty())
            .disks()
            .jobs()
            .naming();

    assertThat(asked.variables())
        .containsEntry("DRAIN_EVENT_SOURCE", "")
        .containsEntry("DRAIN_NOT_BEFORE", "")
        .containsEntry("DRAIN_DEADLINE", "")
        .containsEntry("DRAIN_DEADLINE_EPOCH", "-1")
        .containsEntry("DRAIN_SECONDS_LEFT", "-1")
        .containsEntry("DRAIN_DURATION_SECONDS", "-1")
        .containsEntry("DRAIN_AFFECTED_VMS", "")
        .containsEntry("DRAIN_JOB_NEXT_STATE", "")
        .containsEntry("DRAIN_OS_DISK_NEXT_STATE", "")
        .containsEntry("DRAIN_PERSISTENT_DISK_NEXT_STATE", "")
        .containsEntry("DRAIN_EPHEMERAL_DISK_NEXT_STATE", "");
  }

  @ParameterizedTest(name = "at {0} there are {1} seconds left")
  @CsvSource({
    "2026-04-11T22:25:57Z,1",
    "2026-04-11T22:25:57.001Z,0",
    "2026-04-11T22:25:58Z,0",
    "2026-04-12T00:00:00Z,0"
  })
  void countsSecondsLeft(Instant now, String left) {
    assertThat(
            DrainVariables.of(
                Asked.about("Reboot").context(),
                Optional.empty(),
                now,
                ContextSettings.MAXIMUM_INLINE_BYTES))
        .containsEntry("DRAIN_SECONDS_LEFT", left);
  }

  @ParameterizedTest(name = "of disks that become {0} the worst is {1}")
  @CsvSource({
    "AVAILABLE AVAILABLE, available",
    "AVAILABLE UNAVAILABLE, unavailable",
    "DELETED UNAVAILABLE AVAILABLE, deleted",
    "AVAILABLE UNKNOWN, deleted",
    "UNKNOWN UNAVAILABLE, deleted"
  })
  void tellsTheWorstDisk(String states, String worst) {
    DrainContext some = Asked.about("Reboot").context();
    List<DrainContext.Disk> disks =
        List.of(states.split(" ")).stream()
            .map(
                state ->
                    new DrainContext.Disk(
                        "data",
                        VmFacts.Disk.Kind.PERSISTENT,
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        NextState.Disk.AVAILABLE,
                        NextState.Disk.valueOf(state)))
            .toList();

    assertThat(variables(with(some, disks, some.jobs(), some.instance())))
        .containsEntry("DRAIN_PERSISTENT_DISK_NEXT_STATE", worst)
        .containsEntry("DRAIN_OS_DISK_NEXT_STATE", "");
  }

  @ParameterizedTest(name = "of jobs that become {0} the worst is {1}")
  @CsvSource({
    "RUNNING RUNNING, running",
    "RUNNING STOPPED, stopped",
    "DELETED STOPPED, deleted",
    "RUNNING UNKNOWN, deleted"
  })
  void tellsTheWorstJob(String states, String worst) {
    DrainContext some = Asked.about("Reboot").context();
    List<DrainContext.Job> jobs =
        List.of(states.split(" ")).stream()
            .map(
                state ->
                    new DrainContext.Job("j", NextState.Job.RUNNING, NextState.Job.valueOf(state)))
            .toList();

    assertThat(variables(with(some, List.of(), jobs, some.instance())))
        .containsEntry("DRAIN_JOB_NEXT_STATE", worst);
  }

  @Test
  void readsUnknownInstanceAsDeleted() {
    DrainContext some = Asked.about("Reboot").context();
    DrainContext.Instance unknown =
        new DrainContext.Instance(
            "west/0", OptionalLong.of(0), Optional.empty(), NextState.Instance.UNKNOWN);

    assertThat(variables(with(some, List.of(), List.of(), unknown)))
        .containsEntry("DRAIN_INSTANCE_NEXT_STATE", "delete");
  }

  @Test
  @DisplayName("has the context inline up to 32,768 bytes, and not at all above")
  void leavesOutLongContext() {
    int missing = ContextSettings.MAXIMUM_INLINE_BYTES - json(padded(0)).length();

    Asked fits = padded(missing);
    assertThat(json(fits)).hasSize(32_768);
    assertThat(fits.variables()).containsEntry("DRAIN_CONTEXT", json(fits));

    Asked tooLong = padded(missing + 1);
    assertThat(json(tooLong)).hasSize(32_769);
    assertThat(tooLong.variables())
        .doesNotContainKey("DRAIN_CONTEXT")
        .containsEntry("DRAIN_CONTEXT_FILE", Asked.CONTEXT_FILE)
        .containsEntry("DRAIN_CONTEXT_VERSION", "1");
  }

  @Test
  void leavesOutAnyOtherLongVariable() {
    List<String> vms = IntStream.range(0, 5000).mapToObj(index -> "west_" + index).toList();

    assertThat(Asked.about("Reboot").naming(vms).variables())
        .doesNotContainKeys("DRAIN_AFFECTED_VMS", "DRAIN_CONTEXT")
        .containsEntry("DRAIN_VM_NAME", "west_0");
  }

  @Test
  void countsBytesNotCharacters() {
    VariableMap variables = new VariableMap(4);
    variables.put("FITS", "\u00e4\u00e4");
    variables.put("LONG", "\u00e4\u00e4x");

    assertThat(variables.asMap()).containsOnlyKeys("FITS");
  }

  @Test
  void obeysSmallerLimit() {
    assertThat(Asked.about("Reboot").maximumInlineBytes(100).variables())
        .doesNotContainKey("DRAIN_CONTEXT")
        .containsKey("DRAIN_ID");
  }

  @Test
  void hasNoFileWhereNoneCouldBeWritten() {
    assertThat(variables(Asked.about("Reboot").context()))
        .doesNotContainKey("DRAIN_CONTEXT_FILE")
        .containsKey("DRAIN_CONTEXT");
  }

  @Test
  void neverHoldsNul() {
    assertThat(
            DrainVariables.of(
                Asked.about("Reboot").context(),
                Optional.of("/a\0b"),
                Asked.STARTED_AT,
                ContextSettings.MAXIMUM_INLINE_BYTES))
        .containsEntry("DRAIN_CONTEXT_FILE", "/ab");
  }

  private static Asked padded(int bytes) {
    return Asked.about("Reboot").raw("{\"pad\":\"" + "x".repeat(bytes) + "\"}");
  }

  private static String json(Asked asked) {
    return new String(DrainContextJson.write(asked.context()), StandardCharsets.UTF_8);
  }

  private static Map<String, String> variables(DrainContext context) {
    return DrainVariables.of(
        context, Optional.empty(), Asked.STARTED_AT, ContextSettings.MAXIMUM_INLINE_BYTES);
  }

  private static DrainContext with(
      DrainContext some,
      List<DrainContext.Disk> disks,
      List<DrainContext.Job> jobs,
      DrainContext.Instance instance) {
    return new DrainContext(
        some.id(),
        some.invocation(),
        some.event(),
        some.vm(),
        disks,
        jobs,
        some.packages(),
        instance,
        some.instanceGroup(),
        some.deployment(),
        some.affectedVms(),
        some.rawEvent());
  }
}
