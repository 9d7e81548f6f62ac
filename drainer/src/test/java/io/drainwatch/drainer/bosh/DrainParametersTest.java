package io.drainwatch.drainer.bosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.drainwatch.drainer.context.BoshJobStates;
import io.drainwatch.drainer.context.Effects;
import io.drainwatch.drainer.context.NextState;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a drain is told (drain-scripts.md 3.3). */
class DrainParametersTest {

  private static final JobSpec DISK_200 = JobSpec.withDisk(200);
  private static final JobSpec DISK_301 = JobSpec.withDisk(301);

  @Test
  @DisplayName("B01 an update tells changed packages and both states")
  void tellsOfAnUpdate() {
    JobSpec old = JobSpec.withDisk(42).with(Map.of("foo", "1", "bar", "1"));
    JobSpec next = JobSpec.withDisk(42).with(Map.of("foo", "2", "bar", "2"));

    DrainParameters parameters = DrainParameters.update(old, next);

    assertThat(parameters.arguments())
        .containsExactly("job_changed", "hash_unchanged", "bar", "foo");
    assertThat(BoshEnvironment.ofDrain(parameters, Map.of()))
        .containsOnly(
            Map.entry("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"),
            Map.entry("BOSH_JOB_STATE", "{\"persistent_disk\":42}"),
            Map.entry("BOSH_JOB_NEXT_STATE", "{\"persistent_disk\":42}"));
  }

  @Test
  @DisplayName("B10 a shutdown without a new spec has no BOSH_JOB_NEXT_STATE")
  void leavesAnUnknownNextStateOut() {
    DrainParameters parameters = DrainParameters.shutdown(DISK_200, Optional.empty());

    assertThat(BoshEnvironment.ofDrain(parameters, Map.of("BOSH_JOB_NEXT_STATE", "")))
        .containsOnlyKeys("PATH", "BOSH_JOB_STATE");
  }

  @Test
  @DisplayName("B14 a shutdown 200 -> 301 tells 200 and 301; 200 -> nothing tells 200 and nothing")
  void tellsOfAShutdown() {
    DrainParameters both = DrainParameters.shutdown(DISK_200, Optional.of(DISK_301));
    assertThat(both.arguments()).containsExactly("job_shutdown", "hash_unchanged");
    assertThat(both.present()).isEqualTo(new JobState.Known("{\"persistent_disk\":200}"));
    assertThat(both.next()).isEqualTo(new JobState.Known("{\"persistent_disk\":301}"));

    DrainParameters nothing = DrainParameters.shutdown(DISK_200, Optional.empty());
    assertThat(nothing.present()).isEqualTo(new JobState.Known("{\"persistent_disk\":200}"));
    assertThat(nothing.next()).isEqualTo(new JobState.NotSet());
  }

  @Test
  @DisplayName("B15 the status parameters of 200 -> 301 tell 200 and nothing")
  void asksAgainWithStatusParameters() {
    DrainParameters again = DrainParameters.shutdown(DISK_200, Optional.of(DISK_301)).recall();

    assertThat(again.arguments()).containsExactly("job_check_status", "hash_unchanged");
    assertThat(again.present()).isEqualTo(new JobState.Known("{\"persistent_disk\":200}"));
    assertThat(again.next()).isEqualTo(new JobState.NotSet());
    assertThat(again.recall()).isEqualTo(again);
  }

  @Test
  @DisplayName("B16 foo changed, bar the same, baz added, old removed: baz foo")
  void tellsChangedAndAddedPackages() {
    JobSpec old = DISK_200.with(Map.of("foo", "1", "bar", "1", "old", "1"));
    JobSpec next = DISK_200.with(Map.of("foo", "2", "bar", "1", "baz", "1"));

    assertThat(DrainParameters.update(old, next).packages()).containsExactly("baz", "foo");
    assertThat(DrainParameters.update(old, next).recall().packages()).isEmpty();
    assertThat(DrainParameters.shutdown(old, Optional.of(next)).packages()).isEmpty();
  }

  @Test
  @DisplayName("B32 an update needs a new spec")
  void refusesAnUpdateToNothing() {
    assertThat(new DrainRequest("update", DISK_200, Optional.empty()).read())
        .isEqualTo(new DrainRequest.Reading.Refused("Drain update requires new spec"));
  }

  @Test
  @DisplayName("B33 the type status comes from inside only")
  void refusesStatusFromOutside() {
    assertThat(new DrainRequest("status", DISK_200, Optional.empty()).read())
        .isEqualTo(new DrainRequest.Reading.Refused("Unexpected call with drain type 'status'"));
  }

  @Test
  void readsWhatCanBeDone() {
    assertThat(new DrainRequest("update", DISK_200, Optional.of(DISK_301)).read())
        .isEqualTo(new DrainRequest.Reading.Accepted(DrainParameters.update(DISK_200, DISK_301)));
    assertThat(new DrainRequest("shutdown", DISK_200, Optional.empty()).read())
        .isEqualTo(
            new DrainRequest.Reading.Accepted(
                DrainParameters.shutdown(DISK_200, Optional.empty())));
  }

  @ParameterizedTest(name = "configuration {0} -> {1} is {2}")
  @CsvSource({
    ",, hash_unchanged",
    "a, a, hash_unchanged",
    "a,, hash_unchanged",
    "a, b, hash_changed",
    ", b, hash_new"
  })
  void tellsWhetherTheConfigurationChanged(String old, String next, String word) {
    DrainParameters parameters = DrainParameters.update(configured(old), configured(next));

    assertThat(parameters.arguments().get(1)).isEqualTo(word);
    assertThat(parameters.recall().arguments().get(1)).isEqualTo("hash_unchanged");
  }

  private static JobSpec configured(String hash) {
    return new JobSpec(OptionalLong.empty(), Map.of(), Optional.ofNullable(hash));
  }

  @Test
  void anEventTellsNoPackages() {
    DrainParameters parameters =
        DrainParameters.ofEvent(
            effects(Effects.DrainArgument.JOB_SHUTDOWN),
            new BoshJobStates(Optional.empty(), Optional.of("{\"persistent_disk\":0}")));

    assertThat(parameters.arguments()).containsExactly("job_shutdown", "hash_unchanged");
    assertThat(BoshEnvironment.ofDrain(parameters, Map.of()))
        .containsOnlyKeys("PATH", "BOSH_JOB_NEXT_STATE")
        .containsEntry("BOSH_JOB_NEXT_STATE", "{\"persistent_disk\":0}");
    assertThat(
            DrainParameters.ofEvent(
                    effects(Effects.DrainArgument.JOB_CHANGED),
                    new BoshJobStates(Optional.empty(), Optional.empty()))
                .arguments())
        .containsExactly("job_changed", "hash_unchanged");
  }

  private static Effects.Bosh effects(Effects.DrainArgument argument) {
    return new Effects.Bosh(
        NextState.Vm.DELETE,
        NextState.Vm.KEEP,
        NextState.Vm.KEEP,
        argument,
        Effects.JobNextState.ZERO);
  }

  @Test
  @DisplayName("B08 B09 a state that cannot be built is a problem with its text")
  void tellsWhatCannotBeBuilt() {
    DrainParameters present = DrainParameters.shutdown(JobSpec.withDisk(-1), Optional.empty());
    DrainParameters next = DrainParameters.update(DISK_200, JobSpec.withDisk(-2));

    assertThat(present.problem()).contains("a persistent disk of -1 MB is no job state");
    assertThat(next.problem()).contains("a persistent disk of -2 MB is no job state");
    assertThat(BoshFixture.UPDATE.problem()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoshEnvironment.ofDrain(next, Map.of()))
        .withMessageContaining("BOSH_JOB_NEXT_STATE");
  }

  @Test
  void contextVariablesComeOnTopButOverrideNothing() {
    Map<String, String> context =
        Map.of("DRAIN_ID", "e/vm", "PATH", "/evil", "BOSH_JOB_STATE", "no");

    assertThat(BoshEnvironment.ofDrain(BoshFixture.UPDATE, context))
        .containsEntry("DRAIN_ID", "e/vm")
        .containsEntry("PATH", BoshEnvironment.PATH)
        .containsEntry("BOSH_JOB_STATE", "{\"persistent_disk\":42}");
    assertThat(BoshEnvironment.of(BoshScript.POST_STOP, BoshFixture.KEEP, context))
        .containsEntry("PATH", BoshEnvironment.PATH);
  }

  @ParameterizedTest(name = "{0} {1}: VM {2}, instance {3}, deployment {4}")
  @CsvSource({
    "B40, KEEP_VM, keep, keep, keep",
    "B41, DELETE_VM, delete, keep, keep",
    "B42, DELETE_INSTANCE, delete, delete, keep",
    "B43, DELETE_DEPLOYMENT, delete, delete, delete"
  })
  void preStopIsToldTheNextStates(
      String row, NextStates.Intent intent, String vm, String instance, String deployment) {
    assertThat(BoshEnvironment.of(BoshScript.PRE_STOP, NextStates.of(intent), Map.of()))
        .as(row)
        .containsOnly(
            Map.entry("PATH", BoshEnvironment.PATH),
            Map.entry("BOSH_VM_NEXT_STATE", vm),
            Map.entry("BOSH_INSTANCE_NEXT_STATE", instance),
            Map.entry("BOSH_DEPLOYMENT_NEXT_STATE", deployment));
  }

  @ParameterizedTest(name = "B29 {0} gets PATH and nothing of BOSH")
  @CsvSource({"POST_STOP", "PRE_START", "POST_START"})
  void othersAreToldNothing(BoshScript script) {
    assertThat(BoshEnvironment.of(script, BoshFixture.KEEP, Map.of()))
        .containsOnly(Map.entry("PATH", BoshEnvironment.PATH));
  }

  @Test
  void anEventsNextStatesAreThoseOfTheTable() {
    assertThat(NextStates.of(effects(Effects.DrainArgument.JOB_CHANGED)))
        .isEqualTo(NextStates.of(NextStates.Intent.DELETE_VM));
  }
}
