package io.drainwatch.drainer.evictions;

import static io.drainwatch.drainer.evictions.Pods.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.AtDeadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Section 9: pods that a budget, a webhook or a busy server holds back. */
class BlockedTest {
  private static Pods[] pods(int count, String owner) {
    return IntStream.range(0, count)
        .mapToObj(each -> aPod(owner + each).ownedBy(owner).grace(1))
        .toArray(Pods[]::new);
  }

  private static boolean isOf(EvictionRequest.ForPod request, String name) {
    return request.pod().name().startsWith(name);
  }

  @Test
  @DisplayName("K26 one budget over 500 pods: one probe at a time, at most 1 request in flight")
  void probesABudgetOfManyPodsWithOneRequest() {
    DrainRun run =
        DrainRun.of(pods(500, "web")).answering(Answers.usedUp("web")).start().run(3_600);
    assertThat(run.mostUnderWay).isEqualTo(1);
    assertThat(run.sent).hasSizeLessThan((int) (3_600 * 0.05));
    assertThat(run.gaps(run.evictions()))
        .allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(Duration.ofSeconds(4)));
  }

  @Test
  @DisplayName("K26 once a probe is admitted the next follows at once, still one at a time")
  void letsTheNextFollowAtOnce() {
    DrainRun run = DrainRun.of(pods(50, "web"));
    Instant open = DrainRun.START.plusSeconds(300);
    run.server = (request, at) -> at.isBefore(open) ? Answers.usedUp("web") : Answers.accepted();
    run.start().run(340);
    assertThat(run.mostUnderWay).isEqualTo(1);
    assertThat(run.state.left()).isEmpty();
    assertThat(run.state.counts().evicted()).isEqualTo(50);
  }

  @Test
  @DisplayName("K24 maxUnavailable 0: one probe per interval, then forced by policy")
  void forcesABudgetThatNeverOpens() {
    DrainRun run = DrainRun.of(pods(10, "web"));
    run.server =
        (request, at) ->
            request instanceof EvictionRequest.Evict ? Answers.usedUp("web") : Answers.accepted();
    run.start(Duration.ofMinutes(14), AtDeadline.DELETE_PODS).run(14 * 60);
    assertThat(run.evictions()).hasSizeLessThan(45);
    assertThat(run.deletes()).hasSize(10);
    assertThat(run.state.counts().forced()).isEqualTo(10);
    assertThat(run.state.left()).isEmpty();
  }

  @Test
  @DisplayName("K24 maxUnavailable 0: left by policy, with the reason")
  void leavesABudgetThatNeverOpens() {
    DrainRun run = DrainRun.of(pods(10, "web")).answering(Answers.usedUp("web"));
    run.start(Duration.ofMinutes(14), AtDeadline.LEAVE).run(20 * 60);
    assertThat(run.deletes()).isEmpty();
    assertThat(run.state.left()).hasSize(10);
    assertThat(run.state.left())
        .anySatisfy(left -> assertThat(left.why()).contains("disruption budget web needs 3"));
  }

  @Test
  @DisplayName("K25 two budgets on one pod: the others go on")
  void goesOnBesideAPodWithTwoBudgets() {
    DrainRun run =
        DrainRun.of(aPod("two").selectedBy("web", "all").grace(1), aPod("free").grace(1));
    run.server =
        (request, at) -> isOf(request, "two") ? Answers.severalBudgets() : Answers.accepted();
    run.start().run(100);
    assertThat(run.state.left())
        .singleElement()
        .satisfies(left -> assertThat(left.why()).contains("multi-pdb", "web", "all"));
    assertThat(run.gaps(run.evictionsOf("two"))).allMatch(gap -> gap.toSeconds() >= 30);
  }

  @Test
  @DisplayName("K27 stale observedGeneration: the next try comes after the 10 s asked for")
  void waitsForABudgetThatIsBehind() {
    DrainRun run = DrainRun.of(pods(3, "web")).answering(Answers.pending("web"));
    run.jitter = 0;
    run.start().run(60);
    assertThat(run.gaps(run.evictions()))
        .isNotEmpty()
        .containsOnly(Duration.ofSeconds(10).plus(run.latency));
  }

  @Test
  @DisplayName("K28 budget deleted midway: the group dissolves, the pods go on")
  void goesOnWhenTheBudgetIsDeleted() {
    DrainRun run = DrainRun.of(pods(100, "web")).answering(Answers.usedUp("web")).start().run(120);
    run.server = (request, at) -> Answers.accepted();
    run.observe(new EvictionObservation.BudgetGone("shop", "web"));
    run.run(5);
    assertThat(run.state.groups).isEmpty();
    assertThat(run.state.left()).isEmpty();
    assertThat(run.mostUnderWay).isGreaterThan(1);
  }

  @Test
  @DisplayName("K28 the same where budgets cannot be watched: after one interval")
  void goesOnWithoutAWatchOfBudgets() {
    DrainRun run = DrainRun.of(pods(100, "web")).answering(Answers.usedUp("web")).start().run(120);
    run.server = (request, at) -> Answers.accepted();
    run.run(36 + 5);
    assertThat(run.state.left()).isEmpty();
  }

  @Test
  @DisplayName("K29 budget loosened after 3 h: noticed within one interval")
  void noticesALooserBudgetWithinOneInterval() {
    DrainRun run = DrainRun.of(aPod("a").ownedBy("web")).answering(Answers.usedUp("web"));
    run.jitter = 1;
    run.start().run(Duration.ofHours(3));
    run.server = (request, at) -> Answers.accepted();
    run.run(37);
    assertThat(run.state.counts().evicted()).isEqualTo(1);
  }

  @Test
  @DisplayName("K29 by the watch of budgets at once, but a second apart")
  void noticesALooserBudgetAtOnceByWatch() {
    DrainRun run = DrainRun.of(aPod("a").ownedBy("web")).answering(Answers.usedUp("web"));
    run.start().run(Duration.ofMillis(100));
    run.server = (request, at) -> Answers.accepted();
    run.observe(new EvictionObservation.BudgetOpened("shop", "web"));
    assertThat(run.evictions()).hasSize(1);
    run.run(1);
    assertThat(run.gaps(run.evictions())).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("K27 a budget that is seen open does not cut the wait that the server asked for")
  void obeysTheServerThoughTheBudgetIsSeenOpen() {
    DrainRun run = DrainRun.of(aPod("a").ownedBy("web")).answering(Answers.pending("web"));
    run.jitter = 0;
    run.start().run(3);
    run.observe(new EvictionObservation.BudgetOpened("shop", "web"));
    run.run(6);
    assertThat(run.evictions()).hasSize(1);
    run.run(3);
    assertThat(run.evictions()).hasSize(2);
  }

  @Test
  @DisplayName("K26 pods of one known budget share one probe before its first refusal")
  void sharesAProbeFromTheFirstRequestOn() {
    DrainRun run = DrainRun.of();
    for (int i = 0; i < 30; i++) {
      run.with(aPod("pod" + i).ownedBy("owner" + i).selectedBy("web").grace(1));
    }
    run.answering(Answers.usedUp("web")).start().run(4);
    assertThat(run.evictions()).hasSize(1);
    run.server = (request, at) -> Answers.accepted();
    run.run(40);
    assertThat(run.state.counts().evicted()).isEqualTo(30);
  }

  @Test
  @DisplayName("what holds back a sibling under another budget does not hold back who is known")
  void isNotHeldBackByTheBudgetOfASibling() {
    DrainRun run = DrainRun.of(aPod("a").ownedBy("web").selectedBy("blue").grace(1));
    run.server = (request, at) -> isOf(request, "a") ? Answers.usedUp("blue") : Answers.accepted();
    run.start().run(1);
    run.with(aPod("b").ownedBy("web").selectedBy("green").grace(1)).list();
    run.run(2);
    assertThat(run.state.counts().evicted()).isEqualTo(1);
  }

  @Test
  @DisplayName("K15 crash looping pod under a budget: let go by AlwaysAllow while others wait")
  void letsAnUnreadyPodGo() {
    DrainRun run =
        DrainRun.of(pods(5, "web")).with(aPod("broken").ownedBy("web").unready().grace(1));
    run.server =
        (request, at) -> isOf(request, "broken") ? Answers.accepted() : Answers.usedUp("web");
    run.start().run(30);
    assertThat(run.evictionsOf("broken")).hasSize(1);
    assertThat(run.state.left()).hasSize(5);
  }

  @Test
  @DisplayName("K15 the same pod refused (IfHealthyBudget) does not keep the others from probing")
  void probesWithOthersWhereAnUnreadyPodIsRefused() {
    DrainRun run = DrainRun.of(pods(3, "web")).with(aPod("broken").ownedBy("web").unready());
    run.answering(Answers.usedUp("web")).start().run(120);
    assertThat(run.evictions().stream().map(it -> name(it)).distinct()).hasSize(4);
  }

  private static String name(DrainRun.Sent sent) {
    return ((EvictionRequest.ForPod) sent.request()).pod().name();
  }

  @Test
  @DisplayName("K32 429 with Retry-After: obeyed")
  void obeysRetryAfter() {
    DrainRun run =
        DrainRun.of(aPod("a")).answering(Answers.withRetryAfter(Answers.usedUp("web"), "50"));
    run.jitter = 0;
    run.start().run(200);
    assertThat(run.gaps(run.evictions()))
        .isNotEmpty()
        .allMatch(gap -> gap.compareTo(Duration.ofSeconds(50)) >= 0);
  }

  @Test
  @DisplayName("K33 429 without Retry-After: 5 to 30 s ramp")
  void rampsUpWithoutRetryAfter() {
    DrainRun run = DrainRun.of(aPod("a").ownedBy("web")).answering(Answers.usedUp("web"));
    run.start().run(300);
    List<Duration> gaps = run.gaps(run.evictions());
    assertThat(gaps).isSorted();
    assertThat(gaps.getFirst().toSeconds()).isEqualTo(5);
    assertThat(gaps.getLast().toSeconds()).isEqualTo(30);
  }

  @Test
  @DisplayName("K30 more than 2000 disrupted pods: blocked, nobody is told of a wrong role")
  void isNotMisconfiguredByABudgetsStatus() {
    DrainRun run = DrainRun.of(pods(40, "web")).answering(Answers.tooManyDisrupted("web"));
    run.start().run(300);
    assertThat(run.reasons()).containsOnly(EvictionNotice.Reason.BLOCKED);
    assertThat(run.evictions()).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  @DisplayName("K31 a UID mismatch costs one request for the pod at most; the others go on")
  void asksOnceForAReplacedPod() {
    DrainRun run = DrainRun.of(pods(4, "web"));
    run.server =
        (request, at) ->
            isOf(request, "web0")
                ? Answers.otherUid()
                : at.isBefore(DrainRun.START.plusSeconds(120))
                    ? Answers.usedUp("web")
                    : Answers.accepted();
    run.start().run(200);
    assertThat(run.evictionsOf("web0")).hasSize(1);
    assertThat(run.state.left())
        .singleElement()
        .satisfies(left -> assertThat(left.why()).contains("another pod has its name"));
  }

  @Test
  @DisplayName("K44 a webhook that refuses one pod does not stop the others")
  void onePodsRefusalDoesNotStopTheOthers() {
    DrainRun run = DrainRun.of(pods(20, "web")).with(aPod("kafka").ownedBy("kafka"));
    run.server =
        (request, at) -> isOf(request, "kafka") ? Answers.webhook(500) : Answers.accepted();
    run.start().run(120);
    assertThat(run.state.left()).hasSize(1);
    assertThat(run.evictionsOf("kafka")).hasSizeBetween(5, 9);
  }

  @Test
  @DisplayName("K44 webhooks that make room step by step are asked for each pod")
  void asksAWebhookForEachPod() {
    DrainRun run = DrainRun.of(pods(3, "kafka")).answering(Answers.webhook(500));
    run.start().run(9);
    assertThat(run.evictions().stream().map(BlockedTest::name).distinct()).hasSize(3);
  }

  @Test
  @DisplayName("K45 API priority throttling: one probe for the pods of a controller, with a ramp")
  void givesWayToPriorityThrottling() {
    DrainRun run = DrainRun.of(pods(100, "web")).answering(Answers.throttled());
    run.start().run(300);
    assertThat(run.evictions()).hasSizeLessThan(20);
    assertThat(run.reasons()).containsOnly(EvictionNotice.Reason.BLOCKED);
  }

  @Test
  @DisplayName("K92 a 429 is one request, with its cause")
  void countsA429OnceWithItsCause() {
    DrainRun run = DrainRun.of(aPod("a")).answering(Answers.usedUp("web")).start().run(4);
    assertThat(run.evictions()).hasSize(1);
    assertThat(run.notices)
        .singleElement()
        .satisfies(it -> assertThat(it.text()).contains("pdb", "disruption budget web"));
  }

  @ParameterizedTest
  @EnumSource(names = {"HOLD", "WAIT_COMPLETED", "LATER", "IGNORE", "BLOCK", "WAIT"})
  void asksForNothingThatIsNotToBeEvicted(PodDecision decision) {
    assertThat(DrainRun.of(aPod("a").decided(decision)).start().run(300).sent).isEmpty();
  }

  @Test
  void drainsUnblockedPodsWithOneRequestEachAndQuickly() {
    DrainRun run = DrainRun.of(pods(100, "web")).start().run(2);
    assertThat(run.evictions()).hasSize(100);
    assertThat(run.mostUnderWay).isLessThanOrEqualTo(20);
    assertThat(run.state.left()).isEmpty();
  }

  @Test
  void keepsToTheLimitOfRequestsUnderWay() {
    DrainRun run = new DrainRun(EvictionSettings.DEFAULT);
    IntStream.range(0, 60).forEach(each -> run.with(aPod("p" + each)));
    run.start();
    assertThat(run.mostUnderWay).isEqualTo(20);
    assertThat(run.run(60).state.counts().evicted()).isEqualTo(60);
  }
}
