package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.context.Effects.DrainArgument;
import io.drainwatch.drainer.context.Effects.JobNextState;
import io.drainwatch.drainer.maintenance.EventSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C08: the footnotes of drain-scripts.md 2.4. */
class FootnotesTest {

  @Test
  @DisplayName("C08 ^e a Redeploy loses an OS disk that is on the host")
  void losesEphemeralOsDisk() {
    Effects effects = onTheHost(Asked.about("Redeploy")).effects();

    assertThat(effects.osDisk()).isEqualTo(NextState.Disk.DELETED);
    assertThat(effects.persistentDisks()).isEqualTo(NextState.Disk.AVAILABLE);
  }

  @Test
  @DisplayName("C08 ^e a Reboot keeps an OS disk that is on the host")
  void keepsEphemeralOsDiskOnReboot() {
    assertThat(onTheHost(Asked.about("Reboot")).effects().osDisk())
        .isEqualTo(NextState.Disk.AVAILABLE);
  }

  @Test
  @DisplayName("an OS disk on the host is never kept detached")
  void neverKeepsEphemeralOsDiskDetached() {
    assertThat(onTheHost(Asked.about(EventColumn.PREEMPT_DEALLOCATE)).effects().osDisk())
        .isEqualTo(NextState.Disk.DELETED);
    assertThat(
            onTheHost(Asked.about("Terminate"))
                .terminateDisks(NextState.Disk.UNAVAILABLE)
                .effects()
                .osDisk())
        .isEqualTo(NextState.Disk.DELETED);
  }

  @ParameterizedTest(name = "C08 ^s a Reboot first seen as Started and caused by {0}: as {1}")
  @CsvSource({"PLATFORM,REDEPLOY", "UNKNOWN,REDEPLOY", "USER,REBOOT", "OPERATOR,REBOOT"})
  void readsHostFailureAsRedeploy(EventSource source, EventColumn column) {
    Asked failure = onTheHost(Asked.about("Reboot")).source(source).firstSeenAsStarted();

    assertThat(failure.effects()).isEqualTo(onTheHost(Asked.about(column)).effects());
    assertThat(failure.variables().get("DRAIN_EVENT_TYPE")).isEqualTo("Reboot");
  }

  @Test
  @DisplayName("C08 ^s bosh.redeploy: keep counts for a host failure too")
  void hostFailureFollowsRedeploySetting() {
    Asked failure = Asked.about("Reboot").firstSeenAsStarted().redeployKeeps();

    assertThat(failure.effects().bosh().vm()).isEqualTo(NextState.Vm.KEEP);
    assertThat(failure.effects().disposition()).isEqualTo(Disposition.RECREATED);
  }

  @ParameterizedTest(name = "C08 ^r bosh.redeploy: keep with {0}")
  @EnumSource(EventColumn.class)
  void redeployKeeps(EventColumn column) {
    Effects plain = Asked.about(column).effects();
    Effects kept = Asked.about(column).redeployKeeps().effects();

    switch (column) {
      case REDEPLOY, UNKNOWN -> {
        assertThat(kept.bosh().vm()).isEqualTo(NextState.Vm.KEEP);
        assertThat(kept.bosh().drainArgument()).isEqualTo(DrainArgument.JOB_CHANGED);
        assertThat(kept.disposition()).isEqualTo(plain.disposition());
        assertThat(kept.targets()).isEqualTo(plain.targets());
        assertThat(Asked.about(column).redeployKeeps().variables())
            .containsEntry("DRAIN_VM_NEXT_STATE", "keep");
      }
      case FREEZE, REBOOT, PREEMPT_DEALLOCATE, PREEMPT_DELETE, TERMINATE ->
          assertThat(kept).isEqualTo(plain);
    }
  }

  @ParameterizedTest(name = "C08 * context.terminate-disks: unavailable with {0}")
  @EnumSource(EventColumn.class)
  void terminateKeepsDisks(EventColumn column) {
    Effects plain = Asked.about(column).effects();
    Effects kept = Asked.about(column).terminateDisks(NextState.Disk.UNAVAILABLE).effects();

    if (column != EventColumn.TERMINATE) {
      assertThat(kept).isEqualTo(plain);
      return;
    }
    assertThat(kept.osDisk()).isEqualTo(NextState.Disk.UNAVAILABLE);
    assertThat(kept.persistentDisks()).isEqualTo(NextState.Disk.UNAVAILABLE);
    assertThat(kept.ephemeralDisk()).isEqualTo(NextState.Disk.DELETED);
    assertThat(kept.bosh().jobNextState()).isEqualTo(JobNextState.SAME_SIZE);
    assertThat(kept.instance()).isEqualTo(NextState.Instance.DELETE);
  }

  @ParameterizedTest(name = "C08 context.replacement with {0}: target states {1}, {2}")
  @CsvSource({
    "FREEZE, stopped, stopped",
    "REBOOT, stopped, stopped",
    "REDEPLOY, recreated, recreated",
    "PREEMPT_DEALLOCATE, stopped recreated, recreated",
    "PREEMPT_DELETE, deleted recreated, recreated",
    "TERMINATE, deleted recreated, recreated",
    "UNKNOWN, recreated, recreated"
  })
  void replacementAddsRecreated(EventColumn column, String targets, String disposition) {
    Asked replaced = Asked.about(column).replacement();

    assertThat(replaced.variables())
        .containsEntry("DRAIN_TARGET_STATES", targets)
        .containsEntry("DRAIN_VM_STATE", disposition);
    assertThat(replaced.effects().bosh()).isEqualTo(Asked.about(column).effects().bosh());
    assertThat(replaced.effects().jobs()).isEqualTo(Asked.about(column).effects().jobs());
    assertThat(replaced.effects().instance()).isEqualTo(Asked.about(column).effects().instance());
  }

  @ParameterizedTest(name = "C08 a deleted deployment is told with {0}, nothing else changes")
  @EnumSource(EventColumn.class)
  void deploymentIsDeletedByConfigurationOnly(EventColumn column) {
    Effects plain = Asked.about(column).effects();
    Effects deleted = Asked.about(column).deploymentDeleted().effects();

    assertThat(deleted.deployment()).isEqualTo(NextState.Deployment.DELETED);
    assertThat(deleted.bosh().deployment()).isEqualTo(NextState.Vm.DELETE);
    assertThat(List.of(deleted.instance(), deleted.group(), deleted.jobs(), deleted.bosh().vm()))
        .isEqualTo(List.of(plain.instance(), plain.group(), plain.jobs(), plain.bosh().vm()));
  }

  @Test
  @DisplayName("C08 an eviction policy that is not told counts as Delete")
  void missingEvictionPolicyIsDelete() {
    assertThat(Asked.about("Preempt").effects())
        .isEqualTo(Asked.about(EventColumn.PREEMPT_DELETE).effects());
    assertThat(Asked.about("Preempt").evictionPolicy("").effects())
        .isEqualTo(Asked.about(EventColumn.PREEMPT_DELETE).effects());
    assertThat(Asked.about("Preempt").evictionPolicy("deallocate").effects())
        .isEqualTo(Asked.about(EventColumn.PREEMPT_DEALLOCATE).effects());
  }

  @ParameterizedTest(name = "C08 {0} counts as a type not known")
  @ValueSource(strings = {"SpotRebalanceRecommendation", "Relocate", "", "Reboot2"})
  void unknownTypes(String type) {
    assertThat(Asked.about(type).effects()).isEqualTo(Asked.about(EventColumn.UNKNOWN).effects());
    assertThat(Asked.about(type).variables()).containsEntry("DRAIN_EVENT_TYPE", type);
  }

  @Test
  @DisplayName("a type is known whatever its case, and passed on as received")
  void typesIgnoreCase() {
    assertThat(Asked.about("REBOOT").effects()).isEqualTo(Asked.about("Reboot").effects());
    assertThat(Asked.about("REBOOT").variables()).containsEntry("DRAIN_EVENT_TYPE", "REBOOT");
  }

  @ParameterizedTest(name = "a drain by hand of type ''{0}'' is the column {1}")
  @CsvSource({"'',REBOOT", "' ',REBOOT", "Redeploy,REDEPLOY", "Terminate,TERMINATE"})
  void drainByHand(String type, EventColumn column) {
    Asked byHand = Asked.about(type).source(EventSource.OPERATOR);
    DrainContext.Event event = byHand.context().event();

    assertThat(byHand.effects()).isEqualTo(Asked.about(column).effects());
    assertThat(event.provider()).isEqualTo("operator");
    assertThat(event.type()).isEqualToIgnoringCase(column.name());
    assertThat(event.source()).isEqualTo(DrainContext.Event.Source.USER);
    assertThat(ContextSchema.complaints(ContextSchema.written(byHand.context()))).isEmpty();
  }

  private static Asked onTheHost(Asked asked) {
    return asked.disks(Asked.osDisk(true), Asked.dataDisk(), Asked.tempDisk());
  }
}
