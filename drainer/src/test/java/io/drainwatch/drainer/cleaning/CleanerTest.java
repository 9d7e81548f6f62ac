package io.drainwatch.drainer.cleaning;

import static io.drainwatch.drainer.cleaning.CleanerRun.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.ObjectAnswer;
import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The cleaner at work, on paper. */
class CleanerTest {
  private final CleanerRun run = new CleanerRun();

  @AfterEach
  void noPromiseIsBroken() {
    assertThat(run.cluster.broken).isEmpty();
  }

  @Test
  void cleansUpOneOrdinalAfterTheOther() {
    run.with(set("db", 3, false, "data", "log")).start().settle();
    run.cluster.scale("db", 1);

    run.live(30);

    assertThat(run.cluster.claims()).containsExactly("data-db-0", "log-db-0");
    assertThat(run.cluster.writes())
        .containsExactly(
            "PATCH set db",
            "POST pod db-2",
            "DELETE claim data-db-2",
            "DELETE claim log-db-2",
            "DELETE pod db-2",
            "POST pod db-1",
            "DELETE claim data-db-1",
            "DELETE claim log-db-1",
            "DELETE pod db-1");
    assertThat(run.cluster.events)
        .containsExactly(
            "SuccessfulCreate db db-2",
            "CleanupSuccess db db-2",
            "SuccessfulDelete db claim data-db-2",
            "SuccessfulDelete db claim log-db-2",
            "SuccessfulDelete db pod db-2",
            "SuccessfulCreate db db-1",
            "CleanupSuccess db db-1",
            "SuccessfulDelete db claim data-db-1",
            "SuccessfulDelete db claim log-db-1",
            "SuccessfulDelete db pod db-1");
    assertThat(run.told.stream().filter("claim deleted"::equals)).hasSize(4);
  }

  @Test
  void asksForNothingWhereNothingIsToBeDone() {
    run.with(set("db", 2, false, "data")).start().settle();
    run.cluster.requests.clear();

    run.live(300);

    assertThat(run.cluster.requests).isEmpty();
  }

  @Test
  @DisplayName("D06 a failed pod is made anew with back-off, and says so once for each pod")
  void triesAgain() {
    run.with(set("db", 2, false, "data")).start().settle();
    run.cluster.scale("db", 1);
    for (int i = 0; i < 100; i++) {
      run.live(pod -> pod.phase() == PodPhase.PENDING ? PodPhase.RUNNING : PodPhase.FAILED);
      run.pass(Duration.ofSeconds(1));
    }

    long made = run.cluster.writes().stream().filter("POST pod db-1"::equals).count();
    assertThat(made).isEqualTo(4); // at 0, 10, 30 and 70 s and a little
    assertThat(run.cluster.events.stream().filter(each -> each.startsWith("CleanupFailed")))
        .hasSizeBetween(3, 4)
        .allMatch(each -> each.contains("exit code 3"));
    assertThat(run.cluster.pod("db-1").orElseThrow().attempt()).isEqualTo(3);
    assertThat(run.told.stream().filter("retried"::equals)).hasSize(3);

    run.live(200);
    assertThat(run.cluster.claims()).containsExactly("data-db-0");
  }

  @Test
  @DisplayName("D06 the back-off survives a restart")
  void backsOffOverARestart() {
    run.with(set("db", 2, false, "data")).start().settle();
    run.cluster.scale("db", 1);
    run.live(6);
    run.with(set("db", 2, false, "data"));
    run.cluster.scale("db", 1);
    for (int i = 0; i < 20 && run.cluster.pod("db-1").filter(this::hasFailed).isEmpty(); i++) {
      run.live(pod -> pod.phase() == PodPhase.PENDING ? PodPhase.RUNNING : PodPhase.FAILED);
      run.pass(Duration.ofSeconds(1));
    }
    run.cluster.requests.clear();

    run.crash();
    run.pass(Duration.ofSeconds(5));

    assertThat(run.cluster.writes()).isEmpty();
    run.pass(Duration.ofSeconds(6));
    assertThat(run.cluster.writes())
        .containsExactly("PATCH set db", "DELETE pod db-1", "POST pod db-1");
  }

  private boolean hasFailed(OrdinalPod pod) {
    return pod.phase() == PodPhase.FAILED;
  }

  @Test
  @DisplayName("D06 a pod that does not run is removed when its ordinal is wanted again")
  void givesTheOrdinalBack() {
    run.with(set("db", 2, false, "data")).start().settle();
    run.cluster.scale("db", 1);
    run.cluster.control();
    run.cluster.reap();
    run.settle();
    assertThat(run.cluster.pod("db-1").orElseThrow().phase()).isEqualTo(PodPhase.PENDING);

    run.cluster.scale("db", 2);
    run.live(5);

    assertThat(run.cluster.claims()).containsExactly("data-db-0", "data-db-1");
    assertThat(run.cluster.pod("db-1").orElseThrow().controller()).isPresent();
  }

  @Test
  void aCleanUpThatRunsIsFinishedWhenTheOrdinalIsWantedAgain() {
    run.with(set("db", 2, false, "data")).start().settle();
    String before = run.cluster.claim("data-db-1").orElseThrow().uid();
    run.cluster.scale("db", 1);
    run.cluster.control();
    run.cluster.reap();
    run.settle();
    run.cluster.run("db-1", PodPhase.RUNNING);

    run.cluster.scale("db", 2);
    run.live(10);

    assertThat(run.cluster.claim("data-db-1").orElseThrow().uid()).isNotEqualTo(before);
    assertThat(run.cluster.pod("db-1").orElseThrow().controller()).isPresent();
  }

  @Test
  @DisplayName("D01 a set that is deleted is cleaned up whole, and then goes")
  void cleansUpADeletedSet() {
    run.with(set("db", 3, false, "data")).start().settle();
    run.cluster.delete("db");

    run.live(60);

    assertThat(run.cluster.set("db")).isEmpty();
    assertThat(run.cluster.claims()).isEmpty();
    assertThat(run.cluster.pods()).isEmpty();
    assertThat(run.told).contains("gone db");
    assertThat(run.cluster.writes().stream().filter(each -> each.startsWith("POST")))
        .containsExactly("POST pod db-2", "POST pod db-1", "POST pod db-0");
  }

  @Test
  @DisplayName("D01 pods whose set is gone are swept, their claims stay")
  void sweeps() {
    run.with(set("db", 1, false, "data"));
    run.cluster.putClaim("data-gone-3");
    run.cluster.putPod(ours("gone-3", "gone", "x"));
    run.cluster.putPod(ours("db-7", "db", "older"));

    run.start().settle();

    assertThat(run.cluster.writes()).contains("DELETE pod gone-3", "DELETE pod db-7");
    assertThat(run.cluster.claims()).contains("data-gone-3");
    run.cluster.reap();
    run.settle();
    run.cluster.putPod(ours("gone-4", "gone", "x"));
    run.settle();
    assertThat(run.cluster.pod("gone-4").orElseThrow().isTerminating()).isFalse();
    run.pass(Term.RESYNC);
    assertThat(run.cluster.pod("gone-4").orElseThrow().isTerminating()).isTrue();
  }

  @Test
  @DisplayName("D01 a pod is not swept while the server knows its set")
  void asksForTheSetBeforeItSweeps() {
    run.start().settle();
    run.cluster.put(set("db", 1, false, "data"));
    run.cluster.putPod(ours("db-1", "db", "uid-of-db"));
    while (run.cluster.deliver(2)) {
      // of the pods only
    }
    run.desk.pass(Term.RESYNC);
    while (run.step()) {
      // the resync
    }

    assertThat(run.cluster.requests).containsExactly("GET set db");
  }

  @Test
  @DisplayName("D01 a pod whose owner has a blank UID does not end the sweeps")
  void sweepsOnBehindABlankUid() {
    run.cluster.putPod(ours("gone-1", "gone", " "));
    run.start().settle();
    assertThat(run.cluster.pod("gone-1").orElseThrow().isTerminating()).isTrue();
    run.cluster.putPod(ours("gone-2", "gone", "x"));

    run.pass(Term.RESYNC);

    assertThat(run.cluster.pod("gone-2").orElseThrow().isTerminating()).isTrue();
  }

  @Test
  @DisplayName("D01 a pod that cannot be swept holds up neither the others nor the next sweep")
  void sweepsOnBehindAPodThatItCannotName() {
    run.cluster.putPod(ours("gone-1", " ", "x"));
    run.cluster.putPod(ours("gone-2", "gone", "x"));
    run.start().settle();
    assertThat(run.cluster.pod("gone-2").orElseThrow().isTerminating()).isTrue();
    run.cluster.putPod(ours("gone-3", "gone", "x"));

    run.pass(Term.RESYNC);

    assertThat(run.cluster.pod("gone-3").orElseThrow().isTerminating()).isTrue();
  }

  private static OrdinalPod ours(String name, String set, String uid) {
    return new OrdinalPod(
        PaperCluster.SPACE,
        name,
        "uid-" + name,
        "1",
        PodPhase.RUNNING,
        false,
        Optional.of(new OrdinalPod.Owner(set, uid)),
        Optional.empty(),
        Map.of(),
        CleanerRun.NOON,
        Optional.empty(),
        0,
        0,
        "",
        true,
        true,
        "",
        "");
  }

  @Test
  @DisplayName("D04 an error is tried again after 1 s, 2 s, 4 s and so on, up to 60 s")
  void backsOffAfterAnError() {
    run.with(set("db", 2, false, "data")).start().settle();
    run.cluster.scale("db", 1);
    run.cluster.refuseCreation(new ObjectAnswer.Unclear("HTTP 500"));
    run.cluster.control();
    run.cluster.reap();
    run.settle();
    for (int i = 0; i < 20; i++) {
      run.cluster.scale("db", 1); // news, which does not cut the wait short
      run.pass(Duration.ofSeconds(1));
    }
    // at 0, 1.1, 3.3, 7.7 and 16.5 s
    assertThat(run.cluster.writes().stream().filter("POST pod db-1"::equals)).hasSize(5);

    run.cluster.acceptCreation();
    run.live(40);
    assertThat(run.cluster.claims()).containsExactly("data-db-0");
  }

  @Test
  @DisplayName("D04 a finalizer that the server refuses is tried again with back-off")
  void backsOffWhereTheFinalizerIsRefused() {
    run.cluster.patchRefusal = Optional.of(new ObjectAnswer.Refused(422, false, "denied"));
    run.with(set("db", 1, false, "data")).start().settle();
    for (int i = 0; i < 20; i++) {
      run.pass(Duration.ofSeconds(1));
    }

    // at 0, 1.1, 3.3, 7.7 and 16.5 s
    assertThat(run.cluster.writes().stream().filter("PATCH set db"::equals)).hasSize(5);
    assertThat(run.told).contains("could not");
  }

  @Test
  void aPodThatTheServerRefusesIsSaidOnce() {
    run.with(set("db", 2, false, "data")).start().settle();
    run.cluster.scale("db", 1);
    run.cluster.refuseCreation(new ObjectAnswer.Refused(422, false, "no such image"));

    run.live(60);

    assertThat(run.cluster.events).containsExactly("FailedCreate db no such image");
    assertThat(run.told).contains("could not");
  }

  @Test
  @DisplayName("D16 in a namespace that ends the set is let go, and stays so")
  void letsGoWhereTheNamespaceEnds() {
    run.with(set("db", 2, false, "data")).start().settle();
    run.cluster.namespaceEnds = true;
    run.cluster.scale("db", 1);

    run.live(60);

    assertThat(run.cluster.writes())
        .containsExactly("PATCH set db", "POST pod db-1", "PATCH set db");
    assertThat(run.cluster.set("db").orElseThrow().finalizers()).isEmpty();
  }

  @Test
  void beginsNothingAfterTheLossOfTheLeadership() {
    run.with(set("db", 2, false, "data")).start().settle();
    run.cluster.scale("db", 1);
    run.cluster.control();
    run.cluster.reap();
    run.cluster.deliverAll();
    run.cluster.requests.clear();

    run.stop();
    run.live(100);

    assertThat(run.cluster.requests).isEmpty();
  }

  @Test
  void oneSetThatFailsDoesNotHoldUpAnother() {
    run.with(set("bad", 1, false, "data")).with(set("good", 2, false, "data"));
    run.cluster.put(invalid(run.cluster.set("bad").orElseThrow()));
    run.start().settle();
    run.cluster.scale("good", 1);

    run.live(20);

    assertThat(run.cluster.claims()).containsExactly("data-bad-0", "data-good-0");
    assertThat(run.cluster.events.stream().filter(e -> e.startsWith("InvalidTemplate"))).hasSize(1);
  }

  private static SetFacts invalid(SetFacts set) {
    return PaperSets.of(set, Optional.of(new SetFacts.Template("{bad", false)), false);
  }
}
