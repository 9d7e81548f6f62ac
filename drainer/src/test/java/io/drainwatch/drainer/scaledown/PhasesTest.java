package io.drainwatch.drainer.scaledown;

import static io.drainwatch.drainer.scaledown.Scenes.NOW;
import static io.drainwatch.drainer.scaledown.Scenes.aPod;
import static io.drainwatch.drainer.scaledown.Scenes.aSet;
import static io.drainwatch.drainer.scaledown.Scenes.claims;
import static io.drainwatch.drainer.scaledown.Scenes.notices;
import static io.drainwatch.drainer.scaledown.Scenes.ours;
import static io.drainwatch.drainer.scaledown.Scenes.plan;
import static io.drainwatch.drainer.scaledown.Scenes.requests;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.PodPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of phases (scale-down.md, section 4): an orphaned ordinal, and one that is wanted. */
class PhasesTest {
  private static final List<ClaimFacts> CLAIMS = claims("data-db-0", "data-db-1");
  private static final SetFacts ORPHANED = aSet().replicas(1).build();
  private static final SetFacts WANTED = aSet().replicas(2).build();

  static Stream<Arguments> cells() {
    OrdinalPod failedLately =
        aPod("db-1").phase(PodPhase.FAILED).endedAt(NOW.minusSeconds(3)).build();
    OrdinalPod failed = aPod("db-1").phase(PodPhase.FAILED).endedAt(NOW.minusSeconds(11)).build();
    OrdinalPod terminating = aPod("db-1").phase(PodPhase.SUCCEEDED).terminating().build();
    OrdinalPod pending =
        aPod("db-1").phase(PodPhase.PENDING).createdAt(NOW.minusSeconds(60)).build();
    String again = "delete pod db-1 NOT_NEEDED";
    return Stream.of(
        Arguments.of("Pending", pending, List.of(), List.of(again)),
        Arguments.of("Running", ours("db-1", PodPhase.RUNNING), List.of(), List.of()),
        Arguments.of(
            "Succeeded",
            ours("db-1", PodPhase.SUCCEEDED),
            List.of("delete claim data-db-1", "delete pod db-1 DONE"),
            List.of("delete claim data-db-1", "delete pod db-1 DONE")),
        Arguments.of("Failed lately", failedLately, List.of(), List.of(again)),
        Arguments.of(
            "Failed",
            failed,
            List.of("record 1=1", "delete pod db-1 FAILED", "create db-1 1"),
            List.of(again)),
        Arguments.of("terminating", terminating, List.of(), List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void asInTheTable(String phase, OrdinalPod pod, List<String> orphaned, List<String> wanted) {
    assertThat(requests(plan(ORPHANED, CLAIMS, pod))).isEqualTo(orphaned);
    assertThat(requests(plan(WANTED, CLAIMS, pod))).isEqualTo(wanted);
  }

  @Test
  @DisplayName("D17 a pod that is Pending for ten minutes is said, with the scheduler's reason")
  void aPodThatIsPendingForTenMinutesIsSaid() {
    Instant created = NOW.minus(Ordinals.LONG_PENDING);
    OrdinalPod late =
        aPod("db-1").phase(PodPhase.PENDING).createdAt(created).told("no room").build();
    OrdinalPod early =
        aPod("db-1").phase(PodPhase.PENDING).createdAt(created.plusMillis(1)).build();

    assertThat(notices(plan(ORPHANED, CLAIMS, late))).containsExactly(Notice.CLEANUP_PENDING);
    assertThat(plan(ORPHANED, CLAIMS, late).words().getFirst().detail()).isEqualTo("db-1: no room");
    assertThat(plan(ORPHANED, CLAIMS, early).words()).isEmpty();
    assertThat(plan(ORPHANED, CLAIMS, early).again()).contains(NOW.plusMillis(1));
  }

  @Test
  void aPodWhoseClaimsAreGoneDoesNotWaitForThem() {
    OrdinalPod pending = aPod("db-1").phase(PodPhase.PENDING).build();
    OrdinalPod failed = aPod("db-1").phase(PodPhase.FAILED).build();

    assertThat(requests(plan(ORPHANED, claims("data-db-0"), pending)))
        .containsExactly("delete pod db-1 NOT_NEEDED");
    assertThat(requests(plan(ORPHANED, claims("data-db-0"), failed)))
        .containsExactly("delete pod db-1 NOT_NEEDED");
  }

  @Test
  void aPodThatIsStartedAgainAndAgainIsSaid() {
    assertThat(notices(plan(ORPHANED, CLAIMS, aPod("db-1").restarts(4).build()))).isEmpty();
    assertThat(notices(plan(ORPHANED, CLAIMS, aPod("db-1").restarts(5).build())))
        .containsExactly(Notice.CLEANUP_CRASH_LOOP);
  }

  @Test
  void aFailureIsSaidWithItsReason() {
    Plan plan =
        plan(ORPHANED, CLAIMS, aPod("db-1").phase(PodPhase.FAILED).told("exit code 3").build());

    assertThat(plan.words())
        .containsExactly(
            new Action.Say(Notice.CLEANUP_FAILED, "uid-of-pod-db-1", "db-1: exit code 3"));
  }

  @ParameterizedTest(name = "D06 attempt {0}: {1} s")
  @CsvSource({
    "0, 10",
    "1, 20",
    "2, 40",
    "3, 80",
    "4, 160",
    "5, 300",
    "6, 300",
    "1000000, 300",
    "2147483647, 300"
  })
  void backsOffTwiceAsLongEachTime(int attempt, int seconds) {
    OrdinalPod pod =
        aPod("db-1")
            .phase(PodPhase.FAILED)
            .attempt(attempt)
            .endedAt(NOW.minusSeconds(seconds).plusMillis(1))
            .build();

    assertThat(requests(plan(ORPHANED, CLAIMS, pod))).isEmpty();
    assertThat(plan(ORPHANED, CLAIMS, pod).again()).contains(NOW.plusMillis(1));
    assertThat(requests(ScaleDown.plan(ORPHANED, Scenes.around(CLAIMS, pod), NOW.plusMillis(1))))
        .hasSize(3);
  }

  @Test
  void anEndThatLiesAheadIsNotBelieved() {
    OrdinalPod pod =
        aPod("db-1").phase(PodPhase.FAILED).endedAt(NOW.plus(Duration.ofDays(1))).build();

    assertThat(requests(plan(ORPHANED, CLAIMS, pod))).hasSize(3);
  }

  @Test
  void aClaimThatIsYoungerThanThePodIsNotItsWork() {
    OrdinalPod pod = aPod("db-1").phase(PodPhase.SUCCEEDED).build();
    ClaimFacts young =
        new ClaimFacts(
            Scenes.SPACE, "data-db-1", "u", "1", false, false, pod.createdAt().plusSeconds(1));

    assertThat(requests(plan(ORPHANED, List.of(young), pod)))
        .containsExactly("delete pod db-1 DONE");
  }

  @Test
  void aClaimThatIsToBeLeftAloneIsNeitherMountedNorDeleted() {
    ClaimFacts skipped = new ClaimFacts(Scenes.SPACE, "data-db-1", "u", "1", false, true, NOW);
    SetFacts two = aSet().claimTemplates("data", "log").build();
    List<ClaimFacts> claims = Scenes.and(claims("log-db-1"), skipped);

    assertThat(requests(plan(two, claims))).isEmpty();
    assertThat(requests(plan(two, claims, ours("db-1", PodPhase.SUCCEEDED))))
        .containsExactly("delete claim log-db-1", "delete pod db-1 DONE");
    assertThat(requests(plan(two, claims, ours("db-1", PodPhase.PENDING))))
        .containsExactly("delete pod db-1 NOT_NEEDED");
  }

  @Test
  void aSetThatIsLeftAloneIsLetGo() {
    assertThat(requests(plan(aSet().leftAlone().build(), CLAIMS))).containsExactly("let go");
    assertThat(requests(plan(aSet().leftAlone().finalizers("a/b").build(), CLAIMS))).isEmpty();
  }
}
