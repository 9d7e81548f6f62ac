package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Far-off events: {@code start-before}, and windows in which a planned drain may start. */
class WaitingTest extends Scenario {
  private static final Windows NEVER_OPEN = (window, after) -> Optional.empty();

  private static Windows opensAt(Instant opening) {
    return (window, after) -> Optional.of(after.isBefore(opening) ? opening : after);
  }

  @Test
  void actsAtOnceWithoutStartBefore() {
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("10S");
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  void waitsUntilStartBeforeNotBefore() {
    with(Rules.forType("Redeploy").startBefore("1H"));
    scriptInEveryHook();
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("142H59M59S");
    assertThat(calls()).containsExactly("scheduled/10-a #1");
    assertThat(vm.said(Reason.WAITING)).isTrue();
    vm.run("1M");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
  }

  @Test
  void wakesForItWithoutAnyDocument() {
    with(Rules.forType("Redeploy").startBefore("1H"));
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("0.5S");
    vm.answers = VirtualVm.Answers.ERROR;
    vm.run("143H");
    assertThat(calls()).contains("cordon");
  }

  @Test
  void waitsForTheWindow() {
    with(Rules.settings(Rules.forType("Redeploy").window("nights")).withWindows(opensAt(at("5H"))));
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("4H59M59S");
    assertThat(calls()).isEmpty();
    vm.run("2S");
    assertThat(calls()).contains("cordon");
  }

  @Test
  void drainsAtOnceWhenNoWindowOpensBeforeTheDeadline() {
    with(
        Rules.settings(Rules.forType("Redeploy").window("nights"))
            .withWindows(opensAt(at("9M30S"))));
    platform(Events.redeploy("A"));
    vm.start().run("10S");
    assertThat(calls()).contains("cordon");
    with(Rules.settings(Rules.forType("Redeploy").window("nights")).withWindows(NEVER_OPEN));
    platform(Events.redeploy("A"));
    vm.start().run("10S");
    assertThat(calls()).contains("cordon");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Preempt", "Terminate"})
  void ignoresWindowAndStartBeforeForWhatCannotWait(String type) {
    with(
        Rules.settings(Rules.forType(type).window("nights").startBefore("1M"))
            .withWindows(opensAt(at("2M"))));
    platform(Events.of(type, "A").in("5M"));
    vm.start().run("5S");
    assertThat(calls()).contains("cordon");
  }

  @Test
  void doesNotWaitForAnEventThatHasStarted() {
    with(Rules.settings(Rules.forType("Redeploy").window("nights")).withWindows(NEVER_OPEN));
    platform(Events.redeploy("A").started());
    vm.start().run("5S");
    assertThat(vm.state()).contains(MaintenanceState.MAINTENANCE_STARTED);
  }

  @Test
  void drainsForTheUrgentEventWhileTheFarOffOneWaits() {
    with(Rules.forType("Redeploy").startBefore("1H"));
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("1H");
    platform(Events.redeploy("A").in("144H"), Events.reboot("B").at(at("1H15M")));
    vm.run("10S");
    assertThat(vm.posted).containsExactly("B");
    platform(Events.redeploy("A").in("144H"), Events.reboot("B").started());
    vm.run("10S");
    platform(Events.redeploy("A").in("144H"));
    vm.run("1M");
    assertThat(vm.node.isCordoned()).as("back in service until A is due").isFalse();
    assertThat(episode().id()).isEqualTo("A/vm1");
    vm.run("142H");
    assertThat(vm.posted).containsExactly("B", "A");
  }

  @Test
  void isNotCalledAgainWhenItIsMovedEarlierIntoTheLead() {
    with(Rules.forType("Redeploy").startBefore("1H"));
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("1H");
    platform(Events.redeploy("A").at(vm.now().plus(Duration.ofMinutes(30))));
    vm.run("10S");
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  void overtakesTheReturnTheMomentItBecomesDue() {
    with(Rules.forType("Redeploy").startBefore("1H"));
    vm.endlessScript(Hook.RUNNING, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform(Events.reboot("A").started());
    vm.run("10S");
    platform();
    vm.run("10S");
    platform(Events.redeploy("B").in("1H1M"));
    vm.run("5S");
    vm.answers = VirtualVm.Answers.ERROR;
    vm.run("1M");
    assertThat(calls()).contains("end running/10-a within 10 s", "summary OVERTAKEN");
    assertThat(episode().id()).isEqualTo("B/vm1");
  }
}
