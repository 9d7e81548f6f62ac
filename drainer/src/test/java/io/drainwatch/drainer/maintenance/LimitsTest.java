package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.record.EpisodeJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What must not grow without end, and names that must not be mixed up. */
class LimitsTest extends Scenario {

  private void thousandsOfEvents(int from, int to) {
    vm.platform.clear();
    for (int i = from; i < to; i++) {
      vm.platform.add(Events.reboot("E" + i).event());
    }
  }

  @Test
  void keepsABoundedNumberOfEvents() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    for (int i = 0; i < 2_000; i += 100) {
      thousandsOfEvents(i, i + 110);
      vm.start().run("3S");
      assertThat(episode().events()).hasSizeLessThanOrEqualTo(Roster.MOST_EVENTS);
    }
    vm.platform.clear();
    vm.run("1M");
    assertThat(vm.episode()).isEmpty();
  }

  @Test
  void doesNotLoseTheEventThatRunsAmongThousands() {
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform(Events.reboot("A").started());
    vm.run("3S");
    for (int i = 0; i < 3_000; i += 100) {
      thousandsOfEvents(i, i + 100);
      vm.platform.add(Events.reboot("A").started().event());
      vm.run("3S");
    }
    assertThat(vm.state()).contains(MaintenanceState.MAINTENANCE_STARTED);
    assertThat(episode().events()).anyMatch(each -> each.event().id().equals("A"));
  }

  @Test
  void makesRoomForAMoreUrgentEvent() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    thousandsOfEvents(0, 500);
    vm.start().run("5S");
    vm.platform.add(Events.preempt("P").event());
    vm.run("2S");
    assertThat(episode().leading().event().id()).isEqualTo("P");
    assertThat(episode().deadline()).isPresent();
    assertThat(episode().deadline().get()).isBefore(at("30S"));
  }

  @Test
  void saysOnceThatThereAreTooManyEvents() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    thousandsOfEvents(0, 20);
    vm.start().run("5S");
    thousandsOfEvents(0, 40);
    vm.run("1M");
    assertThat(vm.log.stream().filter(line -> line.startsWith("! TOO_MANY_EVENTS"))).hasSize(8);
  }

  @Test
  void staysSmallOnDisk() {
    scriptInEveryHook();
    List<String> left = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      left.add("namespace-" + i + "/pod-" + "x".repeat(2_000) + ": blocked by a budget");
    }
    vm.node.left = left;
    thousandsOfEvents(0, 400);
    vm.start().run("1M");
    assertThat(EpisodeJson.write(episode()).toString().length()).isLessThan(160_000);
    assertThat(episode().drain().left()).hasSize(100).last().isEqualTo("and 4901 more");
  }

  @Test
  void isAFewKilobytesInTheCommonCase() {
    scriptInEveryHook();
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(EpisodeJson.write(episode()).toString().length()).isLessThan(4_096);
  }

  @Test
  void keepsNoRawEventOfAnySize() {
    ScheduledEvent event = Events.reboot("A").event();
    vm.platform.add(
        new ScheduledEvent(
            event.id(),
            true,
            event.type(),
            event.status(),
            event.source(),
            event.resourceType(),
            event.resources(),
            event.notBefore(),
            event.duration(),
            event.description(),
            Optional.of("x".repeat(20_000))));
    vm.start().run("5S");
    assertThat(episode().leading().event().raw()).isEmpty();
  }

  @Test
  void cutsTextsWithoutLeavingHalfACharacter() {
    String text = "x".repeat(1_023) + "\uD83D\uDE80" + "y";
    assertThat(Bounded.text(text)).isEqualTo("x".repeat(1_023));
    assertThat(Bounded.text("z".repeat(1_024))).hasSize(1_024);
  }

  @Test
  void refusesTheSecondOfTwoScriptsWithOneName() {
    vm.listing(
            Hook.DRAIN,
            List.of(
                List.of(PlannedScript.runs("etcd")),
                List.of(PlannedScript.runs("etcd")),
                List.of(PlannedScript.runs("etcd (2)"))))
        .script(Hook.DRAIN, "etcd", "1S", 0)
        .script(Hook.DRAIN, "etcd (2)", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(calls()).containsExactly("cordon", "drain/etcd #1");
    assertThat(episode().hooks().get(Hook.DRAIN).scripts())
        .extracting(ScriptRun::name)
        .doesNotHaveDuplicates();
    assertThat(vm.posted).as("what did not run is not drained").isEmpty();
  }

  @Test
  void isNotBlockedOnTheWayBackByANameListedTwice() {
    vm.listing(
            Hook.RUNNING,
            List.of(List.of(PlannedScript.runs("etcd")), List.of(PlannedScript.runs("etcd"))))
        .script(Hook.RUNNING, "etcd", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform();
    vm.run("1M");
    assertThat(vm.episode()).isEmpty();
  }
}
