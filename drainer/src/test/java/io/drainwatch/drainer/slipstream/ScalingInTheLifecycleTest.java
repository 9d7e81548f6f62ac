package io.drainwatch.drainer.slipstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Contract;
import io.drainwatch.drainer.maintenance.DryRun;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.maintenance.VirtualVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pre-Scale and Post-Scale in whole maintenances of the pure core. The scripts are listed here as
 * the daemon lists them: by the names of {@link ScalingOccasion#script}.
 */
class ScalingInTheLifecycleTest {
  private static final String PRE_RESIZE = "slipstream/prescale/vm_resize";
  private static final String PRE_REMOVE = "slipstream/prescale/vm_remove";

  private VirtualVm vm = new VirtualVm();
  private final List<Optional<ScalingAction>> postScales = new ArrayList<>();
  private Scaling scaling = new Scaling(SlipStreamSettings.defaults());

  @BeforeEach
  void askWhenTheHookRunningIsListed() {
    vm.onlooker =
        (before, observation, step, at) -> {
          if (step.actions().contains(new Action.ListHook(Hook.RUNNING))) {
            step.watch()
                .episode()
                .ifPresent(
                    episode ->
                        postScales.add(
                            scaling
                                .postScale(episode, ScalingTest.effects(episode.leading().event()))
                                .flatMap(ScalingOccasion::action)));
          }
        };
  }

  @AfterEach
  void noInvariantIsBroken() {
    assertThat(vm.violations).isEmpty();
  }

  private void platform(Events... events) {
    vm.platform.clear();
    for (Events event : events) {
      vm.platform.add(event.event());
    }
  }

  /** The event starts, is over, and the machine is back. */
  private void throughTheMaintenance(Events... events) {
    List<Events> started = new ArrayList<>();
    for (Events event : events) {
      started.add(event.started());
    }
    platform(started.toArray(Events[]::new));
    vm.run("10S");
    platform();
    vm.run("10S");
  }

  @ParameterizedTest(name = "SS01 Pre-Scale of {0} is over before the acknowledgement")
  @CsvSource({"Reboot", "Redeploy"})
  void acknowledgesAfterPreScale(String type) {
    vm.script(Hook.DRAIN, PRE_RESIZE, "5S", 0);
    platform(Events.of(type, "A").in("10M"));
    vm.start().run("4S");
    assertThat(vm.deeds()).contains("drain/" + PRE_RESIZE + " #1").doesNotContain("Drained");
    assertThat(vm.posted).isEmpty();
    vm.run("10S");
    assertThat(vm.deeds())
        .containsSubsequence("drain/" + PRE_RESIZE + " #1", "Drained", "acknowledge A #1");
  }

  @Test
  @DisplayName("SS01 a Pre-Scale that fails withholds the acknowledgement")
  void acknowledgesNothingAfterAPreScaleThatFailed() {
    vm.script(Hook.DRAIN, PRE_RESIZE, "1S", 1);
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(vm.posted).isEmpty();
  }

  @ParameterizedTest(name = "SS03 back in Running after {0}: Post-Scale with vm_resize")
  @CsvSource({"Reboot", "Redeploy"})
  void tellsPostScaleWhatItsPreScaleWasTold(String type) {
    vm.script(Hook.DRAIN, PRE_RESIZE, "1S", 0);
    platform(Events.of(type, "A").in("10M"));
    vm.start().run("10S");
    throughTheMaintenance(Events.of(type, "A"));
    assertThat(postScales).containsExactly(Optional.of(ScalingAction.VM_RESIZE));
  }

  @ParameterizedTest(name = "SS04 {0}, and the VM comes up again: no Post-Scale")
  @CsvSource({"Preempt", "Terminate"})
  void tellsNoPostScaleAfterARemoval(String type) {
    vm.script(Hook.DRAIN, PRE_REMOVE, "1S", 0);
    platform(Events.of(type, "A").in("30S"));
    vm.start().run("10S");
    throughTheMaintenance(Events.of(type, "A"));
    assertThat(postScales).containsExactly(Optional.empty());
  }

  @Test
  @DisplayName("SS04 no Post-Scale after a Preempt that nothing was told of before")
  void tellsNoPostScaleAfterARemovalWithoutAPreScaleScript() {
    platform(Events.preempt("A"));
    vm.start().run("10S");
    throughTheMaintenance(Events.preempt("A"));
    assertThat(postScales).containsExactly(Optional.empty());
  }

  @Test
  @DisplayName("SS03 Post-Scale by the event where there is no Pre-Scale script")
  void tellsPostScaleByTheEventWhereNoPreScaleScriptIs() {
    platform(Events.reboot("A"));
    vm.start().run("10S");
    throughTheMaintenance(Events.reboot("A"));
    assertThat(postScales).containsExactly(Optional.of(ScalingAction.VM_RESIZE));
  }

  @Test
  @DisplayName("SS03 an action of the operator's own comes again at Post-Scale")
  void tellsPostScaleTheOperatorsAction() {
    scaling = ScalingTest.with(Map.of("Reboot", ScalingAction.VM_RESIZE)); // since changed
    vm.script(Hook.DRAIN, "slipstream/prescale/disk_detach/10-a", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("10S");
    throughTheMaintenance(Events.reboot("A"));
    assertThat(postScales).containsExactly(Optional.of(ScalingAction.DISK_DETACH));
  }

  @Test
  @DisplayName("SS03 a Preempt that joins changes nothing about what Pre-Scale was told")
  void tellsPostScaleWhatPreScaleWasToldBeforeAnotherEventJoined() {
    vm.script(Hook.DRAIN, PRE_RESIZE, "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform(Events.reboot("A"), Events.preempt("B").in("60S"));
    vm.run("5S");
    throughTheMaintenance(Events.reboot("A"), Events.preempt("B"));
    assertThat(postScales).containsExactly(Optional.of(ScalingAction.VM_RESIZE));
  }

  @Test
  @DisplayName("SS03 no Post-Scale after a host failure, of which no Pre-Scale told")
  void tellsNoPostScaleWithoutAPreScale() {
    vm.script(Hook.DRAIN, PRE_RESIZE, "1S", 0);
    platform(Events.reboot("A").started());
    vm.start().run("10S");
    platform();
    vm.run("10S");
    assertThat(vm.deeds()).doesNotContain("drain/" + PRE_RESIZE + " #1");
    assertThat(postScales).containsExactly(Optional.empty());
  }

  @Test
  @DisplayName("SS03 no Post-Scale where the Pre-Scale script was refused")
  void tellsNoPostScaleAfterARefusedPreScale() {
    vm.listing(
        Hook.DRAIN,
        List.of(
            List.of(PlannedScript.runs("10-a")),
            List.of(new PlannedScript(PRE_RESIZE, Contract.SLIPSTREAM, Optional.of("refused")))));
    platform(Events.reboot("A"));
    vm.start().run("10S");
    throughTheMaintenance(Events.reboot("A"));
    assertThat(postScales).containsExactly(Optional.empty());
  }

  @Test
  @DisplayName("SS03 a Freeze that is observed has no Post-Scale")
  void tellsNothingOfAFreeze() {
    vm.script(Hook.DRAIN, PRE_RESIZE, "1S", 0);
    platform(Events.freeze("F", 5));
    vm.start().run("10S");
    throughTheMaintenance(Events.freeze("F", 5));
    assertThat(postScales).containsExactly(Optional.empty());
  }

  @ParameterizedTest(name = "SS09 a reboot {0} after Pre-Scale began: called #{1} times")
  @CsvSource({"10S, 1", "2S, 2"})
  void isNotRunAgainOnceFinished(String after, int calls) {
    vm.script(Hook.DRAIN, PRE_RESIZE, "4S", 0);
    platform(Events.reboot("A"));
    vm.start().run(after);
    vm.reboot("boot-2").start().run("20S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(vm.deeds().stream().filter(deed -> deed.startsWith("drain/" + PRE_RESIZE)))
        .hasSize(calls);
    throughTheMaintenance(Events.reboot("A"));
    assertThat(postScales).containsExactly(Optional.of(ScalingAction.VM_RESIZE));
  }

  @Test
  @DisplayName("SS03 in dry-run nothing is called, and Post-Scale would follow")
  void wouldTellPostScaleInDryRun() {
    vm = new VirtualVm(LifecycleSettings.defaults().withDryRun(DryRun.REPORT));
    askWhenTheHookRunningIsListed();
    vm.script(Hook.DRAIN, PRE_RESIZE, "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("10S");
    throughTheMaintenance(Events.reboot("A"));
    assertThat(vm.deeds()).contains("would run drain/" + PRE_RESIZE);
    assertThat(postScales).containsExactly(Optional.of(ScalingAction.VM_RESIZE));
  }
}
