package io.drainwatch.drainer.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever happens in whatever order, with a view that lies behind and processes that end at any
 * request: no claim goes whose clean-up has not succeeded, OrderedReady has never two pods, and
 * every clean-up ends. The first two are looked at by {@link PaperCluster} at each request.
 */
class CleaningPropertiesTest {
  private static final int LONG_ENOUGH = 900;

  private enum What {
    SCALE,
    DELETE,
    RUN,
    FAIL,
    SUCCEED,
    CONTROL,
    REAP,
    TELL_SETS,
    TELL_CLAIMS,
    TELL_PODS,
    WORK,
    PASS,
    CRASH
  }

  private record Happening(What what, int which) {}

  @Provide
  Arbitrary<List<Happening>> histories() {
    Arbitrary<What> what =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(What.SCALE)),
            Tuple.of(1, Arbitraries.just(What.DELETE)),
            Tuple.of(1, Arbitraries.just(What.CRASH)),
            Tuple.of(
                60,
                Arbitraries.of(
                    What.RUN,
                    What.FAIL,
                    What.SUCCEED,
                    What.CONTROL,
                    What.REAP,
                    What.TELL_SETS,
                    What.TELL_CLAIMS,
                    What.TELL_PODS,
                    What.WORK,
                    What.WORK,
                    What.PASS)));
    return Combinators.combine(what, Arbitraries.integers().between(0, 23))
        .as(Happening::new)
        .list()
        .ofMinSize(20)
        .ofMaxSize(250);
  }

  @Property(tries = 400)
  void cleansUpOnlyWhatSucceededAndEnds(
      @ForAll("histories") List<Happening> history, @ForAll boolean parallel) {
    CleanerRun run = new CleanerRun();
    run.with(CleanerRun.set("db", 3, parallel, "data", "log")).start();

    history.forEach(each -> happen(run, each));

    assertThat(run.cluster.broken).isEmpty();
    run.live(LONG_ENOUGH);
    assertThat(run.cluster.broken).isEmpty();
    assertThat(run.cluster.pods()).noneMatch(pod -> pod.owner().isPresent());
    int replicas =
        run.cluster.set("db").map(set -> set.isTerminating() ? -1 : set.replicas()).orElse(0);
    assertThat(replicas).as("a set that is deleted goes").isNotNegative();
    assertThat(run.cluster.claims()).hasSize(2 * replicas);
    run.cluster.requests.clear();
    run.live(60);
    assertThat(run.cluster.requests).isEmpty();
  }

  private static void happen(CleanerRun run, Happening happening) {
    int which = happening.which();
    switch (happening.what()) {
      case SCALE -> run.cluster.scale("db", which % 5);
      case DELETE -> {
        // without our finalizer nothing would be left to look at
        if (run.cluster.set("db").filter(set -> !set.finalizers().isEmpty()).isPresent()) {
          run.cluster.delete("db");
        }
      }
      case RUN -> cleanups(run, which, PodPhase.RUNNING);
      case FAIL -> cleanups(run, which, PodPhase.FAILED);
      case SUCCEED -> cleanups(run, which, PodPhase.SUCCEEDED);
      case CONTROL -> run.cluster.control();
      case REAP -> run.cluster.reap();
      case TELL_SETS -> run.cluster.deliver(0);
      case TELL_CLAIMS -> run.cluster.deliver(1);
      case TELL_PODS -> run.cluster.deliver(2);
      case WORK -> run.step();
      case PASS -> run.desk.pass(Duration.ofSeconds(which));
      case CRASH -> {
        run.cluster.crashAt = run.cluster.requests.size() + which % 4;
        run.cluster.crashesAfterwards = which % 2 == 0;
      }
    }
  }

  private static void cleanups(CleanerRun run, int which, PodPhase phase) {
    List<OrdinalPod> ours =
        run.cluster.pods().stream().filter(pod -> pod.owner().isPresent()).toList();
    if (!ours.isEmpty()) {
      run.cluster.run(ours.get(which % ours.size()).name(), phase);
    }
  }
}
