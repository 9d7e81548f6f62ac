package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the core is to be woken though nothing is observed, and when a drain that waits is due. */
class TimetableTest extends Scenario {

  private Optional<Instant> next() {
    return Timetable.next(vm.watch(), vm.settings, vm.now());
  }

  private Optional<Instant> dueAt() {
    return Timetable.drainDueAt(episode(), vm.settings, vm.now());
  }

  @Test
  void wakesForNothingWhereNothingIsPending() {
    assertThat(next()).isEmpty();
    vm.start().run("5S");
    assertThat(next()).isEmpty();
  }

  @Test
  void wakesForTheDeadlineWhileTheDrainIsOpenAndNotAfter() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("5S");
    assertThat(next()).contains(at("14M"));
    vm.run("14M10S");
    assertThat(next()).as("the drain is over").isEmpty();
  }

  @Test
  void wakesForNothingOfADrainedMachine() {
    platform(Events.reboot("A"));
    vm.start().run("10S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(next()).isEmpty();
  }

  @Test
  void wakesForTheNextTryOfAnAcknowledgement() {
    vm.acknowledgementFails = true;
    platform(Events.reboot("A"));
    vm.start().run("5S");
    assertThat(next()).contains(episode().events().getFirst().acknowledgement().nextTry().get());
    platform();
    vm.run("2S");
    assertThat(next()).as("the event is gone").isEmpty();
  }

  @Test
  void wakesForTheEndOfAScriptsTimeAndForItsNextCall() {
    with(
        LifecycleSettings.defaults()
            .withHooks(
                new HookSettings(
                    Map.of(Hook.DRAIN, Duration.ofMinutes(2)),
                    Map.of(),
                    HookSettings.DEFAULT_RECALL)));
    vm.script(Hook.DRAIN, "10-a", "3S", 75);
    platform(Events.reboot("A"));
    vm.start().run("2S");
    ScriptRun running = episode().hooks().get(Hook.DRAIN).scripts().getFirst();
    assertThat(next()).contains(running.begunAt().get().plusSeconds(120));
    vm.run("2S");
    ScriptRun waiting = episode().hooks().get(Hook.DRAIN).scripts().getFirst();
    assertThat(next()).contains(waiting.again().get());
  }

  @Test
  void tellsWhenADrainThatWaitsIsDue() {
    with(Rules.forType("Redeploy").startBefore("1H"));
    platform(Events.redeploy("A").in("144H"), Events.redeploy("B").in("140H"));
    vm.start().run("10S");
    assertThat(dueAt()).contains(at("139H"));
    assertThat(next()).contains(at("139H"));
    platform(Events.redeploy("A").in("144H"));
    vm.run("5S");
    assertThat(dueAt()).as("B was cancelled").contains(at("143H"));
    vm.run("143H");
    assertThat(dueAt()).as("under way").isEmpty();
  }

  @Test
  void tellsNoTimeOfADrainThatIsUnderWayThoughAnotherEventWaits() {
    with(Rules.forType("Redeploy").startBefore("1H"));
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"), Events.redeploy("B").in("140H"));
    vm.start().run("10S");
    assertThat(dueAt()).isEmpty();
  }

  @Test
  void tellsNoTimeOfADrainThatIsUnderWayThoughItsEventWasPutOff() {
    with(Rules.forType("Redeploy").startBefore("1H"));
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.redeploy("A").in("30M"));
    vm.start().run("10S");
    platform(Events.redeploy("A").in("144H"));
    vm.run("5S");
    assertThat(dueAt()).isEmpty();
  }

  @Test
  void tellsNoTimeForWhatIsOnlyLookedAt() {
    with(Rules.forType("Freeze").startBefore("1H").doing(PolicyAction.OBSERVE));
    platform(Events.freeze("F", 5).in("144H"));
    vm.start().run("10S");
    assertThat(dueAt()).isEmpty();
  }

  @Test
  void wakesForTheOneSummaryOfWhatHasNoWayBack() {
    with(LifecycleSettings.defaults().withRecordOnNode());
    platform(Events.terminate("T").started());
    vm.start().run("5S");
    assertThat(vm.summaries).as("a record on the Node may tell that it was said").isEmpty();
    assertThat(next()).contains(at("10S"));
    vm.answers = VirtualVm.Answers.ERROR;
    vm.run("6S");
    assertThat(summary().ending()).isEqualTo(Summary.Ending.GONE);
    assertThat(next()).isEmpty();
  }
}
