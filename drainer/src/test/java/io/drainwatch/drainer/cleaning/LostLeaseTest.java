package io.drainwatch.drainer.cleaning;

import static io.drainwatch.drainer.cleaning.CleanerRun.set;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Lease is lost in mid-round, and whoever had it has not been told: {@link CleanerRun} looks at
 * each write and each Event, and at who sends it.
 */
class LostLeaseTest {
  private final CleanerRun run = new CleanerRun();

  private void isAtWork() {
    run.with(set("db", 4, true, "data", "log")).start().settle();
    run.cluster.scale("db", 1);
    for (int i = 0; i < 4; i++) {
      run.cluster.control();
      run.cluster.reap();
    }
    run.cluster.requests.clear();
    run.cluster.events.clear();
  }

  @ParameterizedTest(name = "at request {0}")
  @ValueSource(ints = {0, 1, 2, 3, 5, 8, 11, 14})
  void whoLostTheLeaseWritesNothingWhileAnotherGoesOn(int request) {
    isAtWork();
    run.cluster.interruptedAt = request;
    run.cluster.interruption = run::anotherLeads;

    run.live(30);

    assertThat(run.cluster.broken).isEmpty();
    assertThat(run.cluster.claims()).containsExactly("data-db-0", "log-db-0");
  }

  @ParameterizedTest(name = "at request {0}")
  @ValueSource(ints = {0, 1, 2, 3, 5, 8, 11, 14})
  void nothingBeginsWhereNobodyHasIt(int request) {
    isAtWork();
    run.cluster.interruptedAt = request;
    run.cluster.interruption = run::losesTheLease;

    run.live(30);

    assertThat(run.cluster.broken).isEmpty();
    assertThat(run.cluster.requests).hasSize(request + 1);
  }
}
