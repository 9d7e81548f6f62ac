package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How the scripts of the hook peer-removed are run, and what does not disturb them. */
class PeerScriptsTest extends PeerScenario {

  @Test
  @DisplayName("SS10 one event over two groups: one call after another, as listed")
  void callsWhatTheShellLists() {
    vm.listing(
            Hook.PEER_REMOVED,
            List.of(
                List.of(PlannedScript.runs("west_1: 10-lb")),
                List.of(PlannedScript.runs("east_1: 10-lb")),
                List.of(PlannedScript.runs("slipstream/onvmremove west", Contract.SLIPSTREAM)),
                List.of(PlannedScript.runs("slipstream/onvmremove east", Contract.SLIPSTREAM))))
        .script(Hook.PEER_REMOVED, "west_1: 10-lb", "1S", 1)
        .script(Hook.PEER_REMOVED, "east_1: 10-lb", "1S", 0)
        .script(Hook.PEER_REMOVED, "slipstream/onvmremove west", "1S", 0)
        .script(Hook.PEER_REMOVED, "slipstream/onvmremove east", "1S", 0);
    vm.start();
    startsAndGoes(Events.preempt("P").naming("west_1", "east_1"));
    vm.run("10S");
    assertThat(calls())
        .containsExactly(
            "peer-removed/west_1: 10-lb #1",
            "peer-removed/east_1: 10-lb #1",
            "peer-removed/slipstream/onvmremove west #1",
            "peer-removed/slipstream/onvmremove east #1");
    assertThat(vm.actions)
        .contains(new Action.Notify(Reason.HOOK_FAILED, "peer-removed/west_1: 10-lb: exit code 1"));
  }

  @Test
  void callsAgainAfterExitCode75() {
    lists("west_1: 10-lb");
    vm.script(Hook.PEER_REMOVED, "west_1: 10-lb", call -> VirtualVm.exits("1S", call < 3 ? 75 : 0));
    vm.start();
    startsAndGoes(preemptOfAPeer());
    vm.run("30S");
    assertThat(calls())
        .containsExactly(
            CALL, "peer-removed/west_1: 10-lb #2 check", "peer-removed/west_1: 10-lb #3 check");
    assertThat(vm.peers().isIdle()).isTrue();
  }

  @Test
  @DisplayName("a script has 600 s, then the next one runs")
  void endsAScriptAfterTenMinutes() {
    lists("west_1: 10-lb", "west_1: 20-log");
    vm.endlessScript(Hook.PEER_REMOVED, "west_1: 10-lb");
    vm.start();
    startsAndGoes(preemptOfAPeer());
    vm.run("590S");
    assertThat(calls()).containsExactly(CALL);
    vm.run("12S");
    assertThat(calls())
        .containsExactly(
            CALL, "end peer-removed/west_1: 10-lb within 10 s", "peer-removed/west_1: 20-log #1");
    assertThat(vm.said(Reason.HOOK_FAILED)).isTrue();
  }

  @Test
  void wakesUpByTheTimetableAlone() {
    lists("west_1: 10-lb");
    vm.endlessScript(Hook.PEER_REMOVED, "west_1: 10-lb");
    platform(preemptOfAPeer().started());
    vm.polls = false;
    vm.start().poll();
    platform();
    vm.run("1S").poll();
    vm.run("1S").poll();
    vm.run("11M");
    assertThat(vm.deeds()).contains("end peer-removed/west_1: 10-lb within 10 s");
    assertThat(vm.peers().isIdle()).isTrue();
  }

  @Test
  @DisplayName("begun without a result is run again with attempt + 1, a finished one is not")
  void goesOnAfterAKill() {
    lists("west_1: 10-lb", "west_1: 20-log", "west_1: 30-end");
    vm.script(Hook.PEER_REMOVED, "west_1: 20-log", "30S", 0);
    vm.start();
    startsAndGoes(preemptOfAPeer());
    vm.run("5S").kill().run("1M").start().run("1M");
    assertThat(calls())
        .containsExactly(
            CALL,
            "peer-removed/west_1: 20-log #1",
            "peer-removed/west_1: 20-log #2",
            "peer-removed/west_1: 30-end #1");
    assertThat(vm.peers().isIdle()).isTrue();
  }

  @Test
  void runsOneRemovalAtATimeInTheOrderTheyWereGone() {
    lists("10-lb");
    vm.script(Hook.PEER_REMOVED, "10-lb", "20S", 0);
    Events first = Events.preempt("A").naming("west_2");
    Events second = Events.terminate("B").naming("west_1");
    platform(second.started(), first.started());
    vm.start().run("3S");
    platform(second.started());
    vm.run("5S");
    platform();
    vm.run("2S");
    assertThat(vm.runningScripts()).hasSize(1);
    assertThat(vm.peers().removal().orElseThrow().of().vms()).containsExactly("west_2");
    vm.run("20S");
    assertThat(vm.peers().removal().orElseThrow().of().vms()).containsExactly("west_1");
    vm.run("30S");
    assertThat(vm.peers().done()).containsExactly("A", "B");
  }

  @Test
  void neitherWaitsForAnEpisodeNorHoldsItUp() {
    lists("west_1: 10-lb");
    vm.endlessScript(Hook.PEER_REMOVED, "west_1: 10-lb").endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"), preemptOfAPeer().started());
    vm.start().run("5S");
    platform(Events.reboot("A"));
    vm.run("5S");
    assertThat(vm.runningScripts())
        .containsExactlyInAnyOrder("drain/10-a", "peer-removed/west_1: 10-lb");
    platform(Events.reboot("A").started());
    vm.run("5S");
    platform();
    vm.run("10S");
    assertThat(vm.episode()).isEmpty();
    assertThat(vm.node.isCordoned()).isFalse();
    assertThat(vm.runningScripts()).containsExactly("peer-removed/west_1: 10-lb");
  }

  @Test
  void leavesTheScriptsOfARemovalAloneWhenAnEventIsCancelled() {
    lists("west_1: 10-lb");
    vm.endlessScript(Hook.PEER_REMOVED, "west_1: 10-lb");
    vm.start();
    startsAndGoes(preemptOfAPeer());
    platform(Events.reboot("A"));
    vm.run("10S");
    platform();
    vm.run("30S");
    assertThat(vm.summaries).hasSize(1);
    assertThat(vm.runningScripts()).containsExactly("peer-removed/west_1: 10-lb");
  }

  @Test
  void runsNothingInADryRun() {
    with(LifecycleSettings.defaults().withDryRun(DryRun.REPORT));
    lists("west_1: 10-lb", "west_2: 10-lb");
    vm.start();
    startsAndGoes(Events.preempt("P").naming("west_1", "west_2"));
    assertThat(calls())
        .containsExactly(
            "would run peer-removed/west_1: 10-lb", "would run peer-removed/west_2: 10-lb");
    assertThat(vm.peers().done()).containsExactly("P");
  }

  @Test
  void obeysTheSettingsOfTheHook() {
    with(
        LifecycleSettings.defaults()
            .withHooks(
                new HookSettings(
                    Map.of(Hook.PEER_REMOVED, Duration.ofSeconds(20)),
                    Map.of(),
                    HookSettings.DEFAULT_RECALL)));
    lists("west_1: 10-lb");
    vm.endlessScript(Hook.PEER_REMOVED, "west_1: 10-lb");
    vm.start();
    startsAndGoes(preemptOfAPeer());
    vm.run("25S");
    assertThat(calls()).contains("end peer-removed/west_1: 10-lb within 10 s");
  }

  @Test
  @DisplayName("another machine's record of peers is not acted on (I4)")
  void forgetsWhatAnotherMachineSaw() {
    lists("west_1: 10-lb");
    vm.endlessScript(Hook.PEER_REMOVED, "west_1: 10-lb");
    vm.start();
    startsAndGoes(preemptOfAPeer());
    vm.become(new Machine("vm1", Optional.of("id-2"), "boot-2", true)).start().run("10S");
    assertThat(vm.deeds()).containsOnlyOnce(CALL).doesNotContain("peer-removed/west_1: 10-lb #2");
    assertThat(vm.peers()).isEqualTo(Peers.NONE);
    assertThat(vm.said(Reason.FOREIGN_RECORD)).isTrue();
  }

  @Test
  void goesOnWhenMoreIsKnownOfTheMachine() {
    vm.machine = new Machine("vm1", Optional.empty(), "boot-1", true);
    lists("west_1: 10-lb");
    vm.script(Hook.PEER_REMOVED, "west_1: 10-lb", "20S", 0);
    vm.start();
    startsAndGoes(preemptOfAPeer());
    vm.observe(
        new Observation.DaemonStarted(new Machine("vm1", Optional.of("id-1"), "boot-1", true)));
    vm.run("30S");
    assertThat(calls()).containsExactly(CALL);
    assertThat(vm.peers().machine().flatMap(Machine::vmId)).contains("id-1");
  }

  @Test
  void acknowledgesNothingOfAPeer() {
    vm.start();
    startsAndGoes(preemptOfAPeer());
    assertThat(vm.posted).isEmpty();
  }

  @Test
  @DisplayName("SS06 no event tells of a new VM: peer-added is never run by itself")
  void runsPeerAddedNever() {
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start();
    startsAndGoes(preemptOfAPeer());
    platform(Events.reboot("B").naming("west_1"));
    vm.run("1M");
    assertThat(vm.deeds())
        .contains("peer-removed/10-a #1")
        .noneMatch(line -> line.startsWith("peer-added"));
  }

  @Test
  void keepsAnIdentityThatIsNotToldAgain() {
    lists("west_1: 10-lb");
    platform(preemptOfAPeer().in("10M"));
    vm.start().run("2S").kill();
    vm.machine = new Machine("vm1", Optional.empty(), "boot-1", true);
    vm.start().run("2S");
    assertThat(vm.peers().machine().flatMap(Machine::vmId)).contains("id-1");
  }
}
