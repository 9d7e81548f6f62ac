package io.drainwatch.drainer.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.VirtualVm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the drainer tells of a Node, with no disk and one leader after another. */
class NodeNoticesTest {
  private static final String ID = "7CB1D0F4-0001-4E0A-9A6E-0000000000A1";
  private static final Subject NODE =
      new Subject("vm1", Optional.of("aks-1"), Optional.of("blue"), false);

  private final VirtualVm vm = new VirtualVm();
  private final List<Notice> notices = new ArrayList<>();
  private Optional<NodeNotices> leader = Optional.of(NodeNotices.since(VirtualVm.START));

  NodeNoticesTest() {
    vm.onlooker =
        (before, observation, step, at) -> {
          for (Action action : step.actions()) {
            if (action instanceof Action.Summarize(Summary summary)) {
              leader = leader.map(each -> take(each.summarized(summary, NODE)));
            }
          }
          leader = leader.map(each -> take(each.stands(step.watch().episode(), NODE, at)));
        };
  }

  private NodeNotices take(NodeNotices.Step step) {
    notices.addAll(step.notices());
    return step.memory();
  }

  private void platform(Events... events) {
    vm.platform.clear();
    for (Events event : events) {
      vm.platform.add(event.event());
    }
  }

  private List<String> words() {
    return notices.stream().map(notice -> notice.kind().word()).toList();
  }

  private void nobodyLeads() {
    leader = Optional.empty();
  }

  private void anotherLeadsSince(Instant at) {
    leader = Optional.of(NodeNotices.since(at));
  }

  private Instant start(String later) {
    return VirtualVm.START.plus(Duration.parse("PT" + later));
  }

  @Test
  void oneLeaderTellsTheWholeLifeOnce() {
    platform(Events.reboot(ID));
    vm.start().run("30S");
    platform(Events.reboot(ID).started());
    vm.run("10S");
    platform();
    vm.run("10S");

    assertThat(words())
        .containsExactly(
            "seen",
            "cordoned",
            "draining",
            "drained",
            "acknowledged",
            "started",
            "gone",
            "returned");
    assertThat(notices).extracting(notice -> notice.subject().name()).containsOnly("aks-1");
  }

  @Test
  void theNextLeaderTellsWhatHappenedMeanwhileAndTheLastMinutesAgainUnderTheSameIds() {
    vm.script(Hook.DRAIN, "10-a", "20S", 0);
    platform(Events.reboot(ID));
    vm.start().run("10S");
    assertThat(words()).containsExactly("seen", "cordoned", "draining");
    List<String> ids = notices.stream().map(Notice::id).toList();

    nobodyLeads();
    vm.run("30S");
    anotherLeadsSince(start("40S"));
    notices.clear();
    vm.run("2S");
    platform(Events.reboot(ID).started());
    vm.run("5S");

    assertThat(words())
        .containsExactly("seen", "cordoned", "draining", "drained", "acknowledged", "started");
    assertThat(notices).extracting(Notice::id).containsAll(ids);
  }

  @Test
  void theNextLeaderDoesNotTellWhatIsLongAgo() {
    platform(Events.reboot(ID));
    vm.start().run("30S");
    platform(Events.reboot(ID).started());
    vm.run("1H");
    notices.clear();

    anotherLeadsSince(start("1H30S"));
    vm.run("10S");
    assertThat(words()).isEmpty();
    platform();
    vm.run("20S");
    assertThat(words()).containsExactly("gone", "returned");
  }

  @Test
  void theEndThatNobodyLedToIsLost() {
    platform(Events.reboot(ID));
    vm.start().run("30S");
    platform(Events.reboot(ID).started());
    vm.run("10S");
    notices.clear();

    nobodyLeads();
    platform();
    vm.run("30S");
    anotherLeadsSince(start("1M10S"));
    vm.run("1M");

    assertThat(words()).as("as the class says").isEmpty();
  }

  @Test
  void tellsOnceWhomADrainWaitsFor() {
    vm.script(Hook.SCHEDULED, "10-a", "30S", 0);
    platform(Events.reboot(ID));
    vm.start().run("20S");
    for (int i = 0; i < 3; i++) {
      leader = leader.map(each -> take(each.held("Budget", NODE, start("20S"))));
    }

    assertThat(words()).contains("seen", "blocked");
    assertThat(notices)
        .filteredOn(notice -> notice.kind() == NoticeKind.BLOCKED)
        .singleElement()
        .extracting(Notice::cause)
        .isEqualTo("the drain waits for others: Budget");
  }

  @Test
  void tellsOnceWhatBlocksEvictions() {
    vm.node.evictionsTake = Optional.of(Duration.ofMinutes(5));
    platform(Events.reboot(ID));
    vm.start().run("10S");
    notices.clear();

    for (int i = 0; i < 3; i++) {
      leader =
          leader.map(
              each ->
                  take(
                      each.blocked(
                          "eviction-blocked", "shop/cart: budget cart", NODE, start("10S"))));
    }

    assertThat(notices)
        .singleElement()
        .extracting(Notice::cause)
        .isEqualTo("shop/cart: budget cart");
  }
}
