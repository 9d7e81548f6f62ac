package io.drainwatch.drainer.evictions;

import static io.drainwatch.drainer.evictions.Pods.aPod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drainwatch.drainer.evictions.EvictionSettings.WithoutEvictionApi;
import io.drainwatch.drainer.maintenance.AtDeadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of a drain to whoever looks, and the same after the clock was set. */
class SightsTest {
  private static final Instant START = DrainRun.START;
  private static final Duration LATENCY = Duration.ofMillis(20);

  /** One pod behind a budget and one behind it in the queue, one that a webhook refuses. */
  private static DrainRun blocked() {
    DrainRun run =
        DrainRun.of(
            aPod("db0").ownedBy("db").selectedBy("db"),
            aPod("db1").ownedBy("db").selectedBy("db"),
            aPod("hook"),
            aPod("own").decided(PodDecision.IGNORE));
    run.server =
        (request, at) ->
            request.pod().name().equals("hook") ? Answers.webhook(403) : Answers.usedUp("db");
    return run.start().run(2);
  }

  @Test
  void obstaclesAreTheRefusedOnesFirstEachWithWhatRefusesIt() {
    List<Obstacle> all = blocked().state.obstacles();
    assertThat(all).extracting(Obstacle::pod).containsExactly("shop/db0", "shop/hook", "shop/db1");
    assertThat(all)
        .extracting(Obstacle::cause)
        .containsExactly(
            Optional.of(BlockedCause.PDB), Optional.of(BlockedCause.WEBHOOK), Optional.empty());
    assertThat(all)
        .extracting(Obstacle::budgets)
        .containsExactly(List.of("shop/db"), List.of(), List.of("shop/db"));
    assertThat(all.getFirst().since()).contains(START.plus(LATENCY));
    assertThat(all.getLast().since()).isEmpty();
    assertThat(all).allMatch(Obstacle::isRefused);
    assertThat(
            new Obstacle("shop/a", "", Optional.empty(), List.of(), Optional.empty()).isRefused())
        .isFalse();
  }

  @Test
  void aBudgetRefusesAllThatWaitForItSinceItsFirst() {
    assertThat(blocked().state.refusingBudgets())
        .containsExactly(Map.entry("shop/db", new Refusals(2, Optional.of(START.plus(LATENCY)))));
  }

  @Test
  void refusalsOfSeveralNodesAreCountedTogetherSinceTheFirst() {
    Refusals early = new Refusals(2, Optional.of(START));
    Refusals late = new Refusals(3, Optional.of(START.plusSeconds(1)));
    Refusals unknown = new Refusals(1, Optional.empty());
    assertThat(early.and(late)).isEqualTo(new Refusals(5, Optional.of(START)));
    assertThat(late.and(early)).isEqualTo(new Refusals(5, Optional.of(START)));
    assertThat(unknown.and(late)).isEqualTo(new Refusals(4, Optional.of(START.plusSeconds(1))));
    assertThat(late.and(unknown)).isEqualTo(new Refusals(4, Optional.of(START.plusSeconds(1))));
  }

  @Test
  void countsPodsByWhatBecomesOfThem() {
    DrainRun run = blocked();
    assertThat(run.state.decisions())
        .containsExactly(Map.entry(PodDecision.EVICT, 3), Map.entry(PodDecision.IGNORE, 1));
    run.pods.remove("uid-db0");
    run.list();
    assertThat(run.state.decisions()).containsEntry(PodDecision.EVICT, 2);
  }

  @Test
  void isBlockedWhileOneIsRefusedAndNoneIsOnItsWay() {
    DrainRun run = blocked();
    assertThat(run.state.isBlocked()).isTrue();
    assertThat(EvictionState.NONE.isBlocked()).isFalse();
    run.podsEnd = false;
    run.server = (request, at) -> Answers.accepted();
    run.run(15);
    assertThat(run.state.isBlocked()).as("one is on its way").isFalse();
    assertThat(DrainRun.of(aPod("a")).start().state.isBlocked()).as("none was refused").isFalse();
    DrainRun alone = DrainRun.of(aPod("hook")).answering(Answers.webhook(403)).start().run(2);
    assertThat(alone.state.isBlocked()).isTrue();
    DrainRun grouped = DrainRun.of(aPod("db").selectedBy("db")).answering(Answers.usedUp("db"));
    grouped.start().run(2);
    assertThat(grouped.state.isBlocked()).isTrue();
    grouped.pods.clear();
    grouped.list();
    assertThat(grouped.state.isBlocked()).as("it is gone").isFalse();
  }

  @Test
  void waitsForTheBudgetThatHoldsAPodBackOrMay() {
    DrainRun run = DrainRun.of(aPod("db0").selectedBy("db"), aPod("a"));
    run.server =
        (request, at) ->
            request.pod().name().equals("a") ? Answers.webhook(403) : Answers.usedUp("db");
    assertThat(run.state.waitsForBudget("shop", "db")).isFalse();
    run.start();
    assertThat(run.state.waitsForBudget("shop", "db")).as("just being asked for").isTrue();
    assertThat(run.state.waitsForBudget("shop", "other")).isFalse();
    assertThat(run.state.waitsForBudget("bank", "db")).isFalse();
    run.run(2);
    assertThat(run.state.waitsForBudget("shop", "db")).as("held back").isTrue();
    assertThat(run.state.waitsForBudget("shop", "other")).isFalse();
    run.stop();
    assertThat(run.state.isAsking()).isFalse();
    assertThat(run.state.waitsForBudget("shop", "db")).isFalse();
  }

  @Test
  void asksFromTheStartToTheStop() {
    assertThat(EvictionState.NONE.isAsking()).isFalse();
    assertThat(EvictionState.NONE.startedAt()).isEmpty();
    DrainRun run = blocked();
    assertThat(run.state.isAsking()).isTrue();
    assertThat(run.state.startedAt()).contains(START);
    run.stop();
    assertThat(run.state.isAsking()).isFalse();
  }

  @Test
  void whatIsLeftSaysWhyInOneLine() {
    DrainRun run =
        DrainRun.of(
            aPod("later").decided(PodDecision.LATER),
            aPod("hold").decided(PodDecision.HOLD),
            aPod("job").decided(PodDecision.WAIT_COMPLETED),
            aPod("stuck").decided(PodDecision.BLOCK));
    run.pods.put("uid-going", Pods.terminating(aPod("going").pod(), Duration.ofMinutes(5)));
    run.start().run(1);
    assertThat(run.state.left())
        .extracting(each -> each.pod().path() + " " + each.why())
        .containsExactlyInAnyOrder(
            "shop/later waits for other pods to go first",
            "shop/hold held",
            "shop/job waited for until it is finished",
            "shop/stuck terminating and stuck",
            "shop/going terminating");
  }

  @Test
  void aClockThatIsSetMovesAllButTheDeadline() {
    DrainRun run = blocked();
    run.restart(Optional.of(run.now.plusSeconds(600)), AtDeadline.DELETE_PODS);
    EvictionState before = run.state;
    Duration by = Duration.ofHours(1);
    EvictionState after = before.shifted(by);
    assertThat(after.plan.orElseThrow().deadline()).isEqualTo(before.plan.orElseThrow().deadline());
    assertThat(after.startedAt()).isEqualTo(before.startedAt().map(at -> at.plus(by)));
    assertThat(after.asOf).isEqualTo(before.asOf.map(at -> at.plus(by)));
    assertThat(after.blockedSince().get(BlockedCause.WEBHOOK))
        .isEqualTo(before.blockedSince().get(BlockedCause.WEBHOOK).plus(by));
    assertThat(after.groups.keySet()).isEqualTo(before.groups.keySet()).isNotEmpty();
    after.groups.forEach(
        (key, group) -> {
          assertThat(group.next()).isEqualTo(before.groups.get(key).next().plus(by));
          assertThat(group.answeredAt()).isEqualTo(before.groups.get(key).answeredAt().plus(by));
        });
    assertThat(after.outage).as("none has no moments").isEqualTo(Outage.NONE);
    assertThat(after.looks).isEqualTo(before.looks);
    EvictionState back = after.shifted(by.negated());
    assertThat(back.pods).isEqualTo(before.pods);
    assertThat(back.groups).isEqualTo(before.groups);
    assertThat(back.plan).isEqualTo(before.plan);
  }

  @Test
  void aClockThatIsSetInMidRequestMovesTheRequestToo() {
    DrainRun run = DrainRun.of(aPod("a"));
    run.latency = Duration.ofSeconds(5);
    run.start();
    EvictionState after = run.state.shifted(Duration.ofSeconds(-90));
    assertThat(after.pods.get("uid-a").inFlight().orElseThrow().sentAt())
        .isEqualTo(START.minusSeconds(90));
    assertThat(after.pods.get("uid-a").lastSent()).contains(START.minusSeconds(90));
  }

  @Test
  void settingsRefuseWhatEvictsNothingOrTakesTheLastSecond() {
    Optional<Duration> none = Optional.empty();
    assertThatThrownBy(() -> new EvictionSettings(0, none, false, WithoutEvictionApi.FAIL))
        .hasMessageContaining("evicts nothing");
    assertThatThrownBy(
            () ->
                new EvictionSettings(
                    1, Optional.of(Duration.ofMillis(999)), false, WithoutEvictionApi.FAIL))
        .hasMessageContaining("I6");
    Optional<Duration> second = Optional.of(Duration.ofSeconds(1));
    assertThat(new EvictionSettings(1, second, false, WithoutEvictionApi.FAIL).graceCap())
        .isEqualTo(second);
  }
}
