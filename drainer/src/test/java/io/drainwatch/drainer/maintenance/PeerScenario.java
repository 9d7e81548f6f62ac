package io.drainwatch.drainer.maintenance;

import java.util.List;

/** What tests of the hook peer-removed share. */
abstract class PeerScenario extends Scenario {
  static final String CALL = "peer-removed/west_1: 10-lb #1";

  final void lists(String... scripts) {
    vm.listing(
        Hook.PEER_REMOVED,
        List.of(scripts).stream().map(name -> List.of(PlannedScript.runs(name))).toList());
    for (String script : scripts) {
      vm.script(Hook.PEER_REMOVED, script, "2S", 0);
    }
  }

  static Events preemptOfAPeer() {
    return Events.preempt("P").naming("west_1");
  }

  final void startsAndGoes(Events event) {
    platform(event);
    vm.run("2S");
    platform(event.started());
    vm.run("2S");
    platform();
    vm.run("3S");
  }
}
