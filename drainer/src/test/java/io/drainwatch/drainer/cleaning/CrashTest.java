package io.drainwatch.drainer.cleaning;

import static io.drainwatch.drainer.cleaning.CleanerRun.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** D08: the process ends at any request, before or after the server has done it: the same end. */
class CrashTest {
  private static final int LONG_ENOUGH = 60;

  static Stream<Arguments> histories() {
    return Stream.of(false, true)
        .flatMap(
            parallel ->
                Stream.of(
                    history("3 to 1", parallel, run -> run.cluster.scale("db", 1)),
                    history("deleted", parallel, run -> run.cluster.delete("db")),
                    history(
                        "3 to 1 and back to 3",
                        parallel,
                        run -> {
                          run.cluster.scale("db", 1);
                          run.live(3);
                          run.cluster.scale("db", 3);
                        }),
                    history(
                        "deleted in mid-clean-up",
                        parallel,
                        run -> {
                          run.cluster.scale("db", 1);
                          run.live(3);
                          run.cluster.delete("db");
                        })));
  }

  private static Arguments history(String name, boolean parallel, Consumer<CleanerRun> what) {
    return Arguments.of(name + (parallel ? ", Parallel" : ", OrderedReady"), parallel, what);
  }

  @ParameterizedTest(name = "D08 {0}")
  @MethodSource("histories")
  void comesToTheSameEnd(String name, boolean parallel, Consumer<CleanerRun> what) {
    CleanerRun undisturbed = run(parallel, what, -1, false);
    int requests = undisturbed.cluster.requests.size();
    assertThat(requests).isGreaterThan(4);
    for (int at = 0; at < requests; at++) {
      for (boolean afterwards : List.of(false, true)) {
        CleanerRun disturbed = run(parallel, what, at, afterwards);
        assertThat(disturbed.crashes).isEqualTo(1);
        assertThat(disturbed.cluster.broken).isEmpty();
        assertThat(end(disturbed))
            .as("crash at " + at + " " + afterwards)
            .isEqualTo(end(undisturbed));
      }
    }
  }

  private static CleanerRun run(
      boolean parallel, Consumer<CleanerRun> what, int crashAt, boolean afterwards) {
    CleanerRun run = new CleanerRun();
    run.cluster.crashAt = crashAt;
    run.cluster.crashesAfterwards = afterwards;
    run.with(set("db", 3, parallel, "data", "log")).start().settle();
    what.accept(run);
    run.live(LONG_ENOUGH);
    return run;
  }

  private static List<String> end(CleanerRun run) {
    return Stream.of(
            run.cluster.claims().stream(),
            run.cluster.pods().stream().map(pod -> pod.name() + " " + pod.owner().isPresent()),
            run.cluster.set("db").stream().map(set -> "finalizers " + set.finalizers()))
        .flatMap(each -> each)
        .toList();
  }
}
