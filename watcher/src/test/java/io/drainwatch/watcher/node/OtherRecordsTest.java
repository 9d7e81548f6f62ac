package io.drainwatch.watcher.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.NodesListing;
import io.drainwatch.drainer.distant.Standing;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.SharedAcknowledgement;
import io.drainwatch.drainer.nodes.HeldBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Form agent: events of several VMs wait for the records of all of them (K86, K87). */
class OtherRecordsTest {
  private final Standing here = new Standing();
  private final Standing other = new Standing();
  private final List<String> told = new ArrayList<>();
  private Optional<NodesListing> answer = Optional.empty();
  private int lists;
  private long now;
  private OtherRecords records = records(true, SharedAcknowledgement.NEVER);

  private OtherRecords records(boolean on, SharedAcknowledgement shared) {
    return new OtherRecords(
        on,
        shared,
        () -> {
          lists++;
          return answer.orElseGet(() -> new NodesListing.Complete(List.of(other.node())));
        },
        () -> now,
        Runnable::run);
  }

  private static ScheduledEvent naming(String... vms) {
    return new ScheduledEvent(
        "A",
        true,
        "Reboot",
        EventStatus.SCHEDULED,
        EventSource.PLATFORM,
        "VirtualMachine",
        List.of(vms),
        Optional.of(Standing.NOW.plus(Duration.ofMinutes(15))),
        Optional.empty(),
        "",
        Optional.empty());
  }

  @BeforeEach
  void bothAreDrained() {
    here.state = MaintenanceState.DRAINED;
    names("vm-1", "NODE-1");
    other.recorded = MaintenanceState.DRAINED;
    other.drained = List.of("a");
  }

  /** The other Node's VM has the Node's name. */
  private void names(String... vms) {
    here.event = naming(vms);
    records.stepped(here.watch());
  }

  private boolean allowed() {
    List<Boolean> answers = new ArrayList<>();
    records.ask("A", answers::add);
    return answers.getFirst();
  }

  @Test
  @DisplayName("K86 K87 it may leave once the other's record says Drained for it, in whatever case")
  void mayLeaveOnceAllAreDrained() {
    assertThat(records.haveASay("A")).isTrue();
    assertThat(allowed()).isTrue();
  }

  static List<Arguments> whatIsNotDrained() {
    return List.of(
        notDrained("another event", it -> it.drained = List.of("B")),
        notDrained("still draining", it -> it.recorded = MaintenanceState.DRAINING),
        notDrained("on its way back", it -> it.recorded = MaintenanceState.RUNNING),
        notDrained("somebody uncordoned it", it -> it.unschedulable = false),
        notDrained("restarted since", it -> it.bootId = "boot-2"),
        notDrained("held", it -> it.heldBy = HeldBy.FOREIGN_UNCORDON),
        notDrained("another Node's record", it -> it.recordedUid = "another"),
        notDrained("no record", it -> it.hasRecord = false));
  }

  private static Arguments notDrained(String what, Consumer<Standing> how) {
    return Arguments.of(what, how);
  }

  @ParameterizedTest(name = "K86 {0}: it may not leave")
  @MethodSource("whatIsNotDrained")
  void mayNotLeaveBefore(String what, Consumer<Standing> how) {
    how.accept(other);
    assertThat(allowed()).isFalse();
  }

  @Test
  @DisplayName("K86 a VM that is no Node: acknowledge.shared decides, by default no POST")
  void leavesVmsThatAreNoNodesToTheSetting() {
    names("vm-1", "vm-9");
    assertThat(allowed()).isFalse();
    records = records(true, SharedAcknowledgement.FIRST_RESOURCE);
    names("vm-1", "vm-9");
    assertThat(allowed()).isTrue();
    names("vm-9", "vm-1");
    assertThat(allowed()).isFalse();
  }

  @Test
  @DisplayName("I10 a list that fails allows nothing; two Nodes of one name allow nothing")
  void allowsNothingThatItDoesNotKnow() {
    answer = Optional.of(new NodesListing.Failed("403"));
    assertThat(allowed()).isFalse();
    answer = Optional.of(new NodesListing.Complete(List.of(other.node(), other.node())));
    assertThat(allowed()).isFalse();
  }

  @Test
  @DisplayName("what had to wait is looked at each 5 s and told once; nobody looks for nothing")
  void tellsWhenItMayLeave() {
    other.drained = List.of();
    assertThat(allowed()).isFalse();
    passes(4);
    assertThat(lists).isEqualTo(1);
    passes(7);
    assertThat(lists).isEqualTo(3);
    assertThat(told).isEmpty();
    other.drained = List.of("A");
    passes(20);
    assertThat(told).containsExactly("A");
    assertThat(lists).isEqualTo(4);
  }

  private void passes(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now += Duration.ofSeconds(1).toNanos();
      records.lookIfDue(told::add);
    }
  }

  @Test
  @DisplayName("what is over is not looked after any more")
  void forgetsWhatIsOver() {
    other.drained = List.of();
    assertThat(allowed()).isFalse();
    here.event = naming("vm-1");
    records.stepped(here.watch());
    passes(20);
    assertThat(lists).isEqualTo(1);
  }

  @Test
  @DisplayName("an event of this VM alone waits for nobody, nor where Nodes are not listed")
  void asksNobodyWithoutNeed() {
    names("VM-1");
    assertThat(records.haveASay("A")).isFalse();
    records = records(false, SharedAcknowledgement.NEVER);
    names("vm-1", "node-1");
    assertThat(records.haveASay("A")).isFalse();
    assertThat(lists).isZero();
  }
}
