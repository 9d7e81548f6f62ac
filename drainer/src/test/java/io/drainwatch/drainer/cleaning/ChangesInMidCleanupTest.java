package io.drainwatch.drainer.cleaning;

import static io.drainwatch.drainer.cleaning.CleanerRun.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.ObjectAnswer;
import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.Attempts;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cleaner at work while Nodes, templates and wishes change. */
class ChangesInMidCleanupTest {
  private static final String MENDED = "{\"spec\":{\"containers\":[{\"name\":\"mended\"}]}}";

  private final CleanerRun run = new CleanerRun();

  @AfterEach
  void noPromiseIsBroken() {
    assertThat(run.cluster.broken).isEmpty();
  }

  private OrdinalPod pod() {
    return run.cluster.pod("db-1").orElseThrow();
  }

  /** The clean-up pod of ordinal 1 is there, and the server has not been asked for anything. */
  private void cleanUpIsMade() {
    run.with(set("db", 2, false, "data")).start().settle();
    run.cluster.scale("db", 1);
    run.cluster.control();
    run.cluster.reap();
    run.settle();
    assertThat(pod().phase()).isEqualTo(PodPhase.PENDING);
    run.cluster.requests.clear();
    run.cluster.events.clear();
  }

  @Test
  @DisplayName("a clean-up pod bound before the cordon is not begun there, but on another Node")
  void beginsOnAnotherNode() {
    cleanUpIsMade();
    run.cluster.bind("db-1");
    run.settle();
    assertThat(pod().node()).isEqualTo("n0");

    run.cluster.maintain("n0", true);
    run.settle();

    assertThat(run.cluster.writes()).containsExactly("DELETE pod db-1");
    assertThat(run.cluster.events).containsExactly("CleanupMoved db pod db-1, Node n0");
    run.cluster.reap();
    run.settle();
    run.cluster.bind("db-1");
    assertThat(pod().node()).isEqualTo("n1");
    assertThat(pod().attempt()).isZero();
    run.live(5);
    assertThat(run.cluster.claims()).containsExactly("data-db-0");
    assertThat(run.told).doesNotContain("retried");
  }

  @Test
  @DisplayName("a clean-up that has begun unseen is not ended for a maintenance")
  void leavesWhatHasBegun() {
    cleanUpIsMade();
    run.cluster.bind("db-1");
    run.settle();
    run.cluster.begin("db-1"); // which the view does not know yet
    run.cluster.maintain("n0", true);
    while (run.cluster.deliver(3)) {
      // of the Nodes only
    }
    while (run.step()) {
      // all that is due
    }

    assertThat(run.cluster.writes()).containsExactly("DELETE pod db-1");
    assertThat(pod().isTerminating()).isFalse();
    run.pass(Duration.ofMinutes(1));
    assertThat(pod().isTerminating()).isFalse();
  }

  @Test
  @DisplayName("who binds pods to Nodes under maintenance all the same is not asked all the time")
  void doesNotLoop() {
    cleanUpIsMade();
    run.cluster.maintain("n0", true);
    for (int i = 0; i < 600; i++) {
      run.cluster
          .pod("db-1")
          .filter(pod -> pod.node().isEmpty())
          .ifPresent(
              pod ->
                  run.cluster.pods.put(
                      "db-1", PaperSets.of(pod, run.cluster.version(), "n0", false)));
      run.cluster.reap();
      run.pass(Duration.ofSeconds(1));
    }

    // at 0, 30, 90, 210 and 450 s and a little
    assertThat(run.cluster.writes().stream().filter("DELETE pod db-1"::equals)).hasSize(5);
    run.cluster.maintain("n0", false);
    run.live(10);
    assertThat(run.cluster.claims()).containsExactly("data-db-0");
  }

  @ParameterizedTest(name = "D06 request {0} from the end of the back-off on, afterwards {1}")
  @CsvSource({"1, true", "2, false", "2, true", "3, false"})
  void theAttemptSurvivesACrashBetweenDeletionAndCreation(int request, boolean afterwards) {
    cleanUpIsMade();
    for (int i = 0; i < 2; i++) {
      failOnce();
      run.pass(Duration.ofSeconds(30));
      run.cluster.reap();
      run.settle();
    }
    assertThat(pod().attempt()).isEqualTo(2);
    failOnce();
    run.cluster.requests.clear();
    // GET of the set, PATCH, DELETE, POST
    run.cluster.crashAt = request;
    run.cluster.crashesAfterwards = afterwards;

    run.pass(Duration.ofSeconds(41));
    run.cluster.reap();
    run.pass(Duration.ofSeconds(2));

    assertThat(run.crashes).isEqualTo(1);
    assertThat(pod().phase()).isEqualTo(PodPhase.PENDING);
    assertThat(pod().attempt()).isEqualTo(3);
  }

  private void failOnce() {
    run.cluster.run("db-1", PodPhase.RUNNING);
    run.cluster.run("db-1", PodPhase.FAILED);
    run.settle();
    assertThat(pod().phase()).isEqualTo(PodPhase.FAILED);
  }

  @Test
  @DisplayName("D06 a failed pod is not deleted before the next attempt is written down")
  void deletesNothingThatItCouldNotWriteDown() {
    cleanUpIsMade();
    failOnce();
    run.cluster.patchRefusal = Optional.of(new ObjectAnswer.Unclear("HTTP 500"));

    run.pass(Duration.ofSeconds(11));

    assertThat(run.cluster.writes()).containsExactly("PATCH set db");
    assertThat(pod().phase()).isEqualTo(PodPhase.FAILED);
    run.cluster.patchRefusal = Optional.empty();
    run.pass(Duration.ofSeconds(2));
    assertThat(pod().attempt()).isEqualTo(1);
  }

  @Test
  @DisplayName("D06 attempts that cannot be forgotten hold up no clean-up")
  void goesOnThoughItCannotForget() {
    run.with(set("db", 3, false, "data")).start().settle();
    SetFacts held = run.cluster.set("db").orElseThrow();
    run.cluster.sets.put(
        "db", PaperSets.of(held, run.cluster.version(), held.finalizers(), Attempts.of("3=1")));
    run.cluster.patchRefusal = Optional.of(new ObjectAnswer.Refused(422, false, "denied"));
    run.cluster.requests.clear();

    run.cluster.scale("db", 0);
    run.live(20);

    assertThat(run.cluster.writes()).contains("POST pod db-2", "POST pod db-1", "POST pod db-0");
    assertThat(run.cluster.claims()).isEmpty();
    run.cluster.patchRefusal = Optional.empty();
    run.pass(Term.RESYNC);
    assertThat(run.cluster.set("db").orElseThrow().attempts()).isEqualTo(Attempts.NONE);
  }

  @Test
  @DisplayName("D06 an attempt that cannot be written down holds up its own ordinal only")
  void goesOnWithOthersThoughItCannotWriteDown() {
    run.with(set("db", 3, true, "data")).start().settle();
    run.cluster.scale("db", 1);
    for (int i = 0; i < 2; i++) {
      run.cluster.control();
      run.cluster.reap();
      run.settle();
    }
    failOnce();
    run.cluster.run("db-2", PodPhase.RUNNING);
    run.settle();
    run.cluster.requests.clear();
    run.cluster.patchRefusal = Optional.of(new ObjectAnswer.Refused(422, false, "denied"));

    run.pass(Duration.ofSeconds(11));
    assertThat(run.cluster.writes()).containsExactly("PATCH set db");
    run.cluster.run("db-2", PodPhase.SUCCEEDED);
    run.pass(Duration.ofSeconds(10));

    assertThat(pod().phase()).isEqualTo(PodPhase.FAILED);
    assertThat(run.cluster.writes()).contains("DELETE claim data-db-2", "DELETE pod db-2");
    assertThat(run.cluster.writes()).doesNotContain("DELETE pod db-1");
    run.cluster.patchRefusal = Optional.empty();
    run.pass(Duration.ofSeconds(20));
    assertThat(pod().attempt()).isEqualTo(1);
  }

  @Test
  @DisplayName("D06 a failed pod that somebody deletes is made anew as the next try, not the first")
  void theAttemptSurvivesADeletionByOthers() {
    cleanUpIsMade();
    failOnce();
    run.pass(Duration.ofSeconds(11));
    assertThat(pod().attempt()).isEqualTo(1);
    failOnce();

    run.cluster.pods.remove("db-1");
    run.settle();

    assertThat(pod().attempt()).isEqualTo(1);
    assertThat(run.cluster.set("db").orElseThrow().attempts().byOrdinal()).containsEntry(1, 1);
    run.live(5);
    assertThat(run.cluster.claims()).containsExactly("data-db-0");
    assertThat(run.cluster.set("db").orElseThrow().attempts().byOrdinal()).isEmpty();
  }

  @Test
  @DisplayName("a running clean-up of an older template is made anew, and that is said")
  void makesAnewWhatAnOlderTemplateBegan() {
    cleanUpIsMade();
    run.cluster.run("db-1", PodPhase.RUNNING);
    run.settle();

    run.cluster.template("db", Optional.of(MENDED));
    run.settle();

    assertThat(run.cluster.writes()).containsExactly("DELETE pod db-1");
    assertThat(run.cluster.events).containsExactly("CleanupReplaced db pod db-1");
    String before = pod().template();
    run.cluster.reap();
    run.settle();
    assertThat(pod().template()).isNotEqualTo(before);
    run.live(5);
    assertThat(run.cluster.claims()).containsExactly("data-db-0");
  }

  @ParameterizedTest(name = "D16 {0}")
  @CsvSource({"skip", "annotation removed"})
  void scalesUpAgainWhereNoCleanUpIsWantedAnyMore(String wish) {
    cleanUpIsMade();
    run.cluster.run("db-1", PodPhase.RUNNING);
    run.settle();
    run.cluster.requests.clear();

    if (wish.equals("skip")) {
      run.cluster.skip("db", true);
    } else {
      run.cluster.template("db", Optional.empty());
    }
    run.cluster.scale("db", 2);
    run.live(5);

    assertThat(run.cluster.writes()).containsExactly("PATCH set db", "DELETE pod db-1");
    assertThat(run.cluster.events).containsExactly("CleanupDropped db pod db-1");
    assertThat(run.cluster.claims()).containsExactly("data-db-0", "data-db-1");
    assertThat(pod().controller()).isPresent();
  }

  @Test
  void theFinalizerIsSetOnTheVersionThatWasSeenWithoutAnotherLook() {
    run.with(set("db", 2, false, "data")).start().settle();

    assertThat(run.cluster.requests).containsExactly("PATCH set db");
  }

  @Test
  @DisplayName("D10 waits for the Nodes too, but where they cannot be seen not for ever")
  void waitsForTheNodesForAWhile() {
    run.with(set("db", 1, false, "data"));
    run.cluster.putClaim("data-db-1");
    run.start();
    deliverAllButNodes();
    assertThat(run.cluster.requests).isEmpty();

    run.desk.pass(Term.RESYNC);
    deliverAllButNodes();

    assertThat(run.cluster.writes()).containsExactly("PATCH set db", "POST pod db-1");
  }

  private void deliverAllButNodes() {
    boolean isNews = true;
    while (isNews) {
      isNews = run.cluster.deliver(0) || run.cluster.deliver(1) || run.cluster.deliver(2);
      while (run.step()) {
        isNews = true;
      }
    }
  }
}
