package io.drainwatch.drainer.evictions;

import static io.drainwatch.drainer.evictions.Pods.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.evictions.EvictionNotice.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the API itself is the trouble, or our right to use it. */
class OutageTest {
  private static DrainRun pods(int count) {
    DrainRun run = new DrainRun(EvictionSettings.DEFAULT);
    IntStream.range(0, count).forEach(each -> run.with(aPod("p" + each).grace(1)));
    return run;
  }

  @ParameterizedTest(name = "K34 503 for 10 min, {0} pods: bounded requests, then goes on")
  @ValueSource(ints = {1, 5, 100, 500})
  void boundsRequestsInAnOutage(int count) {
    DrainRun run = pods(count);
    Instant over = DrainRun.START.plusSeconds(600);
    run.server = (request, at) -> at.isBefore(over) ? Answers.unavailable() : Answers.accepted();
    run.start().run(600);
    assertThat(run.sent).hasSizeLessThanOrEqualTo(20 + 5 + 600 / 30);
    run.run(45);
    assertThat(run.state.left()).isEmpty();
    assertThat(run.state.counts().evicted()).isEqualTo(count);
  }

  @Test
  @DisplayName("K34 after three failures in a row one request at a time probes for all")
  void probesForAllWithOneRequest() {
    DrainRun run = pods(100).answering(Answers.unavailable()).start().run(1);
    run.mostUnderWay = 0;
    int before = run.sent.size();
    run.run(60);
    assertThat(run.mostUnderWay).isEqualTo(1);
    assertThat(run.sent.size() - before).isLessThanOrEqualTo(6);
  }

  @Test
  @DisplayName("K34 with lists down too: bounded lists, no request on an old view, then goes on")
  void asksForListsWithPatience() {
    DrainRun run = pods(50).answering(Answers.reset());
    run.start();
    run.listsWork = false;
    run.run(600);
    assertThat(run.sent).hasSizeLessThanOrEqualTo(20 + 30);
    run.listsWork = true;
    run.server = (request, at) -> Answers.accepted();
    run.run(60);
    assertThat(run.state.left()).isEmpty();
  }

  @ParameterizedTest(name = "K35, K36 the answer is lost ({0} ms), the eviction counted: once")
  @ValueSource(ints = {20, 10_000})
  void doesNotEvictTwiceWhereTheAnswerIsLost(int millis) {
    DrainRun run = DrainRun.of(aPod("a").grace(30));
    run.latency = Duration.ofMillis(millis);
    run.server =
        (request, at) -> {
          run.terminate(request);
          return millis > 1_000 ? Answers.timeout() : Answers.reset();
        };
    run.start().run(20);
    assertThat(run.evictions()).hasSize(1);
    run.run(60);
    assertThat(run.evictions()).hasSize(1);
    assertThat(run.state.counts().evicted()).isEqualTo(1);
    assertThat(run.notices.stream().filter(it -> it.reason() == Reason.EVICTED)).hasSize(1);
  }

  @Test
  @DisplayName("K35 a request whose fate is unclear is not repeated before a new look")
  void looksBeforeItTriesAgain() {
    DrainRun run = DrainRun.of(aPod("a")).answering(Answers.reset()).start();
    run.listsWork = false;
    run.run(15);
    assertThat(run.evictions()).hasSize(1);
    assertThat(run.sent).anyMatch(it -> it.request() instanceof EvictionRequest.Look);
    run.listsWork = true;
    run.run(20);
    assertThat(run.evictions()).hasSizeGreaterThan(1);
  }

  @Test
  @DisplayName("K35 a pod that came back under the name is another uid, judged anew")
  void asksForTheNewUidOnlyWhenItIsSeen() {
    DrainRun run = DrainRun.of(aPod("db-0")).answering(Answers.reset()).start();
    run.pods.clear();
    run.watched();
    run.run(60);
    assertThat(run.evictions()).hasSize(1);
  }

  @Test
  @DisplayName("K18 a pod that the autoscaler deletes during its eviction: 404 is done")
  void isDoneWithAPodThatIsGone() {
    DrainRun run = DrainRun.of(aPod("a"), aPod("b").grace(1));
    run.server =
        (request, at) -> {
          if (request.pod().name().equals("b")) {
            return Answers.accepted();
          }
          run.pods.remove("uid-a");
          run.later(Duration.ofMillis(100), run::watched);
          return Answers.podNotFound();
        };
    run.start().run(120);
    assertThat(run.evictionsOf("a")).hasSize(1);
    assertThat(run.state.left()).isEmpty();
  }

  @Test
  @DisplayName("K18 404 alone is not the end of a pod: the view has to agree")
  void believesA404OnceTheViewAgrees() {
    DrainRun run = DrainRun.of(aPod("a")).answering(Answers.podNotFound()).start().run(10);
    assertThat(run.state.left()).hasSize(1);
  }

  @Test
  @DisplayName("K41 401 at token rotation: one re-read, no gap in the drain")
  void readsTheTokenOnce() {
    DrainRun run = pods(60);
    Instant rotated = DrainRun.START.plusMillis(10);
    run.server =
        (request, at) -> at.isBefore(rotated) ? Answers.unauthorized() : Answers.accepted();
    run.start().run(5);
    assertThat(run.sent.stream().filter(it -> it.request() instanceof EvictionRequest.ReadToken))
        .hasSize(1);
    assertThat(run.state.left()).isEmpty();
    assertThat(run.evictions()).hasSize(60 + 20);
  }

  @Test
  @DisplayName("K41 a token that stays refused is an outage like others: bounded")
  void boundsRequestsWithARefusedToken() {
    DrainRun run = pods(60).answering(Answers.unauthorized()).start().run(600);
    assertThat(run.evictions()).hasSizeLessThan(80);
  }

  @Test
  @DisplayName("K42 a role that lacks pods/eviction: told within one try, asked every 60 s")
  void surfacesMissingEvictionPermission() {
    DrainRun run = DrainRun.of();
    IntStream.range(0, 30).forEach(each -> run.with(aPod("p" + each).ownedBy("web")));
    run.answering(Answers.roleIsWrong()).start().run(Duration.ofMillis(100));
    assertThat(run.reasons()).containsExactly(Reason.MISCONFIGURED);
    assertThat(run.notices.getFirst().text()).contains("pods/eviction");
    run.run(600);
    assertThat(run.evictions()).hasSizeLessThanOrEqualTo(11);
    assertThat(run.state.left()).hasSize(30);
  }

  @Test
  @DisplayName("K43 role lost in mid-drain: the same; resumes when it is restored")
  void resumesWhenTheRoleIsRestored() {
    DrainRun run = pods(300);
    Instant lost = DrainRun.START.plusMillis(100);
    Instant restored = DrainRun.START.plusSeconds(300);
    run.server =
        (request, at) ->
            at.isBefore(lost) || !at.isBefore(restored)
                ? Answers.accepted()
                : Answers.roleIsWrong();
    run.start().run(299);
    assertThat(run.reasons()).contains(Reason.MISCONFIGURED);
    assertThat(run.state.left()).isNotEmpty();
    run.run(65);
    assertThat(run.state.left()).isEmpty();
  }

  @Test
  @DisplayName("K14 a preStop that hangs: waited for until its grace, reported, no second POST")
  void reportsAPodThatDoesNotEnd() {
    DrainRun run = DrainRun.of(aPod("a").grace(30));
    run.podsEnd = false;
    run.start().run(59);
    assertThat(run.reasons()).doesNotContain(Reason.OVERDUE);
    run.run(600);
    assertThat(run.notices.stream().filter(it -> it.reason() == Reason.OVERDUE)).hasSize(1);
    assertThat(run.evictions()).hasSize(1);
    assertThat(run.deletes()).isEmpty();
  }

  @Test
  void asksForNothingAfterAStopAndGoesOnAfterAStart() {
    DrainRun run = pods(50).answering(Answers.webhook(500)).start().run(1);
    run.stop();
    int before = run.sent.size();
    run.run(60);
    assertThat(run.sent).hasSize(before);
    run.start();
    assertThat(run.sent).hasSizeGreaterThan(before);
  }

  @Test
  void deletesWhereTheServerKnowsNoEvictionsAndThePolicySaysSo() {
    DrainRun run =
        new DrainRun(
            new EvictionSettings(
                20, Optional.empty(), false, EvictionSettings.WithoutEvictionApi.DELETE));
    run.with(aPod("a").grace(1), aPod("b").grace(1));
    run.server =
        (request, at) ->
            request instanceof EvictionRequest.Evict
                ? Answers.failure(405, "MethodNotAllowed", "")
                : Answers.accepted();
    run.start().run(5);
    assertThat(run.state.left()).isEmpty();
    DrainRun failing = DrainRun.of(aPod("a"));
    failing.server = run.server;
    failing.start().run(120);
    assertThat(failing.deletes()).isEmpty();
    assertThat(failing.reasons()).containsExactly(Reason.MISCONFIGURED);
  }
}
