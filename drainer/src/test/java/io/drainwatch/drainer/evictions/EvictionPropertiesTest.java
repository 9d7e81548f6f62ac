package io.drainwatch.drainer.evictions;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.AtDeadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * Promises over random drains: pods that come, change and go, servers that answer anything, answers
 * that are lost, stops, starts, deadlines that move, lists that fail. {@link DrainRun} looks at
 * each request.
 */
class EvictionPropertiesTest {
  private static final List<EvictionAnswer> ANY =
      List.of(
          Answers.accepted(),
          Answers.accepted(),
          Answers.accepted(),
          Answers.usedUp("web"),
          Answers.usedUp("other"),
          Answers.pending("web"),
          Answers.throttled(),
          Answers.podNotFound(),
          Answers.otherUid(),
          Answers.roleIsWrong(),
          Answers.webhook(500),
          Answers.severalBudgets(),
          Answers.tooManyDisrupted("web"),
          Answers.namespaceTerminating(),
          Answers.unavailable(),
          Answers.unauthorized(),
          Answers.reset(),
          Answers.timeout(),
          Answers.failure(405, "MethodNotAllowed", ""),
          Answers.failure(409, "Conflict", "modified"),
          Answers.failure(418, "", ""));

  private static Pods randomPod(Random random, int number) {
    Pods pod =
        Pods.aPod("p" + number)
            .grace(random.nextInt(4) == 0 ? 3_600 : random.nextInt(60))
            .decided(
                random.nextInt(4) == 0
                    ? PodDecision.values()[random.nextInt(PodDecision.values().length)]
                    : PodDecision.EVICT);
    Pods owned = random.nextInt(3) == 0 ? pod : pod.ownedBy("owner" + random.nextInt(3));
    return random.nextInt(5) == 0 ? owned.unready() : owned;
  }

  private static DrainRun randomRun(Random random) {
    DrainRun run =
        new DrainRun(
            new EvictionSettings(
                1 + random.nextInt(20),
                random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofSeconds(20)),
                random.nextBoolean(),
                random.nextBoolean()
                    ? EvictionSettings.WithoutEvictionApi.FAIL
                    : EvictionSettings.WithoutEvictionApi.DELETE));
    int pods = random.nextInt(40);
    for (int i = 0; i < pods; i++) {
      run.with(randomPod(random, i));
    }
    List<EvictionAnswer> mood = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(5); i++) {
      mood.add(ANY.get(random.nextInt(ANY.size())));
    }
    run.server =
        (request, at) -> {
          run.jitter = random.nextDouble();
          run.latency = Duration.ofMillis(random.nextInt(10) == 0 ? 10_000 : random.nextInt(200));
          EvictionAnswer answer = mood.get(random.nextInt(mood.size()));
          if (!answer.equals(Answers.accepted()) && random.nextInt(8) == 0) {
            run.terminate(request);
          }
          return answer;
        };
    return run;
  }

  private static void disturb(DrainRun run, Random random, int number) {
    switch (random.nextInt(9)) {
      case 0 -> run.stop();
      case 1 -> run.listsWork = !run.listsWork;
      case 2 -> {
        run.with(randomPod(random, 100 + number));
        run.watched();
      }
      case 3 -> {
        run.pods.keySet().stream().findFirst().ifPresent(run.pods::remove);
        run.watched();
      }
      case 4 -> run.observe(new EvictionObservation.BudgetOpened("shop", "web"));
      case 5 -> run.observe(new EvictionObservation.BudgetGone("shop", "web"));
      case 6 ->
          run.observe(new EvictionObservation.Answered("uid-p1", 999, Answers.accepted(), 0.5));
      default ->
          run.restart(
              random.nextInt(4) == 0
                  ? Optional.empty()
                  : Optional.of(run.now.plusSeconds(random.nextInt(300))),
              AtDeadline.values()[random.nextInt(2)]);
    }
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  @Label("I5, I6, I7, only uids seen, at most N under way, nothing after the deadline, no hot loop")
  void keepsItsPromises(@ForAll long seed) {
    Random random = new Random(seed);
    DrainRun run = randomRun(random);
    run.start(Duration.ofSeconds(1 + random.nextInt(900)), AtDeadline.values()[random.nextInt(2)]);
    for (int i = 0; i < 12; i++) {
      run.run(Duration.ofMillis(random.nextInt(30_000)));
      disturb(run, random, i);
    }
    run.run(60);
    assertThat(run.state.counts().evicted()).isLessThanOrEqualTo(60);
  }

  @Property(tries = 30, shrinking = ShrinkingMode.OFF)
  @Label("one probe for each blocked group, at most one request per interval")
  void probesEachGroupOnce(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int budgets) {
    Random random = new Random(seed);
    DrainRun run = new DrainRun(EvictionSettings.DEFAULT);
    for (int i = 0; i < 80; i++) {
      run.with(Pods.aPod("p" + i).ownedBy("owner" + random.nextInt(budgets)));
    }
    Map<String, Instant> last = new HashMap<>();
    run.server =
        (request, at) -> {
          String owner = request.pod().ownerUid().orElseThrow();
          Optional.ofNullable(last.put(owner, at))
              .ifPresent(
                  before ->
                      assertThat(Duration.between(before, at))
                          .isGreaterThanOrEqualTo(Duration.ofSeconds(4)));
          run.jitter = random.nextDouble();
          return Answers.usedUp(owner);
        };
    run.start().run(900);
    assertThat(run.mostUnderWay).isLessThanOrEqualTo(budgets);
    assertThat(run.sent).hasSizeLessThanOrEqualTo((int) (budgets * 900 * 0.05));
  }

  @Property(tries = 30, shrinking = ShrinkingMode.OFF)
  @Label("bounded requests under 503 for 10 min, whatever the number of pods; then all go")
  void boundsRequestsUnder503(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int pods) {
    Random random = new Random(seed);
    DrainRun run = new DrainRun(EvictionSettings.DEFAULT);
    for (int i = 0; i < pods; i++) {
      Pods pod = Pods.aPod("p" + i).grace(1);
      run.with(random.nextBoolean() ? pod : pod.ownedBy("owner" + random.nextInt(5)));
    }
    Instant over = DrainRun.START.plusSeconds(600);
    run.server =
        (request, at) -> {
          run.jitter = random.nextDouble();
          return at.isBefore(over) ? Answers.unavailable() : Answers.accepted();
        };
    run.start().run(600);
    assertThat(run.sent).hasSizeLessThanOrEqualTo(20 + 6 + 600 / 24);
    run.run(60);
    assertThat(run.state.left()).isEmpty();
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  @Label("time alone asks for nothing before the moment of the timetable")
  void asksForNothingBeforeItsTime(@ForAll long seed) {
    Random random = new Random(seed);
    Evictions evictions = new Evictions(EvictionSettings.DEFAULT);
    DrainRun run = new DrainRun(EvictionSettings.DEFAULT);
    for (int i = 0; i < 20; i++) {
      run.with(randomPod(random, i));
    }
    EvictionAnswer answer = ANY.get(random.nextInt(ANY.size()));
    run.answering(answer).start(Duration.ofSeconds(200), AtDeadline.DELETE_PODS);
    for (int i = 0; i < 10; i++) {
      run.run(Duration.ofMillis(random.nextInt(20_000)));
      Instant wake = evictions.wakeAt(run.state, run.now).orElse(run.now.plusSeconds(600));
      Instant early = run.now.plus(Duration.between(run.now, wake).dividedBy(2));
      assertThat(evictions.next(run.state, new EvictionObservation.Tick(), early).requests())
          .isEmpty();
    }
  }
}
