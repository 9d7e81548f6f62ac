package io.drainwatch.drainer.evictions;

import static io.drainwatch.drainer.evictions.Pods.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.evictions.EvictionNotice.Reason;
import io.drainwatch.drainer.maintenance.AtDeadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an answer changes for the requests after it. */
class AnsweringTest {
  private static final Instant START = DrainRun.START;

  private static Pods[] pods(int count) {
    return IntStream.range(0, count)
        .mapToObj(each -> aPod("p" + each).ownedBy("p").grace(1))
        .toArray(Pods[]::new);
  }

  private static DrainRun answering(DrainRun run, EvictionAnswer... answers) {
    Iterator<EvictionAnswer> next = List.of(answers).iterator();
    run.server = (request, at) -> next.hasNext() ? next.next() : Answers.accepted();
    return run;
  }

  private static EvictionAnswer changed() {
    return Answers.failure(
        409,
        "Conflict",
        "Operation cannot be fulfilled on pods \"a\": the object has been modified; please apply"
            + " your changes to the latest version and try again");
  }

  @Test
  void theFirstGoodAnswerEndsAnOutageForAllPods() {
    DrainRun run = DrainRun.of(pods(20));
    for (Pods each : List.of(aPod("a").grace(60), aPod("b").grace(60), aPod("c").grace(60))) {
      run.with(each);
    }
    Instant back = START.plusSeconds(60);
    run.server = (request, at) -> at.isBefore(back) ? Answers.unavailable() : Answers.accepted();
    run.start().run(60);
    run.mostUnderWay = 0;
    run.run(40);
    assertThat(run.mostUnderWay).as("no probing any more").isGreaterThan(1);
    assertThat(run.state.outage).isEqualTo(Outage.NONE);
    assertThat(run.evictions().getLast().at()).isBefore(back.plusSeconds(40));
  }

  @Test
  void isBlockedByWhatTheLastAnswerSaysOnly() {
    DrainRun run = DrainRun.of(aPod("a"));
    answering(run, Answers.webhook(403), Answers.namespaceTerminating());
    run.podsEnd = false;
    run.start().run(5);
    Instant since = run.state.blockedSince().get(BlockedCause.WEBHOOK);
    assertThat(since).isEqualTo(START.plus(run.latency));
    run.run(8);
    assertThat(run.evictions()).hasSize(2);
    assertThat(run.state.blockedSince()).isEmpty();
  }

  @Test
  void sinceWhenItIsBlockedStaysWhileTheCauseDoes() {
    DrainRun run = DrainRun.of(aPod("a"));
    answering(
        run,
        Answers.webhook(403),
        Answers.webhook(403),
        Answers.usedUp("web"),
        Answers.usedUp("web"),
        Answers.usedUp("web"));
    run.start().run(15);
    assertThat(run.evictions()).hasSize(2);
    assertThat(run.state.blockedSince())
        .containsOnlyKeys(BlockedCause.WEBHOOK)
        .containsValue(START.plus(run.latency));
    run.run(20);
    assertThat(run.state.blockedSince()).containsOnlyKeys(BlockedCause.PDB);
    assertThat(run.state.blockedSince().get(BlockedCause.PDB)).isAfter(START.plusSeconds(15));
  }

  @Test
  void aRoleThatIsRightAgainHoldsUpNobody() {
    DrainRun run = DrainRun.of(pods(10));
    Instant right = START.plusSeconds(30);
    run.server = (request, at) -> at.isBefore(right) ? Answers.roleIsWrong() : Answers.accepted();
    run.start().run(75);
    assertThat(run.state.left()).isEmpty();
    assertThat(run.state.groups)
        .noneSatisfy((key, group) -> assertThat(key).isInstanceOf(GroupKey.Role.class));
  }

  @Test
  void aBudgetThatLetOneGoIsAskedAtItsFirstPaceAgain() {
    DrainRun run = DrainRun.of(pods(3));
    run.jitter = 0.5;
    Instant open = START.plusSeconds(200);
    int[] admitted = {0};
    run.server =
        (request, at) ->
            at.isBefore(open) || admitted[0]++ > 0 ? Answers.usedUp("web") : Answers.accepted();
    run.start().run(300);
    List<DrainRun.Sent> after =
        run.evictions().stream().filter(each -> !each.at().isBefore(open)).toList();
    assertThat(run.gaps(run.evictions()).getFirst())
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_100));
    assertThat(Duration.between(after.get(1).at(), after.get(2).at()))
        .as("5 s, not the 30 it had come to")
        .isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void whatIsGoneByItsAnswerIsNotAskedForAgainInHalfAMinute() {
    DrainRun run = DrainRun.of(aPod("a")).answering(Answers.podNotFound());
    run.start().run(100);
    assertThat(run.evictionsOf("a")).hasSizeBetween(2, 4);
    assertThat(run.gaps(run.evictionsOf("a")))
        .allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(Duration.ofSeconds(30)));
    assertThat(run.state.left().getFirst().why()).contains("reported gone");
  }

  @Test
  void aPodThatHasAnothersNameIsToldAndNeverAskedForAgain() {
    DrainRun run = DrainRun.of(aPod("a")).answering(Answers.otherUid());
    run.start().run(300);
    assertThat(run.evictionsOf("a")).hasSize(1);
    assertThat(run.reasons()).containsExactly(Reason.REPLACED);
    run.pods.clear();
    run.list();
    assertThat(run.state.counts().evicted()).as("it went by itself").isZero();
  }

  @Test
  void aPodThatMayOnlyGoAsItWasSeenWaitsForAnotherLookAndHasHadNoTry() {
    DrainRun run = new DrainRun(EvictionSettings.DEFAULT);
    EvictablePod a = aPod("a").pod();
    run.with(
        new Pods(
            new EvictablePod(
                a.uid(),
                a.namespace(),
                a.name(),
                a.grace(),
                a.ownerUid(),
                a.ownerGroup(),
                a.deletionTimestamp(),
                a.ready(),
                a.budgets(),
                a.decision(),
                Optional.of("7"))));
    answering(run, changed());
    run.listsWork = true;
    run.start().run(3);
    assertThat(run.evictions()).hasSize(2);
    assertThat(
            run.evictions().stream()
                .map(each -> ((EvictionRequest.Evict) each.request()).attempt()))
        .as("the one that was tried is the first again")
        .containsExactly(1, 1);
  }

  @Test
  void aNamespaceThatGoesIsAskedEachFiveSeconds() {
    DrainRun run = DrainRun.of(aPod("a")).answering(Answers.namespaceTerminating());
    run.start().run(31);
    assertThat(run.evictionsOf("a")).hasSize(7);
    assertThat(run.gaps(run.evictionsOf("a")))
        .allSatisfy(gap -> assertThat(gap).isEqualTo(Duration.ofSeconds(5).plus(run.latency)));
  }

  @Test
  void aDeleteThatIsForbiddenIsSentAgainWhereTimeIsShort() {
    DrainRun run = DrainRun.of(aPod("a").grace(20)).answering(Answers.roleIsWrong());
    run.start(Duration.ofSeconds(120), AtDeadline.DELETE_PODS).run(120);
    assertThat(run.deletes()).hasSizeBetween(3, 20);
    assertThat(run.reasons()).contains(Reason.MISCONFIGURED);
  }

  @Test
  void aRefusedTokenIsReadAgainOnceAndTheRequestIsSentAgainAfterASecond() {
    DrainRun run = DrainRun.of(aPod("a"));
    answering(run, Answers.unauthorized());
    run.start().run(3);
    assertThat(run.evictions()).hasSize(2);
    assertThat(run.gaps(run.evictions())).containsExactly(Duration.ofSeconds(1).plus(run.latency));
    assertThat(run.sent)
        .filteredOn(each -> each.request() instanceof EvictionRequest.ReadToken)
        .hasSize(1);
  }

  @Test
  void aTokenThatStaysRefusedIsNotReadWithEachAnswer() {
    DrainRun run = DrainRun.of(pods(5)).answering(Answers.unauthorized());
    run.start().run(50);
    assertThat(run.sent)
        .filteredOn(each -> each.request() instanceof EvictionRequest.ReadToken)
        .hasSizeLessThanOrEqualTo(6);
    assertThat(run.evictions()).hasSizeLessThan(60);
  }

  @Test
  void aTerminationIsCutShortUntilThatCameThrough() {
    DrainRun run = DrainRun.of(aPod("a").grace(3_600));
    run.podsEnd = false;
    run.pods.replaceAll((uid, pod) -> Pods.terminating(pod, Duration.ofHours(1)));
    answering(run, Answers.unavailable(), Answers.unavailable());
    run.start(Duration.ofSeconds(600), AtDeadline.DELETE_PODS).run(600);
    assertThat(run.deletes()).hasSize(3);
    assertThat(run.deletes())
        .allSatisfy(
            each ->
                assertThat(((EvictionRequest.Delete) each.request()).why())
                    .isEqualTo(EvictionRequest.Why.SHORTENED));
    assertThat(run.state.counts().shortened()).as("one pod").isEqualTo(1);
  }

  @Test
  void anOlderLookAtThePodsChangesNothing() {
    DrainRun run = DrainRun.of(aPod("a"), aPod("b")).answering(Answers.webhook(403));
    run.start().run(10);
    run.observe(new EvictionObservation.PodsSeen(List.of(), START.minusSeconds(1)));
    assertThat(run.state.left()).hasSize(2);
    run.observe(new EvictionObservation.PodsSeen(List.of(), run.now));
    assertThat(run.state.left()).isEmpty();
  }

  @Test
  void aPodThatWentWithoutBeingAskedIsNobodysEviction() {
    DrainRun run = DrainRun.of(aPod("a").decided(PodDecision.LATER), aPod("b").grace(1));
    run.start().run(5);
    run.pods.clear();
    run.list();
    run.run(5);
    assertThat(run.state.counts().evicted()).isEqualTo(1);
  }

  @Test
  void anAnswerAboutAPodThatIsGoneMeanwhileIsTakenInPeace() {
    DrainRun run = DrainRun.of(aPod("a"), aPod("b"));
    run.latency = Duration.ofSeconds(5);
    run.server = (request, at) -> Answers.usedUp("web");
    run.start().run(1);
    assertThat(run.state.inFlight()).isEqualTo(2);
    run.pods.remove("uid-a");
    run.list();
    assertThat(run.state.inFlight()).as("its answer is still to come").isEqualTo(2);
    run.run(5);
    assertThat(run.state.inFlight()).isZero();
    assertThat(run.state.left()).extracting(each -> each.pod().name()).containsExactly("b");
    assertThat(run.state.counts().evicted()).isEqualTo(1);
    run.run(180);
    assertThat(run.state.pods).as("and it is forgotten").containsOnlyKeys("uid-b");
  }
}
