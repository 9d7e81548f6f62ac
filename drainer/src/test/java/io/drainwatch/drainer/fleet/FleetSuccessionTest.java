package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.PodConduct;
import io.drainwatch.drainer.model.PodFields;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.ConditionType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Another process leads: nothing may be acknowledged by what only its predecessor has seen. */
class FleetSuccessionTest {
  private final FleetRun run = new FleetRun().nodes("n1", "n2");
  private final Instant notBefore = FleetRun.NOON.plus(Duration.ofMinutes(15));

  @AfterEach
  void noInvariantIsBroken() {
    assertThat(run.violations).isEmpty();
  }

  private List<String> ackable(String node) {
    return run.record(node).orElseThrow().drain().ackable();
  }

  private Fleet drainedByAnother() {
    Fleet first = run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(20));
    assertThat(ackable("n1")).containsExactly("e1");
    return first;
  }

  private void aPodThatTakesAWhile(String node) {
    run.cluster.add(
        new PodFields("shop", "late")
            .on(node)
            .conduct(PodConduct.PROMPT.stopsIn(Duration.ofSeconds(15))));
  }

  @Test
  @DisplayName("I1 K79 the next leader lists nothing as ackable before a pod that came is gone")
  void looksBeforeItListsAnything() {
    drainedByAnother().stop();
    aPodThatTakesAWhile("n1");
    run.drainer("drainer-b", FleetRun.settings()).start();
    for (int i = 0; i < 300; i++) {
      run.pass(Duration.ofMillis(100));
      if (run.record("n1").orElseThrow().holder().equals("drainer-b")
          && !run.cluster.podsOn("n1").isEmpty()) {
        assertThat(ackable("n1")).isEmpty();
      }
    }
    run.pass(Duration.ofSeconds(30));
    assertThat(run.cluster.podsOn("n1")).isEmpty();
    assertThat(ackable("n1")).containsExactly("e1");
  }

  @Test
  @DisplayName("I1 K79 the next leader lists what is drained after a fence of its own, and soon")
  void listsItAfterItsOwnFence() {
    drainedByAnother().stop();
    run.drainer("drainer-b", FleetRun.settings()).start();
    run.pass(Duration.ofSeconds(3));
    assertThat(run.record("n1").orElseThrow().holder()).isEqualTo("drainer-b");
    assertThat(ackable("n1")).as("the view alone is no proof").isEmpty();
    run.pass(Duration.ofSeconds(9));
    assertThat(ackable("n1")).containsExactly("e1");
  }

  @Test
  @DisplayName("I1 K79 a leader that cannot list the pods lists nothing as ackable")
  void listsNothingUnseen() {
    drainedByAnother().stop();
    run.api.faults().forever(Verb.LIST_PODS, Fault.UNAVAILABLE);
    run.drainer("drainer-b", FleetRun.settings()).start();
    run.pass(Duration.ofMinutes(2));
    assertThat(ackable("n1")).isEmpty();
    run.api.faults().heal();
    run.pass(Duration.ofMinutes(1));
    assertThat(ackable("n1")).containsExactly("e1");
  }

  @Test
  @DisplayName("K79 what was acknowledged already stays listed")
  void leavesWhatWasAcknowledged() {
    Fleet first = drainedByAnother();
    run.tell("n1", run.note("n1").event("e1", "Reboot", notBefore).ack("e1", 200));
    run.pass(Duration.ofSeconds(2));
    first.stop();
    run.api.faults().forever(Verb.LIST_PODS, Fault.UNAVAILABLE);
    run.drainer("drainer-b", FleetRun.settings()).start();
    run.pass(Duration.ofSeconds(30));
    assertThat(run.record("n1").orElseThrow().holder()).isEqualTo("drainer-b");
    assertThat(ackable("n1")).containsExactly("e1");
  }

  @Test
  @DisplayName("I9 K79 a Terminate first seen as Started has one summary, whoever leads after it")
  void saysTheEndOnce() {
    FleetSettings configured = FleetSettings.of(LifecycleSettings.defaults().withRecordOnNode());
    Fleet first = run.leading(configured);
    run.tell("n1", run.note("n1").started("e1", "Terminate"));
    run.pass(Duration.ofSeconds(2));
    assertThat(run.is("n1", MaintenanceState.MAINTENANCE_STARTED)).isTrue();
    first.stop();
    run.drainer("drainer-b", configured).start();
    run.pass(Duration.ofMinutes(1));
    assertThat(run.summaries).hasSize(1);
  }

  @Test
  @DisplayName(
      "K79 who leads once a maintenance is over that touched nothing takes its record away")
  void takesAwayTheRecordOfWhatIsOver() {
    Fleet first = run.leading(FleetRun.settings());
    run.tell("n1", run.note("n1").started("e1", "Reboot"));
    run.pass(Duration.ofSeconds(20));
    assertThat(run.is("n1", MaintenanceState.MAINTENANCE_STARTED)).isTrue();
    assertThat(isInProgress("n1")).isTrue();
    first.stop();
    run.tell("n1", run.note("n1").missing("e1").gone("e1"));
    run.drainer("drainer-b", FleetRun.settings()).start();
    run.pass(Duration.ofMinutes(1));
    assertThat(run.record("n1")).isEmpty();
    assertThat(isInProgress("n1")).isFalse();
  }

  private boolean isInProgress(String node) {
    return run.cluster.node(node).facts().conditions().stream()
        .anyMatch(each -> each.type() == ConditionType.MAINTENANCE_IN_PROGRESS && each.status());
  }

  @Test
  @DisplayName("I1 K86 another VM named counts as drained once this leader has seen its Node empty")
  void vouchesForTheOtherNodesToo() {
    Fleet first = run.leading(FleetRun.settings());
    for (String node : List.of("n1", "n2")) {
      run.tell(
          node,
          run.note(node)
              .event(
                  "e1", "Reboot", EventStatus.SCHEDULED, Optional.of(notBefore), "vm-n1", "vm-n2"));
    }
    run.pass(Duration.ofSeconds(30));
    assertThat(ackable("n1")).containsExactly("e1");
    first.stop();
    run.api
        .faults()
        .forever(
            request -> request.verb() == Verb.LIST_PODS && request.target().contains("n2"),
            Fault.UNAVAILABLE);
    run.drainer("drainer-b", FleetRun.settings()).start();
    run.pass(Duration.ofMinutes(1));
    assertThat(run.is("n2", MaintenanceState.DRAINED)).isTrue();
    assertThat(ackable("n1")).as("nobody has looked at n2").isEmpty();
    run.api.faults().heal();
    run.pass(Duration.ofMinutes(1));
    assertThat(ackable("n1")).containsExactly("e1");
    assertThat(ackable("n2")).containsExactly("e1");
  }

  @Test
  @DisplayName("what the last episode asked for is not done to the next one that took over from it")
  void givesNothingBackWhenANewEventStandsAtItsFirstLook() {
    Fleet first = drainedByAnother();
    run.tell("n1", run.note("n1").event("e1", "Reboot", notBefore).ack("e1", 200));
    run.pass(Duration.ofSeconds(1));
    run.tell("n1", run.note("n1").started("e1", "Reboot").ack("e1", 200));
    run.pass(Duration.ofSeconds(1));
    run.cluster.rebooted("n1", "boot-2");
    run.tell("n1", run.note("n1").boot("boot-2").missing("e1"));
    run.pass(Duration.ofSeconds(2));
    run.tell("n1", run.note("n1").boot("boot-2").gone("e1"));
    run.pass(Duration.ofSeconds(2));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.RUNNING.word());
    first.stop();
    run.tell("n1", run.note("n1").boot("boot-2").event("e2", "Redeploy", notBefore));
    run.api.forgetRequests();
    run.drainer("drainer-b", FleetRun.settings()).start();
    run.pass(Duration.ofSeconds(4));
    assertThat(run.isCordoned("n1")).isTrue();
    assertThat(run.state("n1"))
        .as("what had started is over (history 18179)")
        .isNotEqualTo(MaintenanceState.MAINTENANCE_STARTED.word());
    assertThat(run.api.requests(Verb.PATCH_NODE))
        .noneMatch(each -> each.body().contains("\"unschedulable\":false"));
    run.pass(Duration.ofSeconds(20));
    assertThat(ackable("n1")).containsExactly("e2");
  }
}
