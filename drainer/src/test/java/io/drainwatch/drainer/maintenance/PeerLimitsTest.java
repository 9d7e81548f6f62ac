package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.record.PeersJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of other VMs must not grow without end, whatever a document holds. */
class PeerLimitsTest extends Scenario {

  @Test
  void keepsTheRecordAsItIsWhileNothingHappens() {
    platform(
        Events.preempt("P").naming("west_1").in("10M"),
        Events.terminate("T").naming("a", "b").in("10M"));
    vm.start().run("5S");
    int changes = vm.changes();
    vm.run("5M");
    assertThat(vm.changes()).isEqualTo(changes);
  }

  @Test
  void staysWithinItsBoundsInADocumentOf15000Events() {
    List<Instant> notBefore = List.of(at("10M"), at("2M"), at("5M"));
    for (int i = 0; i < 15_000; i++) {
      vm.platform.add(
          Events.terminate("E" + i).naming("west_" + i).at(notBefore.get(i % 3)).event());
    }
    vm.polls = false;
    vm.start().poll();
    assertThat(vm.peers().events())
        .hasSize(Peers.MOST_EVENTS)
        .allMatch(each -> each.notBefore().equals(Optional.of(at("2M"))));
    assertThat(vm.said(Reason.TOO_MANY_PEERS)).isTrue();
    int said = vm.log.size();
    vm.run("1S").poll();
    assertThat(vm.log).as("said once").hasSize(said);
    vm.run("3M");
    vm.platform.clear();
    vm.poll();
    vm.run("1S").poll();
    vm.run("10S");
    assertThat(vm.peers().done()).hasSize(Peers.MOST_DONE);
  }

  @Test
  void keepsTheMarksOfTheLastFiftyEvents() {
    vm.polls = false;
    vm.start();
    for (int i = 0; i < 60; i++) {
      platform(Events.preempt("E" + i).naming("west_1").started());
      vm.poll();
      platform();
      vm.poll();
      vm.poll();
      vm.run("1S");
    }
    assertThat(vm.peers().done()).hasSize(50).startsWith("E10").endsWith("E59");
  }

  @Test
  void boundsTheVmsOfAnEventAndTheScripts() {
    String[] names = new String[300];
    for (int i = 0; i < names.length; i++) {
      names[i] = "west_" + i / 2;
    }
    names[1] = " ";
    names[3] = "x".repeat(200);
    platform(Events.preempt("P").naming(names).started());
    vm.start().run("3S");
    PeerEvent seen = vm.peers().events().getFirst();
    assertThat(seen.vms()).hasSize(PeerEvent.MOST_VMS).doesNotHaveDuplicates();
    assertThat(seen.vms()).startsWith("west_0", "west_1", "west_2");

    listScripts(600);
    platform();
    vm.run("5S");
    assertThat(vm.deeds().stream().filter(line -> line.startsWith("peer-removed/")))
        .hasSize(Removals.MOST_SCRIPTS);
  }

  private void listScripts(int count) {
    List<PlannedScript> scripts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      scripts.add(PlannedScript.runs("n".repeat(80) + ": " + i + "s".repeat(60)));
      vm.endlessScript(Hook.PEER_REMOVED, scripts.getLast().name());
    }
    vm.listing(Hook.PEER_REMOVED, List.of(scripts));
  }

  @Test
  void leavesMostOfTheJournalToTheEpisode() {
    listScripts(600);
    platform(Events.preempt("P").naming("west_1").started());
    vm.start().run("3S");
    platform();
    vm.run("5S");
    vm.jsonAtEachAppend = false;
    for (int i = 0; i < 1_000; i++) {
      String[] names = new String[200];
      for (int j = 0; j < names.length; j++) {
        names[j] = (i + "-" + j + "x".repeat(80)).substring(0, 80);
      }
      vm.platform.add(Events.preempt("E" + i + "y".repeat(240)).naming(names).event());
    }
    vm.run("2S");
    assertThat(vm.peers().removal()).isPresent();
    assertThat(vm.peers().events()).isNotEmpty();
    assertThat(PeersJson.write(vm.peers()).toString().length()).isLessThan(1 << 18);
  }

  private List<String> kept() {
    return vm.peers().events().stream().map(each -> each.event().id()).toList();
  }

  private void manyLaterOnes(String notBefore) {
    for (int i = 0; i < Peers.MOST_EVENTS; i++) {
      vm.platform.add(Events.preempt("L" + i).naming("west_" + i).in(notBefore).event());
    }
  }

  @Test
  void keepsWhatRunsAndWhatComesNextBeforeWhatComesLater() {
    vm.polls = false;
    manyLaterOnes("10M");
    vm.platform.add(Events.preempt("R").naming("r").in("20M").started().event());
    vm.platform.add(Events.preempt("N").naming("n").in("5M").event());
    vm.platform.add(Events.preempt("X").naming("x").in("11M").event());
    vm.start().poll();
    assertThat(kept()).hasSize(Peers.MOST_EVENTS).contains("R", "N").doesNotContain("X");
  }

  @Test
  void keepsWhatWaitsForItsTurnBeforeAllElse() {
    vm.polls = false;
    vm.endlessScript(Hook.PEER_REMOVED, "10-a");
    platform(Events.preempt("D").naming("d").started(), Events.preempt("E").naming("e").started());
    vm.start().poll();
    platform();
    vm.poll();
    vm.poll();
    vm.run("1S");
    for (int i = 0; i < Peers.MOST_EVENTS; i++) {
      vm.platform.add(Events.preempt("S" + i).naming("west_" + i).started().event());
    }
    vm.poll();
    assertThat(kept()).as("D has its turn").hasSize(Peers.MOST_EVENTS).contains("E");
  }

  @Test
  void keepsAsManyEventsAndVmsAsFitAndNotOneLess() {
    vm.polls = false;
    manyLaterOnes("10M");
    vm.start().poll();
    assertThat(kept()).hasSize(Peers.MOST_EVENTS);
    assertThat(vm.said(Reason.TOO_MANY_PEERS)).isFalse();
    vm.platform.clear();
    int of = PeerEvent.MOST_VMS;
    for (int i = 0; i < Peers.MOST_VMS / of + 1; i++) {
      String[] names = new String[of];
      for (int j = 0; j < of; j++) {
        names[j] = "vm_" + i + "_" + j;
      }
      vm.platform.add(Events.preempt("V" + i).naming(names).in((20 + i) + "M").event());
    }
    vm.kill().become(new Machine("vm1", Optional.of("id-2"), "boot-9", true)).start().poll();
    assertThat(vm.peers().events().stream().mapToInt(each -> each.vms().size()).sum())
        .isEqualTo(Peers.MOST_VMS / of * of);
    assertThat(vm.said(Reason.TOO_MANY_PEERS)).isTrue();
  }
}
