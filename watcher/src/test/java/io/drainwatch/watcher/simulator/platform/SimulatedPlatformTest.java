package io.drainwatch.watcher.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.simulator.platform.SimulatedEvent.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SimulatedPlatformTest {

  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");

  private final List<SimulatedChange> changes = new ArrayList<>();
  private SimulatedPlatform platform =
      SimulatedPlatform.of(List.of(SimulatedVm.named("vm1"), SimulatedVm.named("vm2")));

  @Test
  @DisplayName("5 an event that nobody acknowledges starts at NotBefore and leaves in time")
  void livesByItself() {
    schedule(EventPlan.ofType("Freeze"), "A", 0);

    at(minutes(15).minusMillis(1));
    assertThat(stage("A")).isEqualTo(Stage.SCHEDULED);
    at(minutes(15));
    assertThat(stage("A")).isEqualTo(Stage.STARTED);
    at(minutes(20));
    assertThat(platform.events()).isEmpty();
    assertThat(platform.ended().getFirst().stage()).isEqualTo(Stage.GONE);
    assertThat(words()).containsExactly("EventScheduled", "EventStarted", "EventGone");
  }

  @Test
  void givesEveryChangeItsOwnMomentHoweverLateItIsAsked() {
    schedule(EventPlan.ofType("Reboot"), "A", 0);

    at(minutes(600));

    assertThat(changes)
        .extracting(SimulatedChange::at)
        .containsExactly(
            START,
            START.plus(minutes(15)),
            START.plus(minutes(15)),
            START.plus(minutes(16)),
            START.plus(minutes(25)));
    assertThat(words())
        .containsExactly("EventScheduled", "EventStarted", "VmGone", "VmBack", "EventGone");
    assertThat(platform.incarnation()).isEqualTo(4);
  }

  @Test
  @DisplayName("6 an acknowledgement moves the start to now")
  void startsWhenAcknowledged() {
    schedule(EventPlan.ofType("Reboot"), "A", 0);

    done(platform.acknowledge(List.of("a"), "vm1", START.plusSeconds(5)));

    assertThat(stage("A")).isEqualTo(Stage.STARTED);
    assertThat(platform.find("A").orElseThrow().startedAt()).hasValue(START.plusSeconds(5));
  }

  @Test
  @DisplayName("6 the start may wait for others after the acknowledgement, not beyond NotBefore")
  void waitsForTheApprovalDelay() {
    schedule(EventPlan.ofType("Reboot").approvalDelay(minutes(2)), "A", 0);
    schedule(EventPlan.ofType("Reboot").approvalDelay(minutes(60)), "B", 0);

    done(platform.acknowledge(List.of("A", "B"), "vm1", START));
    at(minutes(2).minusMillis(1));
    assertThat(stage("A")).isEqualTo(Stage.SCHEDULED);
    at(minutes(2));
    assertThat(stage("A")).isEqualTo(Stage.STARTED);
    assertThat(stage("B")).isEqualTo(Stage.SCHEDULED);
    at(minutes(15).minusMillis(1));
    assertThat(stage("B")).isEqualTo(Stage.SCHEDULED);
    at(minutes(15));
    assertThat(platform.find("B").orElseThrow().isStarted()).isTrue();
  }

  @Test
  void countsNoIdIfOneIsUnknown() {
    schedule(EventPlan.ofType("Reboot"), "A", 0);

    assertThat(platform.acknowledge(List.of("A", "NOBODY"), "vm1", START))
        .isEqualTo(new Outcome.Unknown("NOBODY"));
    assertThat(platform.find("A").orElseThrow().isAcknowledged()).isFalse();
  }

  @Test
  @DisplayName("6 pending deletes hang together")
  void deletesWaitForEachOther() {
    schedule(EventPlan.ofType("Terminate").on("vm1"), "A", 0);
    schedule(EventPlan.ofType("Terminate").on("vm2"), "B", 60);

    done(platform.acknowledge(List.of("B"), "vm2", START.plusSeconds(70)));
    assertThat(stage("B")).isEqualTo(Stage.SCHEDULED);
    done(platform.acknowledge(List.of("A"), "vm1", START.plusSeconds(90)));

    assertThat(stage("A")).isEqualTo(Stage.STARTED);
    assertThat(stage("B")).isEqualTo(Stage.STARTED);
  }

  @Test
  @DisplayName("6 an acknowledged delete goes when the other one times out")
  void deletesGoWhenTheOtherOneTimesOut() {
    schedule(EventPlan.ofType("Terminate").on("vm1"), "A", 0);
    schedule(EventPlan.ofType("Terminate").on("vm2"), "B", 60);
    done(platform.acknowledge(List.of("B"), "vm2", START.plusSeconds(70)));

    at(minutes(5));

    assertThat(stage("A")).isEqualTo(Stage.STARTED);
    assertThat(stage("B")).isEqualTo(Stage.STARTED);
  }

  @Test
  @DisplayName("5 cancelled: Scheduled, then gone, no impact")
  void cancels() {
    schedule(EventPlan.ofType("Reboot").cancelAfter(minutes(8)), "A", 0);

    at(minutes(60));

    assertThat(words()).containsExactly("EventScheduled", "EventCancelled");
    assertThat(platform.isPresent("vm1")).isTrue();
    assertThat(platform.incarnation()).isEqualTo(3);
  }

  @Test
  void cannotCancelWhatHasStarted() {
    schedule(EventPlan.ofType("Reboot"), "A", 0);
    done(platform.startNow("A", START));

    assertThat(platform.cancel("A", START)).isInstanceOf(Outcome.Impossible.class);
    assertThat(platform.startNow("A", START)).isInstanceOf(Outcome.Impossible.class);
    assertThat(platform.cancel("B", START)).isEqualTo(new Outcome.Unknown("B"));
  }

  @Test
  @DisplayName("4 a host failure is Started at once and was never Scheduled")
  void hostFailureBeginsWithStarted() {
    schedule(EventPlan.ofType("Redeploy").startsAtOnce(), "A", 0);

    assertThat(words()).containsExactly("EventStarted", "VmGone");
    assertThat(platform.find("A").orElseThrow().notBefore()).isEmpty();
    assertThat(platform.incarnation()).isEqualTo(2);
  }

  @Test
  @DisplayName("5 Started can be missed: gone with an incarnation two higher")
  void endsWithoutAnyoneSeeingItStarted() {
    schedule(EventPlan.ofType("Freeze"), "A", 0);

    done(platform.endNow("A", START.plusSeconds(1)));

    assertThat(platform.events()).isEmpty();
    assertThat(platform.incarnation()).isEqualTo(4);
    assertThat(words()).containsExactly("EventScheduled", "EventStarted", "EventGone");
  }

  @Test
  @DisplayName("4 advice has no NotBefore, never starts, and acknowledging it has no effect")
  void adviceStays() {
    schedule(EventPlan.ofType("SpotRebalanceRecommendation"), "A", 0);
    done(platform.acknowledge(List.of("A"), "vm1", START));

    at(Duration.ofDays(3));

    assertThat(stage("A")).isEqualTo(Stage.SCHEDULED);
    assertThat(platform.find("A").orElseThrow().notBefore()).isEmpty();
    done(platform.endNow("A", START.plus(Duration.ofDays(3))));
    assertThat(platform.events()).isEmpty();
  }

  @Test
  @DisplayName("4 Preempt and Terminate take the VM away for good")
  void deletedVmsDoNotComeBack() {
    schedule(EventPlan.ofType("Preempt").on("VM1"), "A", 0);
    schedule(EventPlan.ofType("Terminate").on("vm2"), "B", 0);

    at(Duration.ofDays(3));

    assertThat(platform.isPresent("vm1")).isFalse();
    assertThat(platform.isPresent("vm2")).isFalse();
    assertThat(words()).doesNotContain("VmBack");
  }

  @Test
  void aScenarioCanBringAnEvictedVmBack() {
    schedule(EventPlan.ofType("Preempt").impact(new Impact.Returns(minutes(3))), "A", 0);

    at(minutes(60));

    assertThat(words())
        .containsExactly("EventScheduled", "EventStarted", "VmGone", "VmBack", "EventGone");
  }

  @Test
  void aRebootDoesNotBringADeletedVmBack() {
    schedule(EventPlan.ofType("Terminate"), "A", 0);
    schedule(EventPlan.ofType("Reboot"), "B", 0);

    at(minutes(60));

    assertThat(platform.isPresent("vm1")).isFalse();
  }

  @Test
  void aDeletionDuringARebootIsForGood() {
    schedule(EventPlan.ofType("Reboot").notice(minutes(1)), "A", 0);
    schedule(EventPlan.ofType("Terminate").notice(minutes(1).plusSeconds(5)), "B", 0);

    at(minutes(60));

    assertThat(platform.isPresent("vm1")).isFalse();
    assertThat(words().stream().filter("VmGone"::equals)).hasSize(1);
  }

  @Test
  void neverUsesAnIdAgain() {
    schedule(EventPlan.ofType("Freeze"), "A", 0);
    done(platform.endNow("A", START));

    assertThat(platform.schedule(EventPlan.ofType("Freeze").build(), "a", List.of("vm1"), START))
        .isInstanceOf(Outcome.Impossible.class);
  }

  @Test
  void takesNothingBackWhenTheClockDoes() {
    schedule(EventPlan.ofType("Freeze"), "A", 0);
    at(minutes(15));
    SimulatedPlatform before = platform;

    at(Duration.ZERO);

    assertThat(platform).isEqualTo(before);
  }

  @Test
  void knowsWhenItChangesNext() {
    assertThat(platform.nextChange()).isEmpty();
    schedule(EventPlan.ofType("Freeze"), "A", 0);
    assertThat(platform.nextChange()).isEqualTo(Optional.of(START.plus(minutes(15))));
  }

  @Test
  void tellsEveryChangeInASentence() {
    schedule(EventPlan.ofType("Reboot"), "A", 0);
    done(platform.acknowledge(List.of("A"), "vm1", START.plusSeconds(1)));
    at(minutes(60));

    assertThat(changes)
        .extracting(SimulatedChange::sentence)
        .containsExactly(
            "Reboot A is scheduled for [vm1], not before 2026-06-01T08:15:00Z",
            "Reboot A is acknowledged by vm1",
            "Reboot A starts",
            "vm1 is gone",
            "vm1 is back",
            "Reboot A is over");
  }

  private void schedule(EventPlan.Builder plan, String id, int second) {
    EventPlan built = plan.build();
    done(
        platform.schedule(
            built, id, built.resources().orElse(List.of("vm1")), START.plusSeconds(second)));
  }

  private void at(Duration time) {
    done(platform.at(START.plus(time)));
  }

  private void done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    Outcome.Done done = (Outcome.Done) outcome;
    platform = done.platform();
    changes.addAll(done.changes());
  }

  private Stage stage(String id) {
    return platform.find(id).orElseThrow().stage();
  }

  private List<String> words() {
    return changes.stream().map(change -> change.getClass().getSimpleName()).toList();
  }

  private static Duration minutes(int count) {
    return Duration.ofMinutes(count);
  }
}
