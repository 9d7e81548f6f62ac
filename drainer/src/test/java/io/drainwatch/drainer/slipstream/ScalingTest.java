package io.drainwatch.drainer.slipstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.context.Effects;
import io.drainwatch.drainer.context.EventColumn;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which hook runs for which event, for whom and with which action. */
class ScalingTest {
  private final Scaling scaling = new Scaling(SlipStreamSettings.defaults());

  /** What an event does to a Spot machine that is deleted when evicted. */
  static Effects effects(ScheduledEvent event) {
    VmFacts facts =
        new VmFacts(
            "west_0",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("Delete"),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return Effects.of(EventColumn.of(event, false, facts), facts, ContextSettings.defaults());
  }

  static Scaling with(Map<String, ScalingAction> actions) {
    return new Scaling(settings(true, actions));
  }

  private static SlipStreamSettings settings(boolean on, Map<String, ScalingAction> actions) {
    return new SlipStreamSettings(
        on,
        Path.of("/etc/drainwatch/slipstream"),
        ScalingNames.byDefault(),
        new ScalingActions(actions),
        ScalingExitCode.STRICT,
        true);
  }

  private static Events event(String type) {
    return Events.of(type, "A").naming("west_0", "db_3", "west_1");
  }

  private static Optional<ScalingOccasion> preScale(Scaling scaling, Events event) {
    return scaling.preScale(event.event(), effects(event.event()), true, "west_0");
  }

  private Optional<ScalingAction> action(String type, boolean drained) {
    ScheduledEvent event = event(type).event();
    return scaling
        .preScale(event, effects(event), drained, "west_0")
        .flatMap(ScalingOccasion::action);
  }

  @ParameterizedTest(name = "SS01 Pre-Scale of {0} is vm_resize")
  @CsvSource({"Reboot", "Redeploy", "Relocate"})
  void resizesBeforeAReboot(String type) {
    assertThat(action(type, true)).contains(ScalingAction.VM_RESIZE);
  }

  @ParameterizedTest(name = "SS02 Pre-Scale of {0} is vm_remove")
  @CsvSource({"Preempt", "Terminate"})
  void removesBeforeTheEnd(String type) {
    assertThat(action(type, true)).contains(ScalingAction.VM_REMOVE);
  }

  @Test
  @DisplayName("SS01 a Freeze has a Pre-Scale only if it is drained")
  void tellsNothingOfAFreezeThatIsObserved() {
    assertThat(action("Freeze", false)).isEmpty();
    assertThat(action("Freeze", true)).contains(ScalingAction.VM_RESIZE);
  }

  @Test
  @DisplayName("SS05 On VM Remove only on VMs that are not named, with an empty action")
  void tellsPeersOfARemoval() {
    ScheduledEvent event = event("Preempt").event();
    assertThat(scaling.onVmRemove(event, effects(event), "WEST_0")).isEmpty();
    assertThat(scaling.onVmRemove(event, effects(event), "west_7"))
        .containsExactly(
            peer(SlipStreamHook.ON_VM_REMOVE, "west", List.of("0", "1"), "west.7"),
            peer(SlipStreamHook.ON_VM_REMOVE, "db", List.of("3"), "west.7"));
  }

  @ParameterizedTest(name = "SS05 no On VM Remove for {0}")
  @CsvSource({"Freeze", "Reboot", "Redeploy", "Relocate"})
  void tellsPeersNothingOfWhatComesBack(String type) {
    ScheduledEvent event = event(type).event();
    assertThat(scaling.onVmRemove(event, effects(event), "east_7")).isEmpty();
  }

  @Test
  @DisplayName("SS06 On VM Add on the others, not on a VM that is new itself")
  void tellsPeersOfAnAddition() {
    assertThat(scaling.onVmAdd(List.of("west_2"), "west_0"))
        .containsExactly(peer(SlipStreamHook.ON_VM_ADD, "west", List.of("2"), "west.0"));
    assertThat(scaling.onVmAdd(List.of("west_2", "West_3"), "west_3")).isEmpty();
    assertThat(scaling.onVmAdd(List.of(), "west_0")).isEmpty();
  }

  @Test
  @DisplayName("SS07 a VM without a number is a node of its own")
  void namesAVmThatStandsAlone() {
    ScheduledEvent event = Events.reboot("A").naming("db").event();
    assertThat(scaling.preScale(event, effects(event), true, "db"))
        .contains(
            new ScalingOccasion(
                SlipStreamHook.PRE_SCALE,
                new ScalingGroup("db", List.of("1")),
                Optional.of(ScalingAction.VM_RESIZE),
                "db.1"));
  }

  @Test
  @DisplayName("SS10 one event over two groups: the VM named is told of its own, once")
  void tellsTheVmNamedOfItsOwnGroup() {
    assertThat(preScale(scaling, event("Reboot")))
        .contains(ScalingBench.west(SlipStreamHook.PRE_SCALE, ScalingAction.VM_RESIZE));
  }

  @Test
  void takesTheOperatorsActionOverTheTable() {
    Scaling own =
        with(Map.of("Reboot", ScalingAction.DISK_DETACH, "Freeze", ScalingAction.VM_REMOVE));
    assertThat(preScale(own, event("reboot")).flatMap(ScalingOccasion::action))
        .contains(ScalingAction.DISK_DETACH);
    assertThat(preScale(own, event("Redeploy")).flatMap(ScalingOccasion::action))
        .contains(ScalingAction.VM_RESIZE);
    ScheduledEvent freeze = event("Freeze").event();
    assertThat(own.preScale(freeze, effects(freeze), false, "west_0")).isEmpty();
  }

  @Test
  void takesADrainByHandWithoutATypeForAReboot() {
    Events byHand = event("").from(EventSource.OPERATOR);
    assertThat(
            preScale(with(Map.of("Reboot", ScalingAction.DISK_DETACH)), byHand)
                .flatMap(ScalingOccasion::action))
        .contains(ScalingAction.DISK_DETACH);
  }

  @Test
  void doesNothingWhenItIsOff() {
    Scaling off = new Scaling(settings(false, Map.of()));
    ScheduledEvent event = event("Preempt").event();
    assertThat(off.preScale(event, effects(event), true, "west_0")).isEmpty();
    assertThat(off.onVmRemove(event, effects(event), "west_7")).isEmpty();
    assertThat(off.onVmAdd(List.of("west_2"), "west_0")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalingAction.class,
      names = {"VM_RESIZE", "VM_REMOVE"})
  void tellsAScriptThatIsCalledAgainTheSameAction(ScalingAction action) {
    ScalingOccasion before = ScalingBench.west(SlipStreamHook.PRE_SCALE, action);
    assertThat(
            scaling.occasion(
                before.script(Optional.of("10-a")), List.of("west_0", "west_1"), "west_0"))
        .contains(before);
  }

  @Test
  void findsTheGroupThatAPeersScriptWasListedFor() {
    ScalingOccasion db = peer(SlipStreamHook.ON_VM_REMOVE, "db", List.of("3"), "west.7");
    assertThat(
            scaling.occasion(db.script(Optional.empty()), event("Preempt").resources(), "west_7"))
        .contains(db);
    assertThat(scaling.occasion(db.script(Optional.empty()), List.of("west_0"), "west_7"))
        .isEmpty();
  }

  private static ScalingOccasion peer(
      SlipStreamHook hook, String node, List<String> ids, String self) {
    return new ScalingOccasion(hook, new ScalingGroup(node, ids), Optional.empty(), self);
  }
}
