package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is read off an episode: by scripts, by status, by the Node. */
class EpisodeTest extends Scenario {

  @Test
  void tellsInOneWordWhatHappenedToItsEvent() {
    vm.script(Hook.RUNNING, "10-a", "10S", 0);
    platform(Events.reboot("A"));
    vm.start().run("5S");
    assertThat(episode().eventWord()).isEqualTo(Episode.EventWord.SCHEDULED);
    platform(Events.reboot("A").started());
    vm.run("5S");
    assertThat(episode().eventWord()).isEqualTo(Episode.EventWord.STARTED);
    platform();
    vm.run("5S");
    assertThat(episode().eventWord()).isEqualTo(Episode.EventWord.COMPLETED);
  }

  @Test
  void tellsThatItWasCancelledAlsoOnTheWayBack() {
    vm.endlessScript(Hook.DRAIN, "10-a").script(Hook.CANCELLED, "10-c", "3S", 0);
    vm.script(Hook.RUNNING, "10-a", "10S", 0);
    platform(Events.reboot("A"));
    vm.start().run("5S");
    platform();
    vm.run("3S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINING);
    assertThat(episode().eventWord()).isEqualTo(Episode.EventWord.CANCELLED);
    vm.run("3S");
    assertThat(vm.state()).contains(MaintenanceState.RUNNING);
    assertThat(episode().eventWord()).isEqualTo(Episode.EventWord.CANCELLED);
  }

  @Test
  void asksForTheMostThatOneOfItsEventsAsksFor() {
    platform(Events.freeze("F", 5));
    vm.start().run("1S");
    assertThat(episode().action()).isEqualTo(PolicyAction.OBSERVE);
    platform(Events.freeze("F", 5), Events.reboot("A"));
    vm.run("1S");
    assertThat(episode().action()).isEqualTo(PolicyAction.DRAIN);
    assertThat(episode().driving()).extracting(each -> each.event().id()).containsExactly("A");
  }

  @Test
  void isLedByTheEventWithTheEarliestDeadlineThatStands() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"), Events.redeploy("B"));
    vm.start().run("5S");
    assertThat(episode().leading().event().id()).isEqualTo("B");
    platform(Events.reboot("A"));
    vm.run("3S");
    assertThat(episode().leading().event().id()).isEqualTo("A");
  }

  @Test
  void owesAStartOnlyOnceItWasStopped() {
    scriptInEveryHook();
    with(LifecycleSettings.defaults()).endlessScript(Hook.CORDON, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("5S");
    assertThat(episode().mustStart()).as("pre-stop has not begun").isFalse();
    assertThat(episode().mustUncordon()).isTrue();
    platform();
    vm.run("1M");
    assertThat(vm.deeds()).noneMatch(call -> call.startsWith("pre-start"));
  }
}
