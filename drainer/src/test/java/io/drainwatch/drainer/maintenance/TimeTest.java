package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long times, odd times and clocks that jump (L4). */
class TimeTest extends Scenario {
  private int steps;

  private void countSteps() {
    vm.onlooker = (before, observation, step, at) -> steps++;
  }

  private void clockShows(String instant) {
    vm.stepClock(Duration.between(vm.now(), Instant.parse(instant)));
  }

  private Events inMinutes(int minutes) {
    return Events.reboot("A").at(vm.now().plus(Duration.ofMinutes(minutes)));
  }

  @Test
  void keepsStillThroughADayOfAStuckScript() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("1M");
    int changes = vm.changes();
    int actions = vm.actions.size();
    countSteps();
    int polls = vm.polled;
    vm.run("24H");
    assertThat(vm.changes()).as("the record is not written for nothing").isEqualTo(changes);
    assertThat(vm.actions).hasSize(actions);
    assertThat(steps).as("one a poll").isEqualTo(vm.polled - polls).isGreaterThan(24 * 360);
    assertThat(vm.runningScripts()).containsExactly("drain/10-a");
  }

  @Test
  void keepsStillThroughADayOfARecalledScript() {
    vm.script(Hook.DRAIN, "10-a", "1S", 75);
    platform(Events.redeploy("A").in("144H"));
    vm.start().run("24H");
    assertThat(vm.actions.stream().filter(Action.RunScript.class::isInstance))
        .hasSizeBetween(24 * 600 - 1, 24 * 600 + 1);
  }

  @Test
  void givesUpAStuckScriptOfADrainWithoutADeadlineAfterTenMinutes() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    vm.start().observe(new Observation.OperatorDrain("1", "Reboot", Optional.empty()));
    vm.run("24H");
    assertThat(calls()).containsExactly("cordon", "drain/10-a #1", "end drain/10-a within 10 s");
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.FAILED);
  }

  @Test
  void reachesTheDeadlineByTheWallClockWhenItIsSetForward() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("60S").stepClock(Duration.ofHours(1)).run("2S");
    assertThat(episode().deadline()).as("unmoved").contains(at("14M"));
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.DEADLINE_REACHED);
    assertThat(calls()).endsWith("end drain/10-a within 1 s");
  }

  @Test
  void goesOnToTheSameDeadlineWhenTheClockIsSetBack() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("60S").stepClock(Duration.ofHours(-1));
    countSteps();
    vm.run("60S");
    assertThat(steps).as("no hot loop").isLessThan(65);
    assertThat(episode().deadline()).as("unmoved").contains(at("14M"));
    vm.run("1H11M");
    assertThat(vm.runningScripts()).isNotEmpty();
    vm.run("2M");
    assertThat(vm.runningScripts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, 3_600})
  void returnsInSpiteOfAClockThatIsSet(long seconds) {
    scriptInEveryHook();
    vm.script(Hook.RUNNING, "10-a", call -> VirtualVm.exits("1S", call < 3 ? 1 : 0));
    platform(Events.reboot("A"));
    vm.start().run("30S");
    platform();
    vm.run("10S").stepClock(Duration.ofSeconds(seconds));
    vm.run("2H");
    assertThat(vm.episode()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-29T00:58:00Z",
        "2026-10-25T00:58:00Z",
        "2026-11-01T08:58:00Z",
        "2038-01-19T03:10:00Z",
        "2016-12-31T23:55:00Z",
        "2028-02-29T23:55:00Z"
      })
  void knowsNoDaylightSavingNoLeapSecondAndNoYear2038(String moment) {
    assertThat(ZoneId.of("Europe/Berlin").getRules().isFixedOffset()).isFalse();
    vm.endlessScript(Hook.DRAIN, "10-a");
    clockShows(moment);
    platform(inMinutes(15));
    vm.start().run("13M59S");
    assertThat(vm.runningScripts()).containsExactly("drain/10-a");
    vm.kill().start().run("2S");
    assertThat(episode().deadline()).contains(Instant.parse(moment).plus(Duration.ofMinutes(14)));
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.DEADLINE_REACHED);
  }

  @Test
  void stopsAtTheDeadlineThatPassedDuringAFreezeOfTheVm() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.preempt("A").in("60S"));
    vm.start().run("40S");
    vm.stepClock(Duration.ofSeconds(30)).run("1.1S");
    assertThat(episode().drain().outcome()).isEqualTo(DrainResult.Outcome.DEADLINE_REACHED);
    assertThat(calls()).endsWith("end drain/10-a within 1 s");
    assertThat(vm.posted).isEmpty();
  }

  @Test
  void goesOnAfterAFreezeThatLeavesTimeBeforeTheDeadline() {
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("5S").stepClock(Duration.ofSeconds(30)).run("30S");
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  void actsOnAPreemptInTheStepThatReadsIt() {
    platform(Events.preempt("A"));
    vm.polls = false;
    vm.start().poll();
    assertThat(calls()).containsExactly("cordon");
    vm.run("0.02S");
    assertThat(vm.actions).anyMatch(Action.StartEvictions.class::isInstance);
  }
}
