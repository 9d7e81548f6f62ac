package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** There is no Node any more (kubernetes-drain.md, item 52). */
class NodeLossTest extends Scenario {

  @Test
  @DisplayName("K52 the episode ends as node-gone: what runs is ended, nothing more starts")
  void endsTheEpisode() {
    vm.node.evictionsTake = Optional.empty();
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("10S");
    vm.observe(new Observation.NodeGone());
    vm.observe(new Observation.NodeGone());
    vm.run("1M");
    assertThat(calls())
        .endsWith("end drain/10-a within 10 s", "stop evictions", "summary NODE_GONE");
    assertThat(summary().ending()).isEqualTo(Summary.Ending.NODE_GONE);
    assertThat(summary().drainReason()).isEqualTo("the Node is gone");
    assertThat(vm.runningScripts()).isEmpty();
    assertThat(vm.posted).isEmpty();
    assertQuiet();
    platform();
    vm.run("5S");
    assertThat(vm.watch().episode()).isEmpty();
    assertThat(vm.summaries).hasSize(1);
  }

  @Test
  @DisplayName("K52 what the daemon remembers of it over a restart begins nothing and ends nothing")
  void isKeptOverARestart() {
    platform(Events.reboot("A"));
    vm.acknowledgementFails = true;
    vm.start().run("10S");
    vm.observe(new Observation.NodeGone());
    vm.run("5S");
    int posted = vm.posted.size();
    vm.kill();
    vm.start().run("1M");
    assertThat(episode().held()).contains(Episode.Held.NODE_GONE);
    assertThat(vm.posted).hasSize(posted);
    platform(Events.reboot("A").started());
    vm.run("5S");
    assertThat(episode().state()).isEqualTo(MaintenanceState.DRAINED);
    platform();
    vm.run("5S");
    assertThat(vm.watch().episode()).isEmpty();
    assertThat(vm.summaries).hasSize(1);
  }

  @Test
  @DisplayName("K53 once there is a Node again, what stands begins anew")
  void beginsAnew() {
    platform(Events.reboot("A"));
    vm.start().run("10S");
    vm.observe(new Observation.NodeGone());
    vm.run("5S");
    vm.observe(new Observation.NodeReplaced(true));
    vm.run("10S");
    assertThat(episode().state()).isEqualTo(MaintenanceState.DRAINED);
    assertThat(episode().summarized()).isFalse();
  }

  @Test
  @DisplayName("I9 a machine that is deleted was summarized; that its Node goes is no second end")
  void saysNothingAgainOfAMachineThatIsDeleted() {
    platform(Events.terminate("T"));
    vm.start().run("10S");
    platform(Events.terminate("T").started());
    vm.run("3S");
    vm.observe(new Observation.NodeGone());
    vm.run("10S");
    assertThat(summary().ending()).isEqualTo(Summary.Ending.GONE);
  }
}
