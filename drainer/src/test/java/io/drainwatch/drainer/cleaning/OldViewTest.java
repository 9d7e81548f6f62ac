package io.drainwatch.drainer.cleaning;

import static io.drainwatch.drainer.cleaning.CleanerRun.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the cleaner sees lies behind what there is. */
class OldViewTest {
  private final CleanerRun run = new CleanerRun();

  @AfterEach
  void noPromiseIsBroken() {
    assertThat(run.cluster.broken).isEmpty();
  }

  @Test
  @DisplayName("D09 what is not there any more is done as well")
  void goesOnWhereSomethingIsGone() {
    run.with(set("db", 2, false, "data", "log")).start().settle();
    run.cluster.scale("db", 1);
    while (run.cluster.pod("db-1").filter(each -> each.phase() == PodPhase.SUCCEEDED).isEmpty()) {
      run.live(CleanerRun::succeeding);
      if (run.cluster.pod("db-1").filter(e -> e.phase() == PodPhase.SUCCEEDED).isEmpty()) {
        run.pass(Duration.ofSeconds(1));
      }
    }
    run.cluster.deliverAll();
    run.cluster.removeClaim("data-db-1"); // which the view does not know yet

    while (run.step()) {
      // without a word of the watches
    }

    assertThat(run.cluster.writes())
        .endsWith("DELETE claim data-db-1", "DELETE claim log-db-1", "DELETE pod db-1");
    run.cluster.reap();
    assertThat(run.cluster.claims()).containsExactly("data-db-0", "log-db-0");
  }

  @Test
  @DisplayName("D10 nothing is done before the claims are known in full")
  void waitsForAllThreeLists() {
    run.with(set("db", 1, false, "data"));
    run.cluster.putClaim("data-db-1");
    run.start();
    run.cluster.deliver(0);
    run.cluster.deliver(2);
    while (run.step()) {
      // all that is due
    }
    run.desk.pass(Duration.ofMinutes(5));
    while (run.step()) {
      // resyncs too
    }

    assertThat(run.cluster.requests).isEmpty();
    run.settle();
    assertThat(run.cluster.writes()).containsExactly("PATCH set db", "POST pod db-1");
  }

  @Test
  @DisplayName("D15 a claim that was made anew is not deleted by an old look at its pod")
  void readsTheProofBeforeItDeletes() {
    run.with(set("db", 2, false, "data")).start().settle();
    run.cluster.scale("db", 1);
    while (run.cluster.pod("db-1").filter(each -> each.phase() == PodPhase.SUCCEEDED).isEmpty()) {
      run.live(CleanerRun::succeeding);
      run.cluster.deliverAll();
      if (run.cluster.pod("db-1").filter(e -> e.phase() == PodPhase.SUCCEEDED).isEmpty()) {
        run.settle();
      }
    }
    // another leader has finished it, and the set has begun the ordinal anew; only of the pods
    // nothing is heard
    OrdinalPod done = run.cluster.pod("db-1").orElseThrow();
    run.cluster.deletePod(done);
    run.cluster.removeClaim("data-db-1");
    run.cluster.scale("db", 2);
    run.cluster.control();
    assertThat(run.cluster.pod("db-1").orElseThrow().controller()).isPresent();
    while (run.cluster.deliver(0) || run.cluster.deliver(1)) {
      // not the pods
    }
    run.cluster.requests.clear();

    while (run.step()) {
      // all that is due
    }

    assertThat(run.cluster.requests).contains("GET pod db-1").noneMatch(r -> r.contains("DELETE"));
  }

  @Test
  void readsTheSetBeforeItActs() {
    run.with(set("db", 2, false, "data")).start().settle();
    run.cluster.scale("db", 1);
    run.cluster.control();
    run.cluster.reap();
    run.cluster.deliverAll();
    run.cluster.scale("db", 2); // which the view does not know yet
    run.cluster.requests.clear();

    while (run.step()) {
      // all that is due
    }

    assertThat(run.cluster.requests).containsExactly("GET set db");
  }
}
