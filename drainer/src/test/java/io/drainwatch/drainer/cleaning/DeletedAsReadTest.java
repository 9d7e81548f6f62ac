package io.drainwatch.drainer.cleaning;

import static io.drainwatch.drainer.cleaning.CleanerRun.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What has changed since it was looked at is not deleted. */
class DeletedAsReadTest {
  private final CleanerRun run = new CleanerRun();

  @AfterEach
  void noPromiseIsBroken() {
    assertThat(run.cluster.broken).isEmpty();
  }

  private void stepAll() {
    while (run.step()) {
      // without a word of the watches
    }
  }

  private long asked(String request) {
    return run.cluster.requests.stream().filter(request::equals).count();
  }

  @Test
  @DisplayName("D16 --cascade=orphan: a pod that lost its owner unseen lives on")
  void leavesPodsAloneThatTheGarbageCollectorHasLetGo() {
    run.with(set("db", 2, false, "data")).start().settle();
    run.cluster.requests.clear();
    List<OrdinalPod> pods = run.cluster.pods();
    assertThat(pods).hasSize(2);
    pods.forEach(pod -> run.cluster.putPod(orphaned(pod)));
    run.cluster.delete("db"); // without the finalizer "orphan", which the collector has removed
    while (run.cluster.deliver(0)) {
      // of the set only
    }

    stepAll();

    assertThat(run.cluster.requests).containsExactly("GET set db", "GET pod db-1");
    run.settle();
    assertThat(run.cluster.set("db")).isEmpty();
    assertThat(run.cluster.pods()).hasSize(2).noneMatch(OrdinalPod::isTerminating);
    assertThat(run.cluster.claims()).hasSize(2);
  }

  private static OrdinalPod orphaned(OrdinalPod pod) {
    return PaperSets.of(pod, "orphaned", Optional.empty(), "db");
  }

  @Test
  @DisplayName("D01 pods of a deleted set run on while another finalizer holds it")
  void endsNoPodThatAnotherFinalizerMayNeed() {
    SetFacts set = set("db", 2, false, "data");
    run.with(set).start().settle();
    SetFacts held = run.cluster.set("db").orElseThrow();
    run.cluster.sets.put(
        "db", run.cluster.withVersion(held, 2, and(held.finalizers(), "example.org/backup"), true));

    run.live(60);

    assertThat(run.cluster.pods()).hasSize(2).noneMatch(OrdinalPod::isTerminating);
    assertThat(run.cluster.claims()).hasSize(2);
    SetFacts now = run.cluster.set("db").orElseThrow();
    run.cluster.sets.put("db", run.cluster.withVersion(now, 2, held.finalizers(), true));
    run.live(60);
    assertThat(run.cluster.set("db")).isEmpty();
    assertThat(run.cluster.claims()).isEmpty();
  }

  private static List<String> and(List<String> some, String one) {
    return Stream.concat(some.stream(), Stream.of(one)).toList();
  }

  @Test
  @DisplayName("D06 a clean-up that has begun unseen is not ended, and not asked for all the time")
  void endsNoCleanUpThatHasBegun() {
    run.with(set("db", 2, false, "data")).start().settle();
    run.cluster.scale("db", 1);
    run.cluster.control();
    run.cluster.reap();
    run.settle();
    run.cluster.requests.clear();
    run.cluster.run("db-1", PodPhase.RUNNING); // which the view does not know yet
    run.cluster.scale("db", 2);
    while (run.cluster.deliver(0)) {
      // of the set only
    }

    stepAll();

    assertThat(asked("DELETE pod db-1")).isEqualTo(1);
    assertThat(run.cluster.pod("db-1").orElseThrow().isTerminating()).isFalse();
    for (int i = 0; i < 100; i++) {
      run.desk.pass(Duration.ofMillis(100));
      stepAll();
    }
    assertThat(asked("DELETE pod db-1")).isBetween(2L, 11L);
    assertThat(run.cluster.pod("db-1").orElseThrow().isTerminating()).isFalse();
    run.live(10);
    assertThat(run.cluster.pod("db-1").orElseThrow().controller()).isPresent();
  }

  @Test
  @DisplayName("D15 a claim that is to be left alone since the last look stays")
  void leavesAClaimAloneThatWasJustMarked() {
    run.with(set("db", 2, false, "data")).start().settle();
    run.cluster.scale("db", 1);
    run.cluster.control();
    run.cluster.reap();
    run.settle();
    run.cluster.run("db-1", PodPhase.RUNNING);
    run.settle();
    run.cluster.run("db-1", PodPhase.SUCCEEDED);
    run.cluster.deliverAll();
    ClaimFacts claim = run.cluster.claim("data-db-1").orElseThrow();
    run.cluster.claims.put(
        claim.name(),
        new ClaimFacts(
            claim.namespace(),
            claim.name(),
            claim.uid(),
            "marked",
            false,
            true,
            claim.createdAt())); // which the view does not know yet

    stepAll();

    assertThat(asked("DELETE claim data-db-1")).isEqualTo(1);
    assertThat(asked("DELETE pod db-1")).isZero();
    run.live(10);
    assertThat(run.cluster.claim("data-db-1").orElseThrow().isTerminating()).isFalse();
    assertThat(run.cluster.pod("db-1")).isEmpty();
  }
}
