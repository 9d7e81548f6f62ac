package io.drainwatch.drainer.drainsafe;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.CrashPoint;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.VirtualVm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DS01 to DS08: what went wrong with DrainSafe does not go wrong here. */
class DrainSafeDefectsTest {
  private final AnnotatedNode node = new AnnotatedNode();

  @AfterEach
  void noInvariantIsBroken() {
    assertThat(node.vm.violations).isEmpty();
  }

  @Test
  @DisplayName("DS01 stays MaintenanceStarted and cordoned until two documents are without it")
  void isNotRunningWhileTheEventIsStarted() {
    node.platform(Events.reboot("A")).vm.start().run("10S");
    node.platform(Events.reboot("A").started()).vm.run("1H");
    assertThat(node.annotations())
        .isEqualTo(new DrainSafeAnnotations(DrainSafeState.MAINTENANCE_STARTED, "Reboot", true));
    assertThat(node.vm.node.isCordonedByUs()).isTrue();

    node.vm.polls = false; // from here on each document is read by hand
    node.platform().vm.kill().start().poll();
    assertThat(node.annotations().state()).isEqualTo(DrainSafeState.MAINTENANCE_STARTED);
    node.vm.run("1S").poll();
    assertThat(node.annotations().state()).isEqualTo(DrainSafeState.NODE_RUNNING);
  }

  @Test
  @DisplayName("DS02 the owner goes with the uncordon, and a later cordon of a person's stays")
  void forgetsTheOwnerWithTheUncordon() {
    node.platform(Events.reboot("A")).vm.start().run("10S");
    node.platform(Events.reboot("A").started()).vm.run("10S");
    node.platform().vm.run("10S");
    assertThat(node.annotations()).isEqualTo(DrainSafeAnnotations.AT_REST);
    assertThat(node.vm.node.isCordoned()).isFalse();

    node.vm.node.cordonByOthers();
    node.platform(Events.redeploy("B").at(node.vm.now().plusSeconds(600))).vm.run("10S");
    assertThat(node.annotations())
        .isEqualTo(new DrainSafeAnnotations(DrainSafeState.NODE_DRAINED, "Redeploy", false));
    node.platform().vm.run("20S");
    assertThat(node.vm.node.isCordonedByOthers()).isTrue();
    assertThat(node.vm.deeds()).endsWith("uncordon nothing", "summary RETURNED");
  }

  @Test
  @DisplayName("DS02 the owner is gone as soon as the cordon is, not only with the record")
  void forgetsTheOwnerWhileTheHookUncordonStillRuns() {
    node.vm.endlessScript(Hook.UNCORDON, "10-a");
    node.platform(Events.reboot("A")).vm.start().run("10S");
    node.platform().vm.run("10S");
    assertThat(node.vm.runningScripts()).containsExactly("uncordon/10-a");
    assertThat(node.annotations()).isEqualTo(DrainSafeAnnotations.AT_REST);
    assertThat(node.said).endsWith("NodeRunning", "NodeUncordoned");
  }

  @Test
  @DisplayName("DS03 a cordon of a person's is never called ours, and stays")
  void claimsNoForeignCordon() {
    node.vm.node.cordonByOthers();
    node.platform(Events.reboot("A")).vm.start().run("10S");
    node.platform(Events.reboot("A").started()).vm.run("10S");
    node.platform().vm.run("20S");
    assertThat(node.written)
        .contains("NodeCordoned Reboot -", "NodeDrained Reboot -")
        .noneMatch(line -> line.endsWith("Drainsafe"));
    assertThat(node.said).contains("NodeRunning").doesNotContain("NodeUncordoned");
    assertThat(node.vm.node.isCordonedByOthers()).isTrue();
  }

  @Test
  @DisplayName("DS04 a host failure, Started at once, is seen and goes straight there")
  void seesAHostFailure() {
    node.platform(Events.of("Reboot", "A").started()).vm.start().run("1S");
    assertThat(node.vm.state()).contains(MaintenanceState.MAINTENANCE_STARTED);
    assertThat(node.written).containsExactly("NodeRunning - -", "MaintenanceStarted Reboot -");
    assertThat(node.vm.said(Reason.HOST_FAILURE)).isTrue();
  }

  @Test
  @DisplayName("DS05 a drain that fails ends with a reason in the record, and is said")
  void reportsADrainThatFails() {
    node.vm.script(Hook.DRAIN, "10-a", "1S", 1);
    node.platform(Events.reboot("A")).vm.start().run("20M");
    assertThat(node.episode().drain())
        .isEqualTo(
            new DrainResult(
                DrainResult.Outcome.FAILED, "failed: drain/10-a", List.of("drain/10-a")));
    assertThat(node.vm.said(Reason.DRAIN_FAILED)).isTrue();
    assertThat(Reason.DRAIN_FAILED.isWarning()).isTrue();
    assertThat(Reason.DRAIN_FAILED.label()).isEqualTo("drain_failed");
    assertThat(node.vm.posted).isEmpty();
  }

  @Test
  @DisplayName("DS05 a drain that never ends is over at the deadline, and is said")
  void reportsADrainThatNeverEnds() {
    node.vm.endlessScript(Hook.DRAIN, "10-a");
    node.platform(Events.reboot("A")).vm.start().run("14M");
    assertThat(node.episode().drain().outcome()).isEqualTo(DrainResult.Outcome.DEADLINE_REACHED);
    assertThat(node.episode().drain().reason()).isEqualTo("left: drain/10-a");
    assertThat(node.vm.said(Reason.DEADLINE_REACHED)).isTrue();
    assertThat(node.vm.posted).isEmpty();
  }

  @Test
  @DisplayName("DS06 ApproveScheduledEvent: each of several events is acknowledged by its own id")
  void acknowledgesEachEvent() {
    node.platform(Events.reboot("A"), Events.redeploy("B"), Events.reboot("C").naming("vm2"))
        .vm
        .start()
        .run("1M");
    assertThat(node.vm.posted).containsExactlyInAnyOrder("A", "B");
  }

  @Test
  @DisplayName("DS06 ApproveScheduledEvent: what did not go through is tried again, the same id")
  void triesAnAcknowledgementAgain() {
    node.vm.acknowledgementFails = true;
    node.platform(Events.reboot("A")).vm.start().run("5S");
    node.vm.acknowledgementFails = false;
    node.vm.run("1M");
    assertThat(node.vm.posted).hasSizeGreaterThan(1).containsOnly("A");
    assertThat(node.episode().events().getFirst().acknowledgement().accepted()).isTrue();
  }

  @Test
  @DisplayName("DS07 the first document at the start is acted on at once")
  void actsOnTheFirstDocument() {
    node.platform(Events.preempt("A")).vm.start().run("0.01S");
    assertThat(node.vm.deeds()).contains("MaintenanceScheduled", "Cordoned", "cordon");
  }

  @Test
  @DisplayName("DS07 an event that comes later is acted on within a second")
  void actsWithinASecond() {
    node.vm.start().run("30.5S");
    node.platform(Events.preempt("A").at(node.vm.now().plusSeconds(30))).vm.run("1S");
    assertThat(node.vm.deeds()).contains("cordon");
  }

  @ParameterizedTest(name = "DS08 a crash {0} at any change of the record leaves nothing waiting")
  @EnumSource(CrashPoint.Moment.class)
  void goesOnAfterACrash(CrashPoint.Moment moment) {
    int crashes = 0;
    while (crashesAt(new CrashPoint(crashes, moment))) {
      crashes++;
    }
    assertThat(crashes).as("changes of the record on the way to Drained").isGreaterThan(5);
  }

  /** Whether there was such a change to die at; be it so or not, the machine gets drained. */
  private static boolean crashesAt(CrashPoint point) {
    AnnotatedNode each = new AnnotatedNode();
    each.vm.crash = Optional.of(point);
    each.platform(Events.reboot("A")).vm.start().run("10S");
    boolean crashed = !each.vm.isAlive();
    if (crashed) {
      each.vm.start().run("30S");
    }
    assertThat(each.vm.state()).as("%s", point).contains(MaintenanceState.DRAINED);
    assertThat(each.vm.posted).containsOnly("A");
    assertThat(each.vm.violations).isEmpty();
    return crashed;
  }

  @Test
  @DisplayName("DS08 the record comes first: the cordon is asked for only after it says so")
  void recordsBeforeItActs() {
    VirtualVm vm = node.vm;
    vm.crash = Optional.of(new CrashPoint(0, CrashPoint.Moment.BEFORE_ACTIONS));
    node.platform(Events.reboot("A")).vm.start().run("5S");
    assertThat(vm.actions).noneMatch(Action.Cordon.class::isInstance);
    assertThat(vm.durable().orElseThrow().state()).isEqualTo(MaintenanceState.CORDONED);
    vm.start().run("5S");
    assertThat(vm.actions).anyMatch(Action.Cordon.class::isInstance);
  }

  @Test
  @DisplayName("GetVMInstanceName: the VM's resource name, in any case, is what an event names")
  void knowsItsNameInAnyCase() {
    node.platform(Events.reboot("A").naming("other", "VM1")).vm.start().run("5S");
    assertThat(node.vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(node.vm.posted).as("names another VM too").isEmpty();
  }

  @Test
  @DisplayName("IsScheduledEvent: only an event that names this VM is one")
  void isNoEventThatNamesOthers() {
    node.platform(Events.reboot("A").naming("vm10", "vm")).vm.start().run("5S");
    assertThat(node.vm.episode()).isEmpty();
  }
}
