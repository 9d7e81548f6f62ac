package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** lifecycle.md and drain-scripts.md 1.3 on dry-run. */
class DryRunTest extends Scenario {

  @ParameterizedTest
  @EnumSource(
      value = DryRun.class,
      names = {"REPORT", "CALL"})
  void dryRunTouchesNothingAndAcknowledgesNothing(DryRun dryRun) {
    with(
        Rules.settings(Rules.forAll().acknowledging(AcknowledgeWhen.IMMEDIATELY))
            .withDryRun(dryRun));
    scriptInEveryHook();
    platform(Events.reboot("A"), Events.freeze("F", 3));
    vm.start().run("1M");
    platform(Events.reboot("A").started());
    vm.run("1M");
    platform();
    vm.run("1M");
    assertThat(vm.actions)
        .noneMatch(
            action ->
                action instanceof Action.Cordon
                    || action instanceof Action.StartEvictions
                    || action instanceof Action.Uncordon
                    || action instanceof Action.Acknowledge);
    assertThat(vm.posted).isEmpty();
    assertThat(vm.summaries).hasSize(1);
    assertThat(vm.said(Reason.DRY_RUN)).isTrue();
  }

  @Test
  void namesEveryScriptInTheOrderOfARealRun() {
    with(LifecycleSettings.defaults().withDryRun(DryRun.REPORT));
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(calls())
        .containsExactly(
            "would run scheduled/10-a",
            "would run cordon/10-a",
            "would run pre-stop/10-a",
            "would run drain/10-a",
            "would run post-stop/10-a");
  }

  @Test
  void undoesACordonFromBeforeTheDryRun() {
    platform(Events.reboot("A"));
    vm.start().run("30S");
    vm.settings = LifecycleSettings.defaults().withDryRun(DryRun.REPORT);
    platform();
    vm.kill().start().run("30S");
    assertThat(vm.node.isCordoned()).isFalse();
  }
}
