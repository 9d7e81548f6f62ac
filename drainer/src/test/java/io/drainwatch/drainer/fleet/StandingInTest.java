package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.PodConduct;
import io.drainwatch.drainer.model.PodFields;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import io.drainwatch.drainer.nodes.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A watcher is gone once its Node is drained, and the drainer acknowledges in its place. */
class StandingInTest {
  private static final Duration SILENCE = Duration.ofMinutes(6);

  private final FleetRun run = new FleetRun().nodes("n1", "n2");
  private final PlayedStandIn azure = new PlayedStandIn(run.api);
  private final Instant notBefore = FleetRun.NOON.plus(Duration.ofMinutes(40));

  @AfterEach
  void noInvariantIsBroken() {
    assertThat(run.violations).isEmpty();
  }

  private Note told() {
    return run.note("n1").event("e1", "Reboot", notBefore);
  }

  private Fleet drained() {
    Fleet fleet = run.leadingFor("drainer-a", azure);
    run.tell("n1", told());
    run.pass(Duration.ofMinutes(1));
    assertThat(run.is("n1", MaintenanceState.DRAINED)).isTrue();
    return fleet;
  }

  private Phase phase() {
    return run.record("n1").orElseThrow().progress().phase();
  }

  private boolean isNoted() {
    return run.cluster.node("n1").annotations().containsKey(NodeKeys.ACKNOWLEDGED);
  }

  @Test
  @DisplayName("I1 what is drained is acknowledged once for a watcher that is silent")
  void acknowledgesOnce() {
    drained();
    run.pass(Duration.ofMinutes(3));
    assertThat(azure.posted).isEmpty();
    run.pass(Duration.ofMinutes(3));
    assertThat(azure.posted).containsExactly("drainer-a e1");
    run.pass(Duration.ofMinutes(20));
    assertThat(azure.posted).hasSize(1);
    assertThat(phase()).as("told on the Node").isEqualTo(Phase.ACKNOWLEDGED);
  }

  @Test
  void tellsItInEventAndSummaryAndLeavesNothingOnTheNode() {
    drained();
    run.pass(SILENCE);
    run.tell("n1", run.note("n1").started("e1", "Reboot"));
    run.pass(Duration.ofSeconds(5));
    run.cluster.notReady("n1");
    run.pass(Duration.ofSeconds(30));
    run.cluster.rebooted("n1", "boot-2");
    run.cluster.ready("n1");
    run.tell("n1", run.note("n1").boot("boot-2").missing("e1"));
    run.pass(Duration.ofSeconds(2));
    run.tell("n1", run.note("n1").boot("boot-2").gone("e1"));
    run.pass(Duration.ofMinutes(2));
    assertThat(run.state("n1")).isEqualTo("none");
    assertThat(isNoted()).isFalse();
    assertThat(run.summarized)
        .singleElement()
        .satisfies(
            summary -> assertThat(summary.events()).allMatch(Summary.EventSummary::acknowledged));
  }

  @Test
  void aWatcherThatIsHeardOfIsLeftToItself() {
    drained();
    for (int i = 0; i < 10; i++) {
      run.pass(Duration.ofMinutes(1));
      run.tell("n1", told());
    }
    run.pass(Duration.ofMinutes(4));
    assertThat(azure.posted).isEmpty();
  }

  @Test
  @DisplayName("I10 a watcher that is degraded but alive is not silent")
  void aDegradedWatcherIsLeftToItself() {
    drained();
    run.tell("n1", told().health(Health.DEGRADED));
    run.pass(Duration.ofMinutes(20));
    assertThat(azure.posted).isEmpty();
  }

  @Test
  void nothingIsSentAfterACancelOrAnUncordon() {
    drained();
    run.tell("n1", run.note("n1").missing("e1"));
    run.pass(SILENCE);
    assertThat(azure.posted).isEmpty();
    run.tell("n1", told());
    run.pass(Duration.ofSeconds(10));
    run.cluster.cordon("n1", false);
    run.pass(Duration.ofMinutes(10));
    assertThat(azure.posted).isEmpty();
  }

  @Test
  @DisplayName("I1 nothing is sent while another VM named is not drained")
  void waitsForOthersThatAreNamed() {
    run.leadingFor("drainer-a", azure);
    run.tell("n2", run.note("n2"));
    Note both =
        run.note("n1")
            .event("e1", "Reboot", EventStatus.SCHEDULED, Optional.of(notBefore), "vm-n1", "vm-n2");
    run.tell("n1", both);
    run.pass(Duration.ofMinutes(15));
    assertThat(azure.posted).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 409})
  void whatIsRefusedIsNotSentTwiceByOneLeader(int status) {
    azure.status = status;
    Fleet first = drained();
    run.pass(Duration.ofMinutes(15));
    assertThat(azure.posted).containsExactly("drainer-a e1");
    first.stop();
    azure.status = 200;
    run.leadingFor("drainer-b", azure);
    run.pass(SILENCE);
    assertThat(azure.posted).containsExactly("drainer-a e1", "drainer-b e1");
    assertThat(phase()).isEqualTo(Phase.ACKNOWLEDGED);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429})
  @DisplayName("I1 K04 what was surely refused counts for nothing: pods that appear are drained")
  void drainsWhatAppearsAfterARefusal(int status) {
    azure.status = status;
    drained();
    run.pass(SILENCE);
    assertThat(azure.posted).isNotEmpty();
    run.cluster.add(new PodFields("shop", "late").on("n1"));
    run.pass(Duration.ofMinutes(1));
    assertThat(run.cluster.podsOn("n1")).isEmpty();
    assertThat(run.is("n1", MaintenanceState.DRAINED)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 403, 429, 503})
  @DisplayName("I1 nothing is sent again, nor allowed, while a pod that appeared is there")
  void sendsNothingAgainWhileAPodIsThere(int status) {
    azure.status = status;
    drained();
    run.pass(SILENCE);
    int sent = azure.posted.size();
    assertThat(sent).isPositive();
    run.cluster.add(
        new PodFields("shop", "late").on("n1").annotated("drainwatch.io/do-not-evict", "true"));
    run.pass(Duration.ofMinutes(15));
    assertThat(azure.posted).hasSize(sent);
    assertThat(run.record("n1").orElseThrow().drain().ackable()).isEmpty();
  }

  @Test
  @DisplayName("I1 nothing leaves once the Lease is not held, though nobody was told yet")
  void sendsNothingWithoutTheLease() {
    drained();
    azure.noted = () -> run.holdsLease = false;
    run.pass(SILENCE);
    assertThat(isNoted()).isTrue();
    assertThat(azure.posted).isEmpty();
  }

  @Test
  @DisplayName("I1 what was noted and never sent counts for nothing: what vanishes was cancelled")
  void whatWasNotedAndNeverSentCountsForNothing() {
    drained();
    azure.noted = () -> run.holdsLease = false;
    run.pass(SILENCE);
    run.tell("n1", run.note("n1").missing("e1"));
    run.pass(Duration.ofSeconds(2));
    run.tell("n1", run.note("n1").gone("e1"));
    run.pass(Duration.ofMinutes(2));
    assertThat(run.summarized)
        .extracting(Summary::ending)
        .containsExactly(Summary.Ending.CANCELLED);
  }

  @Test
  @DisplayName("I1 the other VMs named are looked at once more right before it leaves")
  void looksAtTheOthersOnceMore() {
    run.leadingFor("drainer-a", azure);
    for (String node : List.of("n1", "n2")) {
      run.tell(
          node,
          run.note(node)
              .event(
                  "e1", "Reboot", EventStatus.SCHEDULED, Optional.of(notBefore), "vm-n1", "vm-n2"));
    }
    azure.betweenNoteAndPost = Duration.ofSeconds(5);
    azure.noted =
        () ->
            run.cluster.add(
                new PodFields("shop", "late" + run.cluster.podsOn("n2").size())
                    .on("n2")
                    .annotated("drainwatch.io/do-not-evict", "true"));
    run.pass(Duration.ofMinutes(2));
    assertThat(run.is("n1", MaintenanceState.DRAINED)).isTrue();
    assertThat(run.is("n2", MaintenanceState.DRAINED)).isTrue();
    run.pass(Duration.ofMinutes(9));
    assertThat(run.cluster.podsOn("n2")).as("it was noted").isNotEmpty();
    assertThat(azure.posted).isEmpty();
  }

  @Test
  @DisplayName("I10 an old view of the pods is no proof that the Node is empty")
  void sendsNothingByAnOldView() {
    drained();
    run.api.faults().forever(Verb.LIST_PODS, Fault.UNAVAILABLE);
    run.api.closeWatches();
    run.pass(SILENCE);
    assertThat(azure.posted).isEmpty();
    run.api.faults().heal();
    run.pass(Duration.ofMinutes(3));
    assertThat(azure.posted).containsExactly("drainer-a e1");
  }

  @Test
  @DisplayName(
      "a Node that is cut off is not acknowledged: its pods may run, and be taken for gone")
  void sendsNothingOfANodeThatIsCutOff() {
    drained();
    run.cluster.notReady("n1");
    run.pass(Duration.ofMinutes(10));
    assertThat(azure.posted).isEmpty();
    run.cluster.ready("n1");
    run.pass(Duration.ofMinutes(2));
    assertThat(azure.posted).containsExactly("drainer-a e1");
  }

  @Test
  void whatIsUnclearIsTriedAgainUntilItsTimeHasCome() {
    azure.status = 503;
    drained();
    run.pass(Duration.ofMinutes(30));
    assertThat(azure.posted).hasSizeBetween(6, 10);
    run.pass(Duration.ofMinutes(9));
    int sent = azure.posted.size();
    run.pass(Duration.ofMinutes(30));
    assertThat(azure.posted).hasSize(sent);
  }

  @Test
  @DisplayName("I1 a new leader asks its own fence, and waits for the silence anew")
  void aNewLeaderBeginsItsOwnSilence() {
    drained().stop();
    run.pass(Duration.ofMinutes(4));
    run.leadingFor("drainer-b", azure);
    run.pass(Duration.ofMinutes(4));
    assertThat(azure.posted).isEmpty();
    run.pass(Duration.ofMinutes(2));
    assertThat(azure.posted).containsExactly("drainer-b e1");
  }

  @ParameterizedTest(name = "dead after {0} of note, POST and answer")
  @ValueSource(ints = {0, 1, 2})
  @DisplayName("I1 a death around the POST hides none that may have left")
  void aDeathHidesNoneThatMayHaveLeft(int deeds) {
    azure.deeds = deeds;
    Fleet first = drained();
    run.pass(SILENCE);
    first.stop();
    assertThat(azure.posted).hasSize(deeds > 1 ? 1 : 0);
    assertThat(isNoted()).isEqualTo(deeds > 0);
    azure.deeds = Integer.MAX_VALUE;
    run.leadingFor("drainer-b", azure);
    run.pass(Duration.ofSeconds(10));

    // the event vanishes: where one may have left it ran unseen, else it was cancelled
    run.tell("n1", run.note("n1").missing("e1"));
    run.pass(Duration.ofSeconds(2));
    run.tell("n1", run.note("n1").gone("e1"));
    run.pass(Duration.ofSeconds(2));
    run.cluster.ready("n1"); // reported once more
    run.pass(Duration.ofMinutes(10));
    assertThat(run.summarized)
        .extracting(Summary::ending)
        .containsExactly(deeds > 0 ? Summary.Ending.RETURNED : Summary.Ending.CANCELLED);
  }

  @Test
  @DisplayName("I1 nor one whose event vanishes while nobody leads")
  void aDeathHidesNoneThatVanishesMeanwhile() {
    azure.deeds = 2;
    Fleet first = drained();
    run.pass(SILENCE);
    first.stop();
    run.tell("n1", run.note("n1").missing("e1").gone("e1"));
    run.leadingFor("drainer-b", azure);
    run.pass(Duration.ofSeconds(5));
    run.cluster.ready("n1");
    run.pass(Duration.ofMinutes(10));
    assertThat(run.summarized).extracting(Summary::ending).containsExactly(Summary.Ending.RETURNED);
  }

  @ParameterizedTest(name = "dead after {0} of note, POST and answer")
  @ValueSource(ints = {0, 1, 2, 3})
  void aSuccessorSendsWhatIsNotKnownToBeAccepted(int deeds) {
    azure.deeds = deeds;
    Fleet first = drained();
    run.pass(SILENCE);
    first.stop();
    azure.deeds = Integer.MAX_VALUE;
    run.leadingFor("drainer-b", azure);
    run.pass(Duration.ofMinutes(12));
    assertThat(azure.posted.stream().filter(each -> each.startsWith("drainer-b")).count())
        .isEqualTo(deeds == 3 ? 0 : 1);
    assertThat(phase()).isEqualTo(Phase.ACKNOWLEDGED);
  }

  @Test
  void whoIsStillAtItIsNotAskedAgain() {
    azure.hangs = true;
    drained();
    run.pass(Duration.ofMinutes(30));
    assertThat(azure.posted).hasSize(1);
  }

  private void isNotedAndNotSentYet() {
    azure.betweenNoteAndPost = Duration.ofSeconds(10);
    run.pass(Duration.ofMinutes(3));
    for (int i = 0; i < 300 && !isNoted(); i++) {
      run.pass(Duration.ofSeconds(1));
    }
    assertThat(isNoted()).isTrue();
    assertThat(azure.posted).isEmpty();
  }

  @Test
  @DisplayName("I1 nothing is noted or leaves once a pod is seen")
  void sendsNothingOnceAPodIsSeen() {
    azure.beforeTheNote = Duration.ofSeconds(10);
    drained();
    run.pass(SILENCE.minus(Duration.ofMinutes(2)));
    for (int i = 0; i < 300 && !azure.isOrdered; i++) {
      run.pass(Duration.ofSeconds(1));
    }
    PodConduct slow = PodConduct.PROMPT.stopsIn(Duration.ofMinutes(10));
    run.cluster.add(
        new PodFields("shop", "late").on("n1").conduct(slow).grace(Duration.ofMinutes(10)));
    run.pass(Duration.ofMinutes(1));
    assertThat(isNoted()).isFalse();
    assertThat(azure.posted).isEmpty();
  }

  @Test
  @DisplayName("I1 nothing leaves once the leadership is lost, though it is noted")
  void sendsNothingOnceTheLeadershipIsLost() {
    Fleet first = drained();
    isNotedAndNotSentYet();
    first.stop();
    run.pass(Duration.ofSeconds(15));
    assertThat(azure.posted).isEmpty();
  }

  @Test
  @DisplayName("I1 a new leader that cannot see the pods sends nothing")
  void sendsNothingThatItHasNotSeenEmptyItself() {
    drained().stop();
    run.api.faults().forever(Verb.LIST_PODS, Fault.UNAVAILABLE);
    run.leadingFor("drainer-b", azure);
    run.pass(Duration.ofMinutes(20));
    assertThat(azure.posted).isEmpty();
    run.api.faults().heal();
    run.pass(Duration.ofMinutes(2));
    assertThat(azure.posted).containsExactly("drainer-b e1");
  }
}
