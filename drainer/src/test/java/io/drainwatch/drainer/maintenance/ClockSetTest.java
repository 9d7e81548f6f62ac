package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clock is set by an hour in mid-maintenance (L4): what is relative takes as long as it would
 * have, what follows from a NotBefore stays where it is.
 */
class ClockSetTest extends Scenario {
  private static final String BACK = "-3600";
  private static final String FORWARD = "3600";

  private void step(String seconds) {
    vm.stepClock(Duration.ofSeconds(Long.parseLong(seconds)));
  }

  private long callsOf(String script) {
    return calls().stream().filter(line -> line.startsWith(script + " #")).count();
  }

  private Duration left(Optional<Instant> until) {
    return Duration.between(vm.now(), until.orElseThrow());
  }

  private void withTimeout(Hook hook, Duration timeout) {
    with(
        LifecycleSettings.defaults()
            .withHooks(
                new HookSettings(Map.of(hook, timeout), Map.of(), HookSettings.DEFAULT_RECALL)));
  }

  private void returning() {
    platform(Events.redeploy("A"));
    vm.start().run("30S");
    platform();
    vm.run("5S");
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, FORWARD})
  void recallsAScriptAsSoonAsItWouldHave(String seconds) {
    vm.script(Hook.DRAIN, "10-a", "1S", 75);
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("1.5S");
    step(seconds);
    vm.run("4S");
    assertThat(callsOf("drain/10-a")).as("not before its time").isEqualTo(1);
    vm.run("2S");
    assertThat(callsOf("drain/10-a")).as("nor after it").isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, FORWARD})
  void retriesAScriptOfTheReturnAsSoonAsItWouldHave(String seconds) {
    vm.script(Hook.RUNNING, "10-a", call -> VirtualVm.exits("1S", call < 3 ? 1 : 0));
    returning();
    assertThat(callsOf("running/10-a")).isEqualTo(1);
    step(seconds);
    vm.run("1S");
    assertThat(callsOf("running/10-a")).isEqualTo(1);
    vm.run("30S");
    assertThat(vm.episode()).as("back in service").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, FORWARD})
  void endsAScriptAfterItsTimeoutAndNoSoonerNoLater(String seconds) {
    withTimeout(Hook.DRAIN, Duration.ofMinutes(5));
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("1M");
    step(seconds);
    vm.run("3M50S");
    assertThat(vm.runningScripts()).containsExactly("drain/10-a");
    vm.run("20S");
    assertThat(vm.runningScripts()).isEmpty();
    assertThat(calls()).contains("end drain/10-a within 10 s");
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, FORWARD})
  void waitsAsLongAsABoshDrainAskedFor(String seconds) {
    vm.script(
        Hook.DRAIN,
        "job",
        call ->
            new VirtualVm.Behaviour(
                Optional.of(Duration.ofSeconds(1)),
                call == 1
                    ? new ScriptOutcome.DynamicDrain(Duration.ofSeconds(20))
                    : new ScriptOutcome.StaticDrain(Duration.ofSeconds(20)),
                false));
    vm.listing(
        Hook.DRAIN, List.of(List.of(new PlannedScript("job", Contract.BOSH, Optional.empty()))));
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("5S");
    step(seconds);
    vm.run("15S");
    assertThat(callsOf("drain/job")).isEqualTo(1);
    vm.run("5S");
    assertThat(callsOf("drain/job")).isEqualTo(2);
    step(seconds);
    vm.run("12S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINING);
    vm.run("10S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, FORWARD})
  void triesAnAcknowledgementAgainAsSoonAsItWouldHave(String seconds) {
    vm.acknowledgementFails = true;
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("20S");
    int posts = vm.posted.size();
    Duration wait = left(episode().events().getFirst().acknowledgement().nextTry());
    step(seconds);
    vm.run(wait.minusMillis(200));
    assertThat(vm.posted).hasSize(posts);
    vm.run("1.2S");
    assertThat(vm.posted).hasSize(posts + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, FORWARD})
  void leavesTheDeadlineOfANotBeforeWhereItIs(String seconds) {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("1M");
    Optional<Instant> deadline = episode().deadline();
    step(seconds);
    vm.run("1M");
    assertThat(episode().deadline()).isPresent().isEqualTo(deadline);
    assertThat(vm.runningScripts()).containsExactly("drain/10-a");
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, FORWARD})
  void keepsADeadlineReckonedFromTheFirstSightAsFarOffAsItWas(String seconds) {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A").withoutNotBefore());
    vm.start().run("1M");
    Duration left = left(episode().deadline());
    step(seconds);
    assertThat(left(episode().deadline())).isEqualTo(left);
    vm.run(left.minusSeconds(1));
    assertThat(vm.runningScripts()).containsExactly("drain/10-a");
    vm.run("2S");
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.DEADLINE_REACHED);
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, FORWARD})
  void givesADrainByHandTheTimeThatWasAskedFor(String seconds) {
    vm.endlessScript(Hook.DRAIN, "10-a");
    vm.start()
        .observe(new Observation.OperatorDrain("1", "Reboot", Optional.of(Duration.ofMinutes(10))));
    vm.run("1M");
    Duration left = left(episode().deadline());
    step(seconds);
    assertThat(left(episode().deadline())).isEqualTo(left);
    vm.run(left.plusSeconds(1));
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.DEADLINE_REACHED);
  }

  @Test
  void aDeadlineThatMovesWithTheClockIsNoLaterThanOneThatDoesNot() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A").withoutNotBefore(), Events.reboot("B").in("30M"));
    vm.start().run("1M");
    Instant ofB = episode().events().getLast().deadline().orElseThrow();
    Instant ofA = episode().deadline().orElseThrow();
    assertThat(ofA).isBefore(ofB);
    vm.stepClock(Duration.ofMinutes(20));
    assertThat(episode().deadline()).contains(ofB);
    vm.stepClock(Duration.ofMinutes(-20));
    assertThat(episode().deadline()).contains(ofA);
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, FORWARD})
  void tellsDurationsOfTimeThatPassed(String seconds) {
    vm.script(Hook.DRAIN, "10-a", "40S", 0);
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("20S");
    step(seconds);
    vm.run("30S");
    platform();
    vm.run("1M");
    Map<MaintenanceState, Instant> entered = summary().entered();
    assertThat(
            Duration.between(
                entered.getOrDefault(MaintenanceState.CORDONED, Instant.MIN),
                entered.getOrDefault(MaintenanceState.DRAINED, Instant.MIN)))
        .isBetween(Duration.ofSeconds(40), Duration.ofSeconds(41));
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, FORWARD})
  void aCancelledEventOfOthersRemovesNobody(String seconds) {
    vm.script(Hook.PEER_REMOVED, "10-a", "1S", 0);
    platform(Events.preempt("P").naming("vm2").in("10M"));
    vm.polls = false;
    vm.start().poll();
    platform();
    vm.poll();
    step(seconds);
    vm.poll();
    vm.run("1M");
    assertThat(callsOf("peer-removed/10-a")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, FORWARD})
  void aScriptForPeersHasItsTimeAndNoMore(String seconds) {
    vm.endlessScript(Hook.PEER_REMOVED, "10-a");
    platform(Events.preempt("P").naming("vm2").started());
    vm.start().run("2S");
    platform();
    vm.run("1M");
    step(seconds);
    vm.run("8M50S");
    assertThat(vm.runningScripts()).containsExactly("peer-removed/10-a");
    vm.run("30S");
    assertThat(vm.runningScripts()).isEmpty();
  }

  @Test
  void aClockSetBackWhileTheDaemonWasDownMakesNoWaitAnHourLonger() {
    vm.script(Hook.RUNNING, "10-a", call -> VirtualVm.exits("1S", call < 8 ? 1 : 0));
    returning();
    vm.run("2M").kill().stepClock(Duration.ofHours(-1));
    vm.start().run("5M");
    assertThat(vm.episode()).as("back in service").isEmpty();
  }

  @Test
  void aClockSetBackWhileTheDaemonWasDownGivesADrainByHandNoExtraHour() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    vm.start()
        .observe(new Observation.OperatorDrain("1", "Reboot", Optional.of(Duration.ofMinutes(10))));
    vm.run("1M").kill().stepClock(Duration.ofHours(-1)).start();
    assertThat(left(episode().deadline())).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
  }

  @Test
  void aClockSetBackWhileTheDaemonWasDownMovesNoDeadlineOfANotBefore() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("1M");
    Optional<Instant> deadline = episode().deadline();
    vm.kill().stepClock(Duration.ofHours(-1)).start().run("5S");
    assertThat(episode().deadline()).isPresent().isEqualTo(deadline);
  }

  @Test
  void touchesNoRecordBeforeItIsKnownWhoseItIs() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("1M");
    Watch read = Watch.resumedFrom(vm.episode());
    Transition step =
        new Lifecycle(vm.settings)
            .next(read, new Observation.ClockStepped(Duration.ofHours(1)), vm.now());
    assertThat(step.watch()).isEqualTo(read);
    assertThat(step.actions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, FORWARD})
  void keepsWhatAnOperatorsDrainIsCountedFrom(String seconds) {
    vm.start()
        .observe(new Observation.OperatorDrain("1", "Reboot", Optional.of(Duration.ofMinutes(10))));
    vm.run("1M");
    TrackedEvent before = episode().events().getFirst();
    step(seconds);
    Duration by = Duration.ofSeconds(Long.parseLong(seconds));
    TrackedEvent after = episode().events().getFirst();
    assertThat(after.firstSeen()).isEqualTo(before.firstSeen().plus(by));
    assertThat(after.notBefore()).isEqualTo(before.notBefore().map(at -> at.plus(by)));
    assertThat(after.event().notBefore())
        .isEqualTo(before.event().notBefore().map(at -> at.plus(by)));
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, FORWARD})
  void leavesWhatThePlatformSays(String seconds) {
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("1M");
    TrackedEvent before = episode().events().getFirst();
    step(seconds);
    TrackedEvent after = episode().events().getFirst();
    assertThat(after.event()).isEqualTo(before.event());
    assertThat(after.notBefore()).isEqualTo(before.notBefore());
    assertThat(after.deadline()).isEqualTo(before.deadline());
  }
}
