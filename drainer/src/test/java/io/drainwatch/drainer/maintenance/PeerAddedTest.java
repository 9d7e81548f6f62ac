package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.record.PeersJson;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The hook peer-added: VMs of the group that are new, or back (drain-scripts.md 4, onvmadd). */
class PeerAddedTest extends Scenario {
  private static final GroupMember SELF = up("VM1", "id-1", "b1");
  private static final GroupMember WEST_1 = up("west_1", "id-2", "b1");
  private static final GroupMember WEST_2 = up("west_2", "id-3", "b1");

  @BeforeEach
  void aScript() {
    vm.listing(Hook.PEER_ADDED, List.of(List.of(PlannedScript.runs("10-lb"))));
    vm.script(Hook.PEER_ADDED, "10-lb", "2S", 0);
    vm.listing(Hook.PEER_REMOVED, List.of());
    vm.start();
  }

  private static GroupMember up(String vm, String id, String boot) {
    return new GroupMember(vm, id, boot, true);
  }

  private static GroupMember down(GroupMember member) {
    return new GroupMember(member.vmName(), member.id(), member.boot(), false);
  }

  private static GroupMember rebooted(GroupMember member) {
    return up(member.vmName(), member.id(), member.boot() + "+");
  }

  private void group(GroupMember... members) {
    vm.observe(new Observation.GroupSeen(List.of(members)));
    vm.run("5S");
  }

  private long runs() {
    return vm.deeds().stream().filter(each -> each.startsWith("peer-added/")).count();
  }

  private void isRemoved(String name) {
    Events preempt = Events.preempt("P").naming(name);
    platform(preempt);
    vm.run("2S");
    platform(preempt.started());
    vm.run("2S");
    platform();
    vm.run("3S");
  }

  @Test
  @DisplayName("SS06 runs once for a VM that is new, and never for who was there at first")
  void runsForWhoIsNew() {
    group(SELF, WEST_1);
    assertThat(runs()).isZero();
    group(SELF, WEST_1, WEST_2);
    group(SELF, WEST_1, WEST_2);
    assertThat(runs()).isEqualTo(1);
    assertThat(vm.said(Reason.PEER_ADDED)).isTrue();
    assertThat(vm.episode()).isEmpty();
    assertThat(vm.posted).isEmpty();
  }

  @Test
  @DisplayName("SS06 not on the new VM: what it sees first is not new, nor is itself ever")
  void isToldNothingOfItself() {
    group(WEST_1);
    group(SELF, WEST_1);
    group(rebooted(SELF), up("vm1", "id-9", "b9"), WEST_1);
    assertThat(runs()).isZero();
  }

  @Test
  @DisplayName("one call for all that are new at one look")
  void tellsOfAllTogether() {
    group(SELF);
    group(SELF, WEST_1, WEST_2);
    assertThat(runs()).isEqualTo(1);
    assertThat(vm.log).anyMatch(line -> line.contains("west_1 west_2"));
  }

  @Test
  void aRestartIsNobodyNew() {
    group(WEST_1);
    group(down(WEST_1));
    group(rebooted(WEST_1));
    assertThat(runs()).isZero();
  }

  @Test
  void whoIsNotUpYetIsNotThereYet() {
    group(SELF);
    group(SELF, down(WEST_1));
    assertThat(runs()).isZero();
    group(SELF, WEST_1);
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  @DisplayName("made anew under its name, or deleted and there again: new")
  void isNewWhereItWasMadeAnew() {
    group(WEST_1);
    group(up("WEST_1", "id-7", "b7"));
    assertThat(runs()).isEqualTo(1);
    group();
    group(up("west_1", "id-7", "b7"));
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  @DisplayName("SS06 back after On VM Remove once it was started again, not while it lingers")
  void isBackAfterItWasRemoved() {
    group(WEST_1);
    isRemoved("West_1");
    group(WEST_1);
    group(down(WEST_1));
    group(WEST_1);
    assertThat(runs()).as("still shown, or shown again, by who has not noticed").isZero();
    group(rebooted(WEST_1));
    group(rebooted(WEST_1));
    group(rebooted(rebooted(WEST_1)));
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  @DisplayName("over restarts: each once, and who came in between is told of")
  void remembersOverRestarts() {
    group(WEST_1);
    vm.kill().start();
    group(WEST_1, WEST_2);
    vm.kill().start();
    group(WEST_1, WEST_2);
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  @DisplayName("begun without a result is run again with attempt + 1")
  void goesOnAfterAKill() {
    vm.script(Hook.PEER_ADDED, "10-lb", "30S", 0);
    group();
    group(WEST_1);
    vm.kill().run("1M").start().run("1M");
    assertThat(vm.deeds()).contains("peer-added/10-lb #1", "peer-added/10-lb #2");
    assertThat(vm.peers().isIdle()).isTrue();
  }

  @Test
  @DisplayName("out of sight for a moment while it waits, or is told of: once (history 5172)")
  void whoIsOutOfSightWhileItIsToldOfIsToldOfOnce() {
    vm.script(Hook.PEER_ADDED, "10-lb", "1M", 0);
    group(SELF);
    group(SELF, WEST_1);
    assertThat(vm.runningScripts()).containsExactly("peer-added/10-lb");
    group(SELF);
    group(SELF, WEST_1);
    group(SELF, WEST_1, WEST_2);
    group(SELF, WEST_1);
    group(SELF, WEST_1, WEST_2);
    vm.run("5M");
    assertThat(runs()).as("one for each").isEqualTo(2);
    group(SELF);
    group(SELF, WEST_1);
    assertThat(runs()).as("back after it was told of").isEqualTo(3);
  }

  @Test
  @DisplayName("removed and new at once: one after another, each with its own hook")
  void runsOneAfterAnother() {
    vm.listing(Hook.PEER_REMOVED, List.of(List.of(PlannedScript.runs("10-lb"))));
    vm.script(Hook.PEER_REMOVED, "10-lb", "20S", 0);
    group(WEST_1);
    isRemoved("west_1");
    group(WEST_2);
    assertThat(vm.runningScripts()).containsExactly("peer-removed/10-lb");
    vm.run("30S");
    assertThat(runs()).isEqualTo(1);
    assertThat(vm.peers().done()).containsExactly("P");
  }

  @Test
  @DisplayName("a group larger than the record bears: nobody is noticed, and it is said once")
  void leavesGroupsAloneThatAreTooLarge() {
    GroupMember[] many =
        IntStream.range(0, Group.MOST_MEMBERS + 1)
            .mapToObj(i -> up("vm_" + i, "id" + i, "b"))
            .toArray(GroupMember[]::new);
    group(WEST_1);
    group(many);
    group(many);
    assertThat(runs()).isZero();
    assertThat(vm.log.stream().filter(line -> line.contains("other VMs"))).hasSize(1);
    group(WEST_1, WEST_2);
    assertThat(runs()).as("known anew").isZero();
  }

  @Test
  @DisplayName("the group is part of the record; one of an older version has none")
  void isWrittenAndRead() {
    group(WEST_1, down(WEST_2));
    Peers peers = vm.peers();
    assertThat(peers.group()).isPresent();
    assertThat(PeersJson.read(PeersJson.write(peers))).isEqualTo(new PeersJson.Reading.Read(peers));
    var older = PeersJson.write(peers);
    older.remove("group");
    assertThat(PeersJson.read(older)).isEqualTo(new PeersJson.Reading.Read(peers.withoutGroup()));
  }
}
