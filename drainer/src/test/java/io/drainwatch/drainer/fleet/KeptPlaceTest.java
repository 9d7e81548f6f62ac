package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.nodes.HeldBy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A Node that is out of service has its place in the budget, whatever it waits for. */
class KeptPlaceTest {
  private final FleetRun run = new FleetRun().nodes("n1", "n2");
  private Fleet leader;

  @BeforeEach
  void oneLeads() {
    leader = run.leading(FleetRun.atMost(1));
    run.pass(Duration.ofSeconds(5));
  }

  private void anotherLeads() {
    leader.stop();
    leader = run.drainer("drainer-b", FleetRun.atMost(1));
    leader.start();
  }

  private static Instant at(int minutes) {
    return FleetRun.NOON.plus(Duration.ofMinutes(minutes));
  }

  private HeldBy held(String node) {
    return run.record(node).orElseThrow().progress().held();
  }

  @Test
  @DisplayName("what takes over on the way back, before a new leader has counted, keeps it")
  void onTheWayBack() {
    run.tell("n1", run.note("n1").event("e1", "Reboot", at(15)));
    run.pass(Duration.ofSeconds(20));
    run.tell("n2", run.note("n2").event("e2", "Reboot", at(16)));
    run.pass(Duration.ofSeconds(2));
    assertThat(held("n2")).isEqualTo(HeldBy.BUDGET);
    run.tell("n1", run.note("n1").missing("e1"));
    run.pass(Duration.ofSeconds(1));
    run.tell("n1", run.note("n1").gone("e1"));
    run.pass(Duration.ofSeconds(1));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.RUNNING.word());
    anotherLeads();
    run.pass(Duration.ofMillis(500));
    run.tell("n1", run.note("n1").event("e3", "Reboot", at(17)).gone("e1"));
    run.pass(Duration.ofSeconds(20));
    assertThat(run.isCordoned("n1")).isTrue();
    assertThat(run.isCordoned("n2")).as("fleet history 6").isFalse();
    assertThat(held("n2")).isEqualTo(HeldBy.BUDGET);
  }

  @Test
  @DisplayName("a Node that is cordoned and waits for what was approved keeps it")
  void waitingForWhatWasApproved() {
    run.tell("n1", run.note("n1").event("e1", "Reboot", at(15)).event("e2", "Reboot", at(1)));
    run.pass(Duration.ofSeconds(20));
    run.tell(
        "n1",
        run.note("n1")
            .event("e1", "Reboot", at(15))
            .event("e2", "Reboot", at(1))
            .ack("e1", 200)
            .ack("e2", 200));
    run.pass(Duration.ofSeconds(1));
    run.tell(
        "n1", run.note("n1").started("e1", "Reboot").event("e2", "Reboot", at(1)).ack("e2", 200));
    run.pass(Duration.ofSeconds(2));
    run.cluster.notReady("n1");
    run.pass(Duration.ofMinutes(1)); // the time of the other one has come, and nothing happens
    run.cluster.rebooted("n1", "boot-2");
    for (int i = 0; i < 2; i++) {
      run.tell(
          "n1",
          run.note("n1").boot("boot-2").event("e2", "Reboot", at(1)).ack("e2", 200).gone("e1"));
      run.pass(Duration.ofSeconds(2));
    }
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.MAINTENANCE_SCHEDULED.word());
    assertThat(run.isCordoned("n1")).isTrue();
    anotherLeads();
    run.tell("n2", run.note("n2").event("e3", "Reboot", at(16)));
    run.pass(Duration.ofSeconds(20));
    assertThat(run.isCordoned("n2")).as("fleet history 257").isFalse();
    assertThat(held("n2")).isEqualTo(HeldBy.BUDGET);
  }

  @Test
  @DisplayName(
      "K80 half of the notice of an event that joined is used up when it is, by any leader")
  void byWhenTheEventThatJoinedWasSeen() {
    run.tell("n2", run.note("n2").event("e0", "Reboot", at(90)));
    run.pass(Duration.ofSeconds(20));
    run.tell("n1", run.note("n1").event("e1", "Reboot", at(90)));
    run.pass(Duration.ofMinutes(10));
    Note both = run.note("n1").event("e1", "Reboot", at(90)).event("e2", "Reboot", at(26));
    run.tell("n1", both);
    run.pass(Duration.ofSeconds(10));
    assertThat(held("n1")).isEqualTo(HeldBy.BUDGET);
    anotherLeads();
    run.pass(Duration.ofMinutes(6));
    assertThat(held("n1")).as("fleet history 81").isEqualTo(HeldBy.BUDGET);
    run.pass(Duration.ofMinutes(3));
    assertThat(run.isCordoned("n1")).as("the platform will not wait").isTrue();
  }

  @Test
  @DisplayName("what takes over where a person uncordoned the Node has none to keep")
  void notWhereAPersonUncordoned() {
    run.tell("n1", run.note("n1").event("e1", "Reboot", at(15)));
    run.tell("n2", run.note("n2").event("e2", "Preempt", at(15)));
    run.pass(Duration.ofSeconds(20));
    assertThat(run.isCordoned("n1") && run.isCordoned("n2")).isTrue();
    run.tell("n2", run.note("n2").missing("e2"));
    run.pass(Duration.ofSeconds(1));
    run.tell("n2", run.note("n2").gone("e2"));
    run.pass(Duration.ofSeconds(1));
    assertThat(run.state("n2")).isEqualTo(MaintenanceState.RUNNING.word());
    run.cluster.cordon("n2", false);
    run.tell("n2", run.note("n2").event("e3", "Reboot", at(17)).gone("e2"));
    run.pass(Duration.ofSeconds(20));
    assertThat(run.isCordoned("n2")).as("fleet history 6764").isFalse();
    assertThat(held("n2")).isEqualTo(HeldBy.BUDGET);
  }
}
