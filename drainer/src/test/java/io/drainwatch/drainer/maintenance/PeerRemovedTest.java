package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hook peer-removed: what other VMs' events make a VM do that they do not name. */
class PeerRemovedTest extends PeerScenario {

  @ParameterizedTest
  @ValueSource(strings = {"Preempt", "Terminate"})
  @DisplayName("SS05 runs for VMs whose Preempt or Terminate was Started and is gone")
  void runsForWhatHasStartedAndIsGone(String type) {
    lists("west_1: 10-lb");
    vm.start();
    startsAndGoes(Events.of(type, "P").in("5M").naming("west_1"));
    assertThat(calls()).containsExactly(CALL);
    assertThat(vm.said(Reason.PEER_REMOVED)).isTrue();
    assertThat(vm.episode()).isEmpty();
    assertQuiet();
  }

  @Test
  @DisplayName("SS05 runs when the event is past NotBefore and gone, its start unseen")
  void runsForWhatIsPastItsNotBefore() {
    lists("west_1: 10-lb");
    platform(preemptOfAPeer());
    vm.start().run("31S");
    assertThat(calls()).isEmpty();
    platform();
    vm.run("5S");
    assertThat(calls()).containsExactly(CALL);
  }

  @Test
  void goesByTheLastKnownNotBefore() {
    lists("west_1: 10-lb");
    platform(preemptOfAPeer());
    vm.start().run("3S");
    platform(Events.preempt("P").naming("west_1").in("2M"));
    vm.run("2S");
    platform(Events.preempt("P").naming("west_1").withoutNotBefore());
    vm.run("1M");
    platform();
    vm.run("10S");
    assertThat(calls()).as("a minute before its NotBefore").isEmpty();
  }

  @Test
  void isSilentAboutWhatWasCancelled() {
    lists("west_1: 10-lb");
    platform(preemptOfAPeer());
    vm.start().run("10S");
    platform();
    vm.run("2M");
    assertThat(vm.log).isEmpty();
    assertThat(vm.peers()).isEqualTo(Peers.NONE);
  }

  @Test
  @DisplayName("what was cancelled stays so, however late the second document comes")
  void takesNoOutageForARemoval() {
    lists("west_1: 10-lb");
    platform(preemptOfAPeer());
    vm.polls = false;
    vm.start().poll();
    platform();
    vm.run("10S").poll();
    vm.run("10M").poll();
    vm.run("10S");
    assertThat(calls()).isEmpty();
  }

  @Test
  void isNoNewsWhenThereAreOnlyErrors() {
    lists("west_1: 10-lb");
    platform(preemptOfAPeer().started());
    vm.start().run("5S");
    platform();
    for (VirtualVm.Answers answers :
        List.of(VirtualVm.Answers.ERROR, VirtualVm.Answers.STALE, VirtualVm.Answers.EMPTY)) {
      vm.answers = answers;
      vm.run("90S");
      assertThat(calls()).as("%s", answers).isEmpty();
    }
    vm.answers = VirtualVm.Answers.DOCUMENT;
    vm.run("5S");
    assertThat(calls()).containsExactly(CALL);
  }

  @Test
  @DisplayName("a lasting run of empty answers counts as one document, two runs as two")
  void readsEmptyAnswersAsForTheVmItself() {
    lists("west_1: 10-lb");
    platform(preemptOfAPeer().started());
    vm.start().run("5S");
    vm.answers = VirtualVm.Answers.EMPTY;
    vm.run("3M");
    assertThat(calls()).isEmpty();
    vm.run("2M");
    assertThat(calls()).containsExactly(CALL);
  }

  @Test
  void isNotFooledByAnEventThatComesBack() {
    lists("west_1: 10-lb");
    platform(preemptOfAPeer().started());
    vm.start().run("5S");
    for (int i = 0; i < 5; i++) {
      platform();
      vm.run("1S");
      platform(preemptOfAPeer().started());
      vm.run("1S");
    }
    assertThat(calls()).isEmpty();
  }

  @Test
  @DisplayName("SS05 peers only: never for an event that names this VM")
  void leavesTheVmsOwnEventsAlone() {
    lists("west_1: 10-lb");
    vm.start();
    startsAndGoes(Events.preempt("P").naming("west_1", "VM1"));
    vm.run("1M");
    assertThat(vm.deeds()).noneMatch(line -> line.startsWith("peer-removed"));
    assertThat(vm.peers()).isEqualTo(Peers.NONE);
  }

  @Test
  void leavesAnEventAloneThatNamesThisVmLater() {
    lists("west_1: 10-lb");
    platform(preemptOfAPeer());
    vm.start().run("5S");
    platform(Events.preempt("p").naming("vm1", "west_1").started());
    vm.run("10S");
    platform();
    vm.run("1M");
    assertThat(vm.deeds()).noneMatch(line -> line.startsWith("peer-removed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Freeze", "Reboot", "Redeploy", "HostUpdate"})
  void knowsWhichEventsRemoveNothing(String type) {
    lists("west_1: 10-lb");
    vm.start();
    startsAndGoes(Events.of(type, "P").in("5M").naming("west_1"));
    assertThat(vm.log).isEmpty();
  }

  @Test
  @DisplayName("each event once, however often it comes back and over restarts")
  void runsOncePerEvent() {
    lists("west_1: 10-lb");
    vm.start();
    startsAndGoes(preemptOfAPeer());
    for (int i = 0; i < 3; i++) {
      vm.kill().start().run("5S");
      startsAndGoes(preemptOfAPeer());
    }
    vm.reboot("boot-2").start();
    startsAndGoes(preemptOfAPeer());
    assertThat(vm.deeds()).containsOnlyOnce(CALL);
    assertThat(vm.peers().done()).containsExactly("P");
  }
}
