package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.MachineFate;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.model.ModelNode;
import io.drainwatch.drainer.nodes.ConditionType;
import io.drainwatch.drainer.nodework.NodeSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Node that does not come back, where somebody can tell what became of its VM. */
class MachineFateTest {
  private final FleetRun run = new FleetRun().nodes("n1", "n2");

  @AfterEach
  void noInvariantIsBroken() {
    assertThat(run.violations).isEmpty();
  }

  private Fleet startedAndAway(FleetSettings settings) {
    Fleet fleet = run.leadingAndLooking("drainer-a", settings);
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(20));
    run.tell("n1", run.note("n1").started("e1", "Reboot").ack("e1", 200));
    run.pass(Duration.ofSeconds(1));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.MAINTENANCE_STARTED.word());
    run.cluster.notReady("n1");
    return fleet;
  }

  private void becomes(MachineFate fate) {
    run.fates.put("vm-n1", fate);
  }

  private void comesBack() {
    run.cluster.rebooted("n1", "boot-2");
    run.tell("n1", run.note("n1").boot("boot-2").missing("e1"));
    run.pass(Duration.ofSeconds(2));
    run.tell("n1", run.note("n1").boot("boot-2").gone("e1"));
    run.pass(Duration.ofMinutes(1));
  }

  private String progress() {
    return run.cluster
        .node("n1")
        .condition(ConditionType.MAINTENANCE_IN_PROGRESS.word())
        .map(ModelNode.Condition::message)
        .orElse("");
  }

  @Test
  void nobodyIsAskedWhileTheNodeIsReadyOrNotLongAway() {
    startedAndAway(FleetRun.settings());
    run.pass(Duration.ofSeconds(299));
    assertThat(run.lookedAt).isEmpty();
    run.cluster.ready("n1");
    run.pass(Duration.ofMinutes(10));
    assertThat(run.lookedAt).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"DEALLOCATED", "DELETED"})
  void whatIsOffEndsTheEpisodeOnceItWasToldTwice(MachineFate fate) {
    startedAndAway(FleetRun.settings());
    becomes(fate);
    run.pass(Duration.ofSeconds(330));
    assertThat(run.lookedAt).hasSize(1);
    assertThat(run.summaries).as("it may be moved at this moment").isEmpty();

    run.pass(Duration.ofSeconds(60));

    assertThat(run.summarized)
        .extracting(Summary::ending)
        .containsExactly(
            fate == MachineFate.DELETED ? Summary.Ending.GONE : Summary.Ending.DEALLOCATED);
    assertThat(run.record("n1").orElseThrow().progress().fate()).contains(fate);
    run.pass(Duration.ofSeconds(15));
    assertThat(progress()).isEqualTo("The VM " + fate.text() + ".");
    int looks = run.lookedAt.size();
    run.pass(Duration.ofHours(3));
    assertThat(run.lookedAt).as("nobody waits for it any more").hasSize(looks);
    assertThat(run.summaries).hasSize(1);
    assertThat(
            run.api.requests().stream().filter(each -> each.verb().name().equals("TELL")).count())
        .isLessThan(20);
  }

  @Test
  void whatComesBackAllTheSameReturnsAsUsualWithoutASecondSummary() {
    startedAndAway(FleetRun.settings());
    becomes(MachineFate.DEALLOCATED);
    run.pass(Duration.ofMinutes(8));
    assertThat(run.summaries).containsExactly("n1 deallocated");

    comesBack();

    assertThat(run.isCordoned("n1")).isFalse();
    assertThat(run.state("n1")).isEqualTo("none");
    assertThat(run.summaries).containsExactly("n1 deallocated");
  }

  @Test
  void aSuccessorNeitherWaitsNorTellsItAgain() {
    Fleet first = startedAndAway(FleetRun.settings());
    becomes(MachineFate.DEALLOCATED);
    run.pass(Duration.ofMinutes(8));
    first.stop();
    run.leadingAndLooking("drainer-b", FleetRun.settings());
    run.pass(Duration.ofMinutes(30));
    comesBack();
    assertThat(run.summaries).containsExactly("n1 deallocated");
    assertThat(run.isCordoned("n1")).isFalse();
  }

  @Test
  @DisplayName("I9 a dry run over what it finds asks for no VM and says no second summary")
  void aDryRunTellsNothing() {
    startedAndAway(FleetRun.settings()).stop();
    becomes(MachineFate.DELETED);
    for (String holder : List.of("drainer-b", "drainer-c")) {
      Fleet dry =
          run.leadingAndLooking(
              NodeSettings.defaults(holder).withWrites(false), FleetRun.settings());
      for (int minute = 0; minute < 20; minute++) {
        run.pass(Duration.ofMinutes(1));
        run.cluster.annotate("n1", "example.com/minute", holder + minute); // so it is looked at
      }
      dry.stop();
    }
    assertThat(run.lookedAt).isEmpty();
    assertThat(run.summaries).isEmpty();
  }

  @Test
  void theDeletionOfTheNodeSaysNoSecondSummary() {
    startedAndAway(FleetRun.settings());
    becomes(MachineFate.DELETED);
    run.pass(Duration.ofMinutes(8));
    run.cluster.deleteNode("n1");
    run.pass(Duration.ofMinutes(1));
    assertThat(run.summaries).containsExactly("n1 gone");
  }

  @Test
  void othersOfThePoolNeedNotWaitForAVmThatIsOff() {
    startedAndAway(FleetRun.atMost(1));
    run.tell(
        "n2", run.note("n2").event("e2", "Reboot", run.cluster.now().plus(Duration.ofHours(9))));
    run.pass(Duration.ofMinutes(4));
    assertThat(run.isCordoned("n2")).isFalse();
    becomes(MachineFate.DEALLOCATED);
    run.pass(Duration.ofMinutes(4));
    assertThat(run.isCordoned("n2")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN", "RUNNING", "FAILED", "STOPPED"})
  void nothingElseEndsIt(MachineFate fate) {
    startedAndAway(FleetRun.settings());
    becomes(fate);
    run.pass(Duration.ofHours(5));
    assertThat(run.summaries).isEmpty();
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.MAINTENANCE_STARTED.word());
    assertThat(progress().contains("The VM")).isEqualTo(fate.isWarning());
    assertThat(run.record("n1").orElseThrow().progress().fate().isPresent())
        .isEqualTo(fate.isWarning());
    comesBack();
    assertThat(run.summaries).containsExactly("n1 returned");
  }

  @Test
  void isAskedForAfterALongerTimeEachTimeAndAtMostEachHalfHour() {
    startedAndAway(FleetRun.settings());
    run.pass(Duration.ofHours(6));
    assertThat(run.lookedAt).hasSizeBetween(12, 18);
    for (int i = 1; i < run.lookedAt.size(); i++) {
      assertThat(Duration.between(run.lookedAt.get(i - 1), run.lookedAt.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    }
  }

  @Test
  void anAnswerThatSaysNothingInBetweenBeginsAnew() {
    startedAndAway(FleetRun.settings());
    becomes(MachineFate.DELETED);
    run.pass(Duration.ofSeconds(310));
    becomes(MachineFate.UNKNOWN);
    run.pass(Duration.ofSeconds(60));
    becomes(MachineFate.DELETED);
    run.pass(Duration.ofMinutes(4));
    assertThat(run.lookedAt).hasSize(3);
    assertThat(run.summaries).isEmpty();
    run.pass(Duration.ofMinutes(2));
    assertThat(run.summaries).containsExactly("n1 gone");
  }

  @Test
  void aVmThatWentOffBeforeItsStartWasSeenHasStarted() {
    run.leadingAndLooking("drainer-a", FleetRun.settings());
    Instant notBefore = run.cluster.now().plus(Duration.ofMinutes(2));
    run.tell("n1", run.note("n1").event("e1", "Preempt", notBefore));
    run.pass(Duration.ofSeconds(20));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.DRAINED.word());
    run.cluster.notReady("n1");
    becomes(MachineFate.DEALLOCATED);
    run.pass(Duration.ofMinutes(8));
    assertThat(run.state("n1")).isEqualTo(MaintenanceState.MAINTENANCE_STARTED.word());
    assertThat(run.summaries).containsExactly("n1 deallocated");
    assertThat(run.summarized.getFirst().events().getFirst().started()).isTrue();
    comesBack();
    assertThat(run.isCordoned("n1")).isFalse();
    assertThat(run.summaries).containsExactly("n1 deallocated");
  }

  @Test
  void nobodyIsAskedWhereNobodyCanTell() {
    run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(20));
    run.tell("n1", run.note("n1").started("e1", "Reboot").ack("e1", 200));
    run.cluster.notReady("n1");
    run.pass(Duration.ofHours(1));
    assertThat(run.lookedAt).isEmpty();
    assertThat(run.summaries).isEmpty();
  }
}
