package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.model.ModelBudget;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.NodeTaint;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Items 79 to 90 of the checklist, as far as they are the drainer's. */
class ControllerChecklistTest {
  private final FleetRun run = new FleetRun().nodes("n1", "n2", "n3");

  @AfterEach
  void noInvariantIsBroken() {
    assertThat(run.violations).isEmpty();
  }

  private Instant in(Duration time) {
    return run.cluster.now().plus(time);
  }

  private void neverTwiceWithinASecond() {
    Map<String, Instant> last = new HashMap<>();
    for (ModelRequest request : run.evictions()) {
      Optional.ofNullable(last.put(request.target(), request.at()))
          .ifPresent(
              before ->
                  assertThat(Duration.between(before, request.at()))
                      .as(request.target())
                      .isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
    }
  }

  @Test
  @DisplayName("K79 leader lost in mid-drain: the next one resumes, no pod is tried twice in 1 s")
  void theNextLeaderResumes() {
    run.cluster.replicaSet("shop", "web", 3, pod -> pod.stopsIn(Duration.ofSeconds(8)), "n1");
    run.cluster.addBudget(
        "shop", "web", ModelBudget.Spec.maxUnavailable(Map.of("app", "web"), "1"));
    Fleet first = run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(12));
    assertThat(run.evictions()).isNotEmpty();
    NodeRecord before = run.record("n1").orElseThrow();
    first.stop();
    run.drainer("drainer-b", FleetRun.settings()).start();
    run.pass(Duration.ofMinutes(3));
    NodeRecord after = run.record("n1").orElseThrow();
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.DRAINED.word());
    assertThat(after.episode()).isEqualTo(before.episode());
    assertThat(after.progress().deadline()).isEqualTo(before.progress().deadline());
    assertThat(after.progress().startedAt()).isEqualTo(before.progress().startedAt());
    assertThat(after.holder()).isEqualTo("drainer-b");
    assertThat(after.did().cordon()).isTrue();
    neverTwiceWithinASecond();
  }

  @Test
  @DisplayName("K80 two leaders for a moment: one writes the record, evictions are UID-safe")
  void twoLeadersForAMoment() {
    run.cluster.replicaSet("shop", "web", 5, pod -> pod.stopsIn(Duration.ofSeconds(5)), "n1");
    Fleet frozen = run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(2));
    run.drainer("drainer-b", FleetRun.settings()).start();
    run.pass(Duration.ofSeconds(15));
    frozen.stop();
    run.pass(Duration.ofMinutes(1));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.DRAINED.word());
    assertThat(run.record("n1").orElseThrow().holder()).isEqualTo("drainer-b");
    assertThat(run.record("n1").orElseThrow().did().cordon()).isTrue();
    assertThat(run.notes).anyMatch(note -> note.contains("TakenOver"));
    assertThat(run.evictions()).allMatch(request -> request.body().contains("\"uid\""));
    assertThat(run.cluster.podsOn("n1")).isEmpty();
  }

  @Test
  @DisplayName("K81 the leader's own Node is to be drained: the leadership is handed over first")
  void handsOverBeforeItsOwnNodeIsDrained() {
    Fleet second = run.drainer("drainer-b", FleetRun.settings().on("n2"));
    Fleet[] first = new Fleet[1];
    first[0] =
        run.drainer(
            "drainer-a",
            FleetRun.settings().on("n1"),
            () -> {
              first[0].stop();
              run.cluster.in(Duration.ofSeconds(2), second::start);
              return true;
            });
    first[0].start();
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(1));
    assertThat(first[0].isLeading()).isFalse();
    assertThat(run.isCordoned("n1")).isFalse();
    run.pass(Duration.ofSeconds(20));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.DRAINED.word());
    assertThat(run.record("n1").orElseThrow().holder()).isEqualTo("drainer-b");
  }

  @Test
  @DisplayName("K81 nobody else can lead: our own Node is drained all the same")
  void drainsItsOwnNodeWhereNobodyElseCan() {
    run.leading(FleetRun.settings().on("n1"));
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(20));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.DRAINED.word());
  }

  @Test
  @DisplayName(
      "K83 the watcher falls silent: the recorded deadline stands, nothing is taken as gone")
  void silenceMeansNothing() {
    run.cluster.replicaSet("shop", "web", 2, pod -> {}, "n1");
    run.cluster.addBudget(
        "shop", "web", ModelBudget.Spec.maxUnavailable(Map.of("app", "web"), "0"));
    run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(5));
    Optional<Instant> deadline = run.record("n1").orElseThrow().progress().deadline();
    assertThat(deadline).contains(FleetRun.NOON.plus(Duration.ofMinutes(14)));
    run.pass(Duration.ofMinutes(10));
    assertThat(run.record("n1").orElseThrow().progress().deadline()).isEqualTo(deadline);
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.DRAINING.word());
    run.pass(Duration.ofHours(1));
    assertThat(run.cluster.podsOn("n1")).as("forced at the force point").isEmpty();
    assertThat(run.isCordoned("n1")).as("nobody said that the event is over").isTrue();
    assertThat(run.summaries).isEmpty();
  }

  @Test
  @DisplayName("K84 the budget is full and a Preempt arrives: it starts at once")
  void preemptDoesNotWaitForTheBudget() {
    run.leading(FleetRun.atMost(1));
    run.pass(Duration.ofSeconds(3));
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(1));
    run.tell("n2", run.note("n2").event("e2", "Preempt", in(Duration.ofSeconds(30))));
    run.pass(Duration.ofMillis(100));
    assertThat(run.isCordoned("n2")).isTrue();
    // and it takes no place
    run.cluster.deleteNode("n1");
    run.pass(Duration.ofSeconds(1));
    run.reboots("n3", "e3");
    run.pass(Duration.ofSeconds(1));
    assertThat(run.isCordoned("n3")).isTrue();
  }

  @Test
  @DisplayName("K85 a place that a vanished Node held is free")
  void aVanishedNodeHoldsNoPlace() {
    run.leading(FleetRun.atMost(1));
    run.pass(Duration.ofSeconds(3));
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(1));
    run.reboots("n2", "e2");
    run.pass(Duration.ofSeconds(1));
    assertThat(run.isCordoned("n2")).isFalse();
    run.cluster.deleteNode("n1");
    run.pass(Duration.ofSeconds(1));
    assertThat(run.isCordoned("n2")).isTrue();
  }

  private void sharedEvent(String id, List<String> nodes, String... vms) {
    for (String node : nodes) {
      run.tell(
          node,
          run.note(node)
              .event(
                  id,
                  "Reboot",
                  EventStatus.SCHEDULED,
                  Optional.of(in(Duration.ofMinutes(15))),
                  vms));
    }
  }

  private List<String> ackable(String node) {
    return run.record(node).orElseThrow().drain().ackable();
  }

  @Test
  @DisplayName("K86 three VMs are named and one is no Node: nobody may acknowledge")
  void aVmThatIsNoNodeIsNotDrained() {
    run.leading(FleetRun.settings());
    sharedEvent("e1", List.of("n1", "n2"), "vm-n1", "vm-n2", "vm-elsewhere");
    run.pass(Duration.ofMinutes(1));
    assertThat(run.is("n1", MaintenanceState.DRAINED)).isTrue();
    assertThat(ackable("n1")).isEmpty();
    assertThat(ackable("n2")).isEmpty();
  }

  @Test
  @DisplayName("K87 names in Resources are matched in any case, and all must be drained")
  void acknowledgesWhenAllThatAreNamedAreDrained() {
    run.cluster.replicaSet(
        "shop",
        "slow",
        1,
        pod -> pod.grace(Duration.ofMinutes(2)).stopsIn(Duration.ofMinutes(1)),
        "n2");
    run.leading(FleetRun.settings());
    sharedEvent("e1", List.of("n1", "n2"), "VM-N1", "Vm-n2");
    run.pass(Duration.ofSeconds(30));
    assertThat(run.is("n1", MaintenanceState.DRAINED)).isTrue();
    assertThat(run.is("n2", MaintenanceState.DRAINING)).isTrue();
    assertThat(ackable("n1")).isEmpty();
    run.pass(Duration.ofMinutes(1));
    assertThat(run.is("n2", MaintenanceState.DRAINED)).isTrue();
    assertThat(ackable("n1")).containsExactly("e1");
    assertThat(ackable("n2")).containsExactly("e1");
  }

  @Test
  @DisplayName("K88 a Preempt during a Reboot drain: the deadline tightens, nothing starts over")
  void preemptTightens() {
    run.cluster.replicaSet(
        "shop",
        "web",
        1,
        pod -> pod.grace(Duration.ofMinutes(5)).stopsIn(Duration.ofMinutes(4)),
        "n1");
    run.leading(FleetRun.settings());
    Instant notBefore = in(Duration.ofMinutes(15));
    run.tell("n1", run.note("n1").event("e1", "Reboot", notBefore));
    run.pass(Duration.ofSeconds(30));
    NodeRecord before = run.record("n1").orElseThrow();
    Instant evicted = in(Duration.ofSeconds(30));
    run.tell("n1", run.note("n1").event("e1", "Reboot", notBefore).event("e2", "Preempt", evicted));
    run.pass(Duration.ofSeconds(1));
    NodeRecord after = run.record("n1").orElseThrow();
    assertThat(after.episode()).isEqualTo(before.episode());
    assertThat(after.progress().startedAt()).isEqualTo(before.progress().startedAt());
    assertThat(after.progress().deadline()).contains(evicted.minusSeconds(6));
    run.pass(Duration.ofSeconds(25));
    assertThat(run.cluster.podsOn("n1")).as("shortened to the time left").isEmpty();
  }

  @Test
  @DisplayName("K89 Karpenter drains the Node: we evict nothing, and remove our marks only")
  void leavesTheEvictingToKarpenter() {
    run.cluster.replicaSet("shop", "web", 2, pod -> {}, "n1");
    run.leading(FleetRun.settings());
    run.cluster.taint(
        "n1", new NodeTaint("karpenter.sh/disrupted", "", "NoSchedule", Optional.empty()));
    run.reboots("n1", "e1");
    run.pass(Duration.ofMinutes(2));
    assertThat(run.record("n1")).isPresent();
    assertThat(run.evictions()).isEmpty();
    run.tell("n1", run.note("n1").gone("e1"));
    run.pass(Duration.ofMinutes(1));
    assertThat(run.isCordoned("n1")).isFalse();
    assertThat(run.cluster.node("n1").hasTaint("karpenter.sh/disrupted")).isTrue();
  }

  @Test
  @DisplayName("K89 Karpenter does not get it done: evicted from the force point on")
  void evictsFromTheForcePointOn() {
    run.cluster.replicaSet("shop", "web", 2, pod -> pod.grace(Duration.ofSeconds(30)), "n1");
    run.leading(FleetRun.settings());
    run.cluster.taint(
        "n1", new NodeTaint("karpenter.sh/disrupted", "", "NoSchedule", Optional.empty()));
    run.reboots("n1", "e1");
    run.pass(Duration.ofMinutes(13));
    assertThat(run.evictions()).isEmpty();
    run.pass(Duration.ofMinutes(1));
    assertThat(run.evictions()).isNotEmpty();
    assertThat(run.cluster.podsOn("n1")).isEmpty();
  }

  @Test
  @DisplayName("K89 AKS drains the same Node: its cordon stays, we drain all the same")
  void aForeignCordonIsKept() {
    run.cluster.replicaSet("shop", "web", 2, pod -> {}, "n1");
    run.cluster.cordon("n1", true);
    run.cluster.taint(
        "n1",
        new NodeTaint(
            "remediator.kubernetes.azure.com/unschedulable", "", "NoSchedule", Optional.empty()));
    run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(30));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.DRAINED.word());
    assertThat(run.evictions()).hasSize(2);
    run.tell("n1", run.note("n1").gone("e1"));
    run.pass(Duration.ofMinutes(1));
    assertThat(run.record("n1")).isEmpty();
    assertThat(run.isCordoned("n1")).isTrue();
    assertThat(run.cluster.node("n1").hasTaint("remediator.kubernetes.azure.com/unschedulable"))
        .isTrue();
  }

  @Test
  @DisplayName("K90 the autoscaler deletes the Node after the drain: node-gone, one summary")
  void aNodeThatGoesEndsItsEpisode() {
    Fleet fleet = run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(20));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.DRAINED.word());
    run.cluster.deleteNode("n1");
    run.pass(Duration.ofMinutes(2));
    assertThat(run.summaries).containsExactly("n1 node-gone");
    assertThat(run.summarized).extracting(Summary::episode).containsExactly("e1/vm-n1");
    assertThat(fleet.openFolds()).isZero();
  }

  @Test
  @DisplayName("K53 recreated under the same name: the old record is nobody's")
  void aNodeRecreatedIsAnother() {
    run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(20));
    run.cluster.deleteNode("n1");
    run.cluster.addNode("n1");
    run.reboots("n1", "e2");
    run.pass(Duration.ofSeconds(20));
    assertThat(run.summaries).containsExactly("n1 node-gone");
    assertThat(run.record("n1").orElseThrow().events())
        .extracting(e -> e.id())
        .containsExactly("e2");
    assertThat(run.cluster.node("n1").annotations()).doesNotContainKey(NodeKeys.LAST);
  }
}
