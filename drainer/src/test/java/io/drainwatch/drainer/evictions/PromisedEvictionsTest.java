package io.drainwatch.drainer.evictions;

import io.drainwatch.drainer.maintenance.AtDeadline;
import io.drainwatch.drainer.promises.PromisedFigure;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PromisedEvictionsTest {
  private static final PromisedFigure BLOCKED = PromisedFigure.named("F06");
  private static final PromisedFigure FORCED = PromisedFigure.named("F09");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration RAMP = Duration.ofMinutes(5);

  private static Pods[] pods(int count, String owner) {
    return IntStream.range(0, count)
        .mapToObj(each -> Pods.aPod(owner + each).ownedBy(owner).grace(5))
        .toArray(Pods[]::new);
  }

  @Test
  @DisplayName("L4 a budget that lets nobody go for 24 hours is asked seldom, however many pods")
  void asksSeldomForADayOfABlockedBudget() {
    DrainRun run = DrainRun.of(pods(50, "web")).answering(Answers.usedUp("web")).start();
    run.run(DAY);
    Instant ramped = DrainRun.START.plus(RAMP);
    long after = run.evictions().stream().filter(each -> each.at().isAfter(ramped)).count();

    BLOCKED.holds("a second", (double) after / DAY.minus(RAMP).toSeconds());
    BLOCKED.holds("in 24 h", run.evictions().size());
  }

  @Test
  @DisplayName(
      "I6 K13 of 300 drains that end by force: no deletion without grace, nothing after the deadline")
  void forcesWithGraceAndInTime() {
    long deletes = 0;
    long withoutGrace = 0;
    long late = 0;
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Duration left = Duration.ofSeconds(1 + random.nextInt(600));
      DrainRun run = DrainRun.of(pods(1 + random.nextInt(20), "web"));
      run.podsEnd = random.nextBoolean();
      run.server =
          (request, at) ->
              request instanceof EvictionRequest.Evict || random.nextInt(4) == 0
                  ? Answers.usedUp("web")
                  : Answers.accepted();
      run.start(left, AtDeadline.DELETE_PODS).run(left.plusMinutes(1));
      Instant deadline = DrainRun.START.plus(left);
      for (DrainRun.Sent each : run.deletes()) {
        deletes++;
        late += each.at().isBefore(deadline) ? 0 : 1;
        boolean isLeast =
            DrainRun.graceOf((EvictionRequest.ForPod) each.request())
                .filter(grace -> grace.compareTo(Duration.ofSeconds(1)) < 0)
                .isEmpty();
        withoutGrace += isLeast ? 0 : 1;
      }
    }
    FORCED.holds("deletes seen", deletes);
    FORCED.holds("without grace", withoutGrace);
    FORCED.holds("after the deadline", late);
  }
}
