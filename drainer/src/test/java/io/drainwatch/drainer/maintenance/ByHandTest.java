package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code drainwatch drain} and {@code resume}: the same path as an event. */
class ByHandTest extends Scenario {

  private void drain(Optional<Duration> within) {
    vm.observe(new Observation.OperatorDrain("1", "Redeploy", within));
  }

  private void resume() {
    vm.observe(new Observation.OperatorResume());
  }

  @Test
  void drainsAndStaysDrainedUntilResume() {
    scriptInEveryHook();
    vm.start().run("5S");
    drain(Optional.empty());
    vm.run("10H");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(vm.posted).isEmpty();
    resume();
    vm.run("30S");
    assertThat(calls())
        .containsExactly(
            "cordon",
            "scheduled/10-a #1",
            "cordon/10-a #1",
            "pre-stop/10-a #1",
            "drain/10-a #1",
            "post-stop/10-a #1",
            "pre-start/10-a #1",
            "running/10-a #1",
            "post-start/10-a #1",
            "uncordon",
            "uncordon/10-a #1",
            "summary RETURNED");
  }

  @Test
  void isCancelledByAResumeInMidDrain() {
    vm.endlessScript(Hook.DRAIN, "10-a").script(Hook.CANCELLED, "10-c", "1S", 0);
    vm.start().run("5S");
    drain(Optional.empty());
    vm.run("10S");
    resume();
    vm.run("30S");
    assertThat(calls()).contains("end drain/10-a within 10 s", "cancelled/10-c #1");
    assertThat(summary().ending()).isEqualTo(Summary.Ending.CANCELLED);
  }

  @Test
  void endsByTheTimeGiven() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    vm.start().run("5S");
    drain(Optional.of(Duration.ofMinutes(5)));
    vm.run("5M");
    assertThat(calls()).contains("end drain/10-a within 10 s");
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.DEADLINE_REACHED);
  }

  @Test
  void isNotTakenAwayByDocuments() {
    vm.start().run("5S");
    drain(Optional.empty());
    vm.run("1M");
    vm.answers = VirtualVm.Answers.EMPTY;
    vm.run("10M");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
  }

  @Test
  void survivesARestartOfTheMachine() {
    vm.start().run("5S");
    drain(Optional.empty());
    vm.run("1M").reboot("boot-2").start().run("1M");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    resume();
    vm.run("10S");
    assertThat(vm.episode()).isEmpty();
  }

  @Test
  void joinsAMaintenanceAndOutlastsIt() {
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("5S");
    drain(Optional.empty());
    vm.run("30S");
    assertThat(vm.posted).containsExactly("A");
    platform(Events.reboot("A").started());
    vm.run("10S");
    platform();
    vm.run("1M");
    assertThat(vm.node.isCordonedByUs()).isTrue();
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    resume();
    vm.run("1M");
    assertThat(vm.episode()).isEmpty();
    assertThat(vm.node.isCordoned()).isFalse();
  }

  @Test
  void leavesThePlatformsEventsWhenResumed() {
    platform(Events.reboot("A"));
    vm.start().run("10S");
    drain(Optional.empty());
    resume();
    vm.run("30S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
  }

  @Test
  void resumesNothingThatIsNotItsOwn() {
    platform(Events.reboot("A"));
    vm.start().run("10S");
    resume();
    assertThat(vm.said(Reason.NOTHING_TO_RESUME)).isTrue();
    vm.run("10S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
  }

  @Test
  void saysThatItIsDrainingAlready() {
    vm.start().run("5S");
    drain(Optional.empty());
    drain(Optional.empty());
    assertThat(vm.said(Reason.ALREADY_DRAINING)).isTrue();
    assertThat(episode().events()).hasSize(1);
  }

  @Test
  void isRefusedInWordsWhileAMaintenanceIsUnderWayOrBeingCancelled() {
    vm.endlessScript(Hook.CANCELLED, "10-c").endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("5S");
    platform();
    vm.run("10S");
    drain(Optional.empty());
    assertThat(vm.said(Reason.ALREADY_DRAINING)).isTrue();
    assertThat(episode().events()).hasSize(1);
  }

  @Test
  void isNotTouchedByRulesForThePlatformsEvents() {
    with(Rules.forType("Redeploy").doing(PolicyAction.IGNORE));
    vm.start().run("5S");
    drain(Optional.empty());
    vm.run("10S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
  }
}
