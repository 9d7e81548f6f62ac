package io.drainwatch.drainer.evictions;

import static io.drainwatch.drainer.evictions.DrainRun.START;
import static io.drainwatch.drainer.evictions.Pods.aPod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drainwatch.drainer.maintenance.AtDeadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Section 11. */
class ForceTest {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private static Optional<Duration> grace(DrainRun.Sent sent) {
    return DrainRun.graceOf((EvictionRequest.ForPod) sent.request());
  }

  /** Refuses evictions, obeys force. */
  private static DrainRun refusing(DrainRun run) {
    run.server =
        (request, at) ->
            request instanceof EvictionRequest.Evict ? Answers.webhook(500) : Answers.accepted();
    return run;
  }

  @Test
  void leavesHeadroomOfATenthAndTenSecondsAtMost() {
    assertThat(ForcePoint.headroom(START.plusSeconds(24), START))
        .isEqualTo(Duration.ofMillis(2_400));
    assertThat(ForcePoint.headroom(START.plusSeconds(840), START))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(ForcePoint.headroom(START.minusSeconds(1), START)).isEqualTo(Duration.ZERO);
    assertThat(
            ForcePoint.of(START.plusSeconds(840), START, Duration.ofSeconds(30), Optional.empty()))
        .isEqualTo(START.plusSeconds(800));
    assertThat(
            ForcePoint.of(
                START.plusSeconds(840),
                START,
                Duration.ofHours(1),
                Optional.of(Duration.ofSeconds(60))))
        .isEqualTo(START.plusSeconds(770));
  }

  @Test
  @DisplayName("K12 grace 3600 s, 10 min left: shortened to the time left (delete-pods)")
  void shortensGraceToTheTimeLeft() {
    DrainRun run = DrainRun.of(aPod("slow").grace(3_600));
    run.start(TEN_MINUTES, AtDeadline.DELETE_PODS).run(600);
    assertThat(run.sent).hasSize(1);
    assertThat(grace(run.sent.getFirst())).contains(TEN_MINUTES);
  }

  @Test
  @DisplayName("K12 grace 3600 s, 10 min left: untouched (leave)")
  void leavesGraceUntouched() {
    DrainRun run = DrainRun.of(aPod("slow").grace(3_600));
    run.start(TEN_MINUTES, AtDeadline.LEAVE).run(1_200);
    assertThat(run.sent).hasSize(1);
    assertThat(grace(run.sent.getFirst())).isEmpty();
  }

  @Test
  void neverLengthensAGrace() {
    DrainRun run = DrainRun.of(aPod("quick").grace(2));
    run.start(TEN_MINUTES, AtDeadline.DELETE_PODS).run(60);
    assertThat(grace(run.sent.getFirst())).isEmpty();
    assertThat(ForcePoint.grace(START, START.plusSeconds(600), Duration.ofSeconds(2)))
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  @DisplayName("K13 grace 0 in the spec: sent as absent or 1, never 0")
  void neverSendsAGraceOfZero() {
    DrainRun run = refusing(DrainRun.of(aPod("zero").grace(0)));
    run.start(TEN_MINUTES, AtDeadline.DELETE_PODS).run(600);
    assertThat(run.evictions()).isNotEmpty().allSatisfy(it -> assertThat(grace(it)).isEmpty());
    assertThat(run.deletes())
        .singleElement()
        .satisfies(it -> assertThat(grace(it)).contains(Duration.ofSeconds(1)));
    assertThatThrownBy(
            () -> new EvictionRequest.Evict(aPod("a").pod(), 1, Optional.of(Duration.ZERO)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("I6");
  }

  @Test
  void deletesAtTheForcePointWithTheGraceThatIsLeft() {
    DrainRun run = refusing(DrainRun.of(aPod("a").grace(30)));
    run.start(TEN_MINUTES, AtDeadline.DELETE_PODS).run(600);
    assertThat(run.deletes())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.at()).isEqualTo(START.plusSeconds(560));
              assertThat(grace(it)).contains(Duration.ofSeconds(30));
            });
    assertThat(run.reasons()).contains(EvictionNotice.Reason.FORCED);
  }

  @Test
  void givesAPreemptedPodOneEvictionAndThenDeletesIt() {
    DrainRun run = refusing(DrainRun.of(aPod("a").grace(60)));
    run.start(Duration.ofSeconds(24), AtDeadline.DELETE_PODS).run(24);
    assertThat(run.evictions()).hasSize(1);
    assertThat(run.deletes())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.at()).isEqualTo(START.plusSeconds(1));
              assertThat(grace(it)).contains(Duration.ofSeconds(23));
            });
  }

  @Test
  void recomputesForcePointsWhenTheDeadlineTightens() {
    DrainRun run = refusing(DrainRun.of(aPod("a").grace(30)));
    run.start(TEN_MINUTES, AtDeadline.DELETE_PODS).run(100);
    run.restart(Optional.of(run.now.plusSeconds(24)), AtDeadline.DELETE_PODS);
    run.run(24);
    assertThat(run.deletes())
        .singleElement()
        .satisfies(it -> assertThat(it.at()).isEqualTo(START.plusSeconds(100)));
  }

  @Test
  void shortensATerminationOnceThatWouldOutlastTheDeadline() {
    DrainRun run = DrainRun.of();
    EvictablePod pod = Pods.terminating(aPod("a").pod(), Duration.ofHours(1));
    run.pods.put(pod.uid(), pod);
    run.start(TEN_MINUTES, AtDeadline.DELETE_PODS).run(500);
    assertThat(run.evictions()).isEmpty();
    assertThat(run.deletes())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(((EvictionRequest.Delete) it.request()).why())
                  .isEqualTo(EvictionRequest.Why.SHORTENED);
              assertThat(grace(it)).contains(TEN_MINUTES);
            });
    assertThat(run.state.counts().shortened()).isEqualTo(1);
  }

  @Test
  void shortensNoTerminationTwiceThoughTheDeadlineTightens() {
    DrainRun run = DrainRun.of();
    EvictablePod pod = Pods.terminating(aPod("a").pod(), Duration.ofHours(1));
    run.pods.put(pod.uid(), pod);
    run.start(TEN_MINUTES, AtDeadline.DELETE_PODS).run(10);
    run.restart(Optional.of(run.now.plusSeconds(60)), AtDeadline.DELETE_PODS);
    assertThat(run.run(60).deletes()).hasSize(1);
  }

  @Test
  void shortensNothingThatEndsInTimeOrIsToBeLeft() {
    for (AtDeadline policy : AtDeadline.values()) {
      DrainRun run = DrainRun.of();
      int grace = policy == AtDeadline.LEAVE ? 3_600 : 300;
      EvictablePod pod = Pods.terminating(aPod("a").pod(), Duration.ofSeconds(grace));
      run.pods.put(pod.uid(), pod);
      assertThat(run.start(TEN_MINUTES, policy).run(600).deletes()).isEmpty();
    }
  }

  @Test
  void triesForceAgainWhereItFailsAndStopsAtTheDeadline() {
    DrainRun run = DrainRun.of(aPod("a").grace(30)).answering(Answers.unavailable());
    run.start(Duration.ofSeconds(60), AtDeadline.DELETE_PODS).run(600);
    assertThat(run.deletes()).hasSizeGreaterThan(3);
    assertThat(run.deletes().getLast().at()).isBefore(START.plusSeconds(60));
    assertThat(run.state.counts().forced()).isEqualTo(1);
  }

  @Test
  void forcesAHeldPodOnlyWhereThatIsConfigured() {
    Pods held = aPod("held").decided(PodDecision.HOLD);
    assertThat(DrainRun.of(held).start(TEN_MINUTES, AtDeadline.DELETE_PODS).run(600).sent)
        .isEmpty();
    DrainRun run =
        new DrainRun(
            new EvictionSettings(
                20, Optional.empty(), true, EvictionSettings.WithoutEvictionApi.FAIL));
    run.with(held).start(TEN_MINUTES, AtDeadline.DELETE_PODS).run(600);
    assertThat(run.deletes()).hasSize(1);
  }

  @Test
  void releasesWhatIsWaitedForAtTheForcePoint() {
    for (PodDecision decision : new PodDecision[] {PodDecision.WAIT_COMPLETED, PodDecision.LATER}) {
      DrainRun run = DrainRun.of(aPod("a").decided(decision));
      run.start(TEN_MINUTES, AtDeadline.DELETE_PODS).run(559);
      assertThat(run.sent).isEmpty();
      assertThat(run.run(41).deletes()).hasSize(1);
      DrainRun left = DrainRun.of(aPod("a").decided(decision));
      left.start(TEN_MINUTES, AtDeadline.LEAVE).run(600);
      assertThat(left.evictions()).hasSize(1);
      assertThat(left.deletes()).isEmpty();
    }
  }

  @Test
  void forcesPastABudgetAndAWrongRole() {
    for (EvictionAnswer answer :
        new EvictionAnswer[] {Answers.usedUp("web"), Answers.roleIsWrong()}) {
      DrainRun run = DrainRun.of(aPod("a").ownedBy("web"), aPod("b").ownedBy("web"));
      run.server =
          (request, at) -> request instanceof EvictionRequest.Evict ? answer : Answers.accepted();
      run.start(TEN_MINUTES, AtDeadline.DELETE_PODS).run(600);
      assertThat(run.deletes()).hasSize(2);
    }
  }

  @Test
  void beginsNoRequestBeforeThePodsHaveSettled() {
    Evictions evictions = new Evictions(EvictionSettings.DEFAULT);
    Instant settled = START.plusSeconds(5);
    EvictionStep step =
        evictions.next(
            EvictionState.NONE,
            new EvictionObservation.Start(Optional.empty(), AtDeadline.LEAVE, settled, true),
            START);
    step =
        evictions.next(
            step.state(), new EvictionObservation.PodsSeen(List.of(aPod("a").pod()), START), START);
    assertThat(step.requests()).isEmpty();
    assertThat(evictions.wakeAt(step.state(), START)).contains(settled);
    assertThat(evictions.next(step.state(), new EvictionObservation.Tick(), settled).requests())
        .hasSize(1);
  }
}
