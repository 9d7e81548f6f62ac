package io.drainwatch.drainer.scaledown;

import static io.drainwatch.drainer.scaledown.Scenes.NOW;
import static io.drainwatch.drainer.scaledown.Scenes.aPod;
import static io.drainwatch.drainer.scaledown.Scenes.aSet;
import static io.drainwatch.drainer.scaledown.Scenes.claims;
import static io.drainwatch.drainer.scaledown.Scenes.notices;
import static io.drainwatch.drainer.scaledown.Scenes.plan;
import static io.drainwatch.drainer.scaledown.Scenes.requests;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.Scenes.PodBuilder;
import io.drainwatch.drainer.scaledown.Scenes.SetBuilder;
import io.drainwatch.drainer.scaledown.Standing.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a clean-up when something around it changes: its Node, its template, its set. */
class InMidCleanupTest {
  private static final List<ClaimFacts> CLAIMS = claims("data-db-0", "data-db-1");
  private static final String MENDED = "{\"spec\":{\"containers\":[{\"name\":\"mended\"}]}}";

  private static PodBuilder pending() {
    return aPod("db-1").phase(PodPhase.PENDING).createdAt(NOW.minusSeconds(60));
  }

  private static List<String> onNode(SetFacts set, boolean underMaintenance, OrdinalPod pod) {
    NodesAround nodes = NodesAround.of(List.of(new NodeStanding("n1", underMaintenance, Set.of())));
    return requests(
        ScaleDown.plan(set, new Surroundings(CLAIMS, List.of(pod), List.of(), nodes, false), NOW));
  }

  @Test
  void aPodThatHasNotBegunOnANodeUnderMaintenanceIsRemoved() {
    SetFacts set = aSet().build();

    assertThat(onNode(set, true, pending().on("n1").build()))
        .containsExactly("delete pod db-1 MAINTENANCE");
    assertThat(onNode(set, false, pending().on("n1").build())).isEmpty();
    assertThat(onNode(set, true, pending().on("n2").build())).isEmpty();
    assertThat(onNode(set, true, pending().build())).isEmpty();
  }

  @Test
  void aPodThatHasBegunStaysOnItsNode() {
    SetFacts set = aSet().build();

    assertThat(onNode(set, true, pending().on("n1").begun().build())).isEmpty();
    assertThat(onNode(set, true, aPod("db-1").on("n1").build())).isEmpty();
  }

  @Test
  @DisplayName("D06 what is made anew for a maintenance is no try")
  void aMoveIsNoTry() {
    SetFacts set = aSet().attempts("1=2").build();

    assertThat(onNode(set, true, pending().attempt(2).on("n1").build()))
        .containsExactly("delete pod db-1 MAINTENANCE");
    assertThat(requests(plan(set, CLAIMS))).containsExactly("create db-1 2");
    assertThat(requests(plan(aSet().build(), CLAIMS))).containsExactly("create db-1 0");
  }

  @Test
  void aPodWhoseFirstContainerHasStartedCountsAsRunning() {
    SetFacts wanted = aSet().replicas(2).build();

    assertThat(requests(plan(wanted, CLAIMS, pending().begun().build()))).isEmpty();
    assertThat(requests(plan(wanted, CLAIMS, pending().build())))
        .containsExactly("delete pod db-1 NOT_NEEDED");
  }

  @ParameterizedTest(name = "D06 D17 {0} replicas")
  @ValueSource(ints = {1, 2})
  void aPodThatIsStuckAfterItsInitContainerIsSaidToBe(int replicas) {
    SetFacts set = aSet().replicas(replicas).build();
    PodBuilder stuck = pending().begun().told("ImagePullBackOff (no such image)");

    Plan early = plan(set, CLAIMS, stuck.build());
    assertThat(notices(early)).isEmpty();
    assertThat(early.again()).contains(NOW.minusSeconds(60).plus(Ordinals.LONG_PENDING));
    assertThat(early.standing().ordinals().getFirst().stage()).isEqualTo(Stage.PENDING);

    Plan late = plan(set, CLAIMS, stuck.createdAt(NOW.minus(Duration.ofMinutes(11))).build());
    assertThat(requests(late)).isEmpty();
    assertThat(late.words())
        .containsExactly(
            new Action.Say(
                Notice.CLEANUP_PENDING,
                "uid-of-pod-db-1",
                "db-1, some of its containers have started, not all:"
                    + " ImagePullBackOff (no such image)"));
  }

  @Test
  void anInitContainerThatIsStartedAgainAndAgainIsSaidToBe() {
    assertThat(notices(plan(aSet().build(), CLAIMS, pending().begun().restarts(5).build())))
        .containsExactly(Notice.CLEANUP_CRASH_LOOP);
  }

  @Test
  @DisplayName("D06 a pod that waits after its init container does not keep a wanted ordinal back")
  void aPodThatWaitsAfterItsInitContainerMakesRoomWhenTheTemplateChanges() {
    SetFacts older = aSet().build();
    SetFacts wanted = aSet().template(MENDED).replicas(2).build();
    SetFacts unusable = aSet().template("{bad").replicas(2).build();
    OrdinalPod waits = pending().begun().madeFrom(older).build();
    OrdinalPod works = pending().atWork().madeFrom(older).build();

    assertThat(requests(plan(wanted, CLAIMS, waits))).containsExactly("delete pod db-1 DROPPED");
    assertThat(requests(plan(unusable, CLAIMS, waits)))
        .containsExactly("delete pod db-1 NOT_NEEDED");
    assertThat(requests(plan(aSet().template(MENDED).build(), CLAIMS, waits)))
        .containsExactly("delete pod db-1 REPLACED");
    assertThat(requests(plan(wanted, CLAIMS, works))).isEmpty();
    assertThat(requests(plan(unusable, CLAIMS, works))).isEmpty();
    assertThat(requests(plan(aSet().replicas(2).build(), CLAIMS, waits))).isEmpty();
  }

  @Test
  @DisplayName("D06 the next attempt is written down before the pod is deleted, and only once")
  void writesTheAttemptDown() {
    OrdinalPod failed =
        aPod("db-1").phase(PodPhase.FAILED).attempt(1).endedAt(NOW.minusSeconds(30)).build();

    assertThat(requests(plan(aSet().build(), CLAIMS, failed)))
        .containsExactly("record 1=2", "delete pod db-1 FAILED", "create db-1 2");
    assertThat(requests(plan(aSet().attempts("1=2").build(), CLAIMS, failed)))
        .containsExactly("delete pod db-1 FAILED", "create db-1 2");
    assertThat(
            ((Action.RecordAttempts) plan(aSet().build(), CLAIMS, failed).actions().get(1)).json())
        .isEqualTo(
            "[{\"op\":\"test\",\"path\":\"/metadata/resourceVersion\",\"value\":\"7\"},"
                + "{\"path\":\"/metadata/annotations/drainwatch.io~1scaledown-attempts\","
                + "\"op\":\"add\",\"value\":\"1=2\"}]");
  }

  @Test
  @DisplayName("D06 attempts are forgotten with the clean-up")
  void forgetsAttempts() {
    SetFacts set = aSet().attempts("1=2,4=1").build();

    assertThat(requests(plan(set, CLAIMS))).containsExactly("create db-1 2", "record 1=2");
    assertThat(requests(plan(set, claims("data-db-0")))).containsExactly("record ");
    assertThat(requests(plan(aSet().attempts("1=2").replicas(2).build(), CLAIMS)))
        .containsExactly("record ");
    assertThat(((Action.RecordAttempts) plan(set, claims("data-db-0")).actions().getFirst()).json())
        .endsWith(
            "{\"path\":\"/metadata/annotations/drainwatch.io~1scaledown-attempts\",\"op\":\"remove\"}]");
    assertThat(requests(plan(aSet().attempts("1=2").leftAlone().finalizers().build(), CLAIMS)))
        .containsExactly("let go");
    assertThat(
            requests(
                plan(aSet().attempts("1=2").retention(false, true).finalizers().build(), CLAIMS)))
        .containsExactly("create db-1 2");
  }

  @Test
  void attemptsThatCannotBeReadBeginAnew() {
    assertThat(Attempts.of("1=3,x,2=,=4,-1=2,3=99999999999,5=0,007=1,,8=2147483647").text())
        .isEqualTo("1=3,7=1,8=2147483647");
    assertThat(Attempts.of("")).isEqualTo(Attempts.NONE);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = PodPhase.class,
      names = {"PENDING", "RUNNING", "FAILED", "UNKNOWN"})
  void aPodOfAnOlderTemplateIsMadeAnewUnlessItsWorkIsDone(PodPhase phase) {
    SetFacts older = aSet().build();
    SetFacts mended = aSet().template(MENDED).attempts("1=3").build();
    OrdinalPod pod =
        aPod("db-1").phase(phase).madeFrom(older).attempt(3).endedAt(NOW).createdAt(NOW).build();

    assertThat(requests(plan(mended, CLAIMS, pod)))
        .containsExactly("delete pod db-1 REPLACED", "record ");
    assertThat(requests(plan(aSet().attempts("1=3").build(), CLAIMS, pod))).isEmpty();
    OrdinalPod unknown = aPod("db-1").phase(phase).endedAt(NOW).createdAt(NOW).build();
    assertThat(requests(plan(aSet().template(MENDED).build(), CLAIMS, unknown))).isEmpty();
  }

  @Test
  void theSameTemplateWithOtherSpacesAndOrderIsNoOther() {
    SetFacts before =
        aSet()
            .template(
                "{\"metadata\":{\"labels\":{\"a\":\"1\",\"b\":\"2\"}},\"spec\":{\"containers\":[{\"name\":\"c\"}]}}")
            .podDefault("tolerations", "[{\"key\":\"pool\",\"effect\":\"NoSchedule\"}]")
            .build();
    SetFacts after =
        aSet()
            .template(
                """
                { "spec": {"containers": [{"name": "c"}]},
                  "metadata": {"labels": {"b": "2", "a": "1"}} }
                """)
            .podDefault("tolerations", "[ {\"effect\":\"NoSchedule\", \"key\":\"pool\"} ]")
            .build();

    for (PodBuilder pod : List.of(pending(), pending().begun(), aPod("db-1"))) {
      assertThat(requests(plan(after, CLAIMS, pod.madeFrom(before).build()))).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"", "0a1b2c3d4e5f.0a1b2c3d4e5f", "v9.0a1b2c3d4e5f.0a1b2c3d4e5f", "v2..", "v2"})
  @DisplayName("a pod that tells in another version's way what it was made from is let alone")
  void doesNotReplaceWhatItCannotCompare(String told) {
    SetFacts set = aSet().template(MENDED).build();

    assertThat(requests(plan(set, CLAIMS, pending().madeFrom(told).build()))).isEmpty();
    assertThat(requests(plan(set, CLAIMS, aPod("db-1").madeFrom(told).build()))).isEmpty();
  }

  @Test
  void workThatIsDoneCountsWhateverTheTemplateSaysNow() {
    OrdinalPod done = aPod("db-1").phase(PodPhase.SUCCEEDED).madeFrom(aSet().build()).build();

    assertThat(requests(plan(aSet().template(MENDED).build(), CLAIMS, done)))
        .containsExactly("delete claim data-db-1", "delete pod db-1 DONE");
  }

  @Test
  @DisplayName("half-done work for an ordinal that is wanted again is finished by what began it")
  void workThatHasBegunIsFinishedWhereTheOrdinalIsWantedAgain() {
    SetFacts wanted = aSet().template(MENDED).replicas(2).build();

    assertThat(requests(plan(wanted, CLAIMS, aPod("db-1").madeFrom(aSet().build()).build())))
        .isEmpty();
  }

  @Test
  void aPodThatWaitsGetsWhatTheSetsOwnPodsTolerateNow() {
    SetFacts before = aSet().build();
    SetFacts now = aSet().podDefault("tolerations", "[{\"key\":\"pool\"}]").build();

    assertThat(requests(plan(now, CLAIMS, pending().madeFrom(before).build())))
        .containsExactly("delete pod db-1 REPLACED");
    assertThat(requests(plan(now, CLAIMS, pending().begun().madeFrom(before).build()))).isEmpty();
    assertThat(requests(plan(now, CLAIMS, aPod("db-1").madeFrom(before).build()))).isEmpty();
  }

  @ParameterizedTest(name = "D16 {0}")
  @EnumSource(PodPhase.class)
  void whereTheOwnerWantsNoCleanUpAnyMoreThePodGoesAndTheClaimsStay(PodPhase phase) {
    OrdinalPod pod = aPod("db-1").phase(phase).build();
    for (SetBuilder set :
        List.of(aSet().leftAlone(), aSet().withoutTemplate(), aSet().retention(true, false))) {
      assertThat(requests(plan(set.build(), CLAIMS, pod)))
          .containsExactly("let go", "delete pod db-1 DROPPED");
      assertThat(requests(plan(set.finalizers().build(), CLAIMS, pod)))
          .containsExactly("delete pod db-1 DROPPED");
    }
  }

  @Test
  @DisplayName("D16 what is not ours stays where no clean-up is wanted: of others, of 2018, going")
  void dropsOnlyItsOwn() {
    OrdinalPod[] others = {
      aPod("db-1").stateful().build(),
      aPod("db-2").ownedBy("db", "").build(),
      aPod("db-3").ownedBy("db", "older").build(),
      aPod("db-4").ownedBy("other", "uid-of-set").build(),
      aPod("db-5").terminating().build(),
      aPod("other-6").build()
    };

    assertThat(requests(plan(aSet().leftAlone().finalizers().build(), CLAIMS, others))).isEmpty();
  }

  @Test
  void aRunningPodIsDroppedWhenAClaimOfItsIsToBeLeftAlone() {
    ClaimFacts kept = new ClaimFacts(Scenes.SPACE, "data-db-1", "u", "1", false, true, NOW);

    assertThat(requests(plan(aSet().build(), List.of(kept), aPod("db-1").build())))
        .containsExactly("delete pod db-1 DROPPED");
  }

  @Test
  void aTemplateThatCannotBeUsedKeepsNoOrdinalThatIsWantedAgain() {
    SetFacts orphaned = aSet().template("{bad").build();
    SetFacts wanted = aSet().template("{bad").replicas(2).build();
    OrdinalPod failed = aPod("db-1").phase(PodPhase.FAILED).build();

    assertThat(requests(plan(wanted, CLAIMS, pending().build())))
        .containsExactly("delete pod db-1 NOT_NEEDED");
    assertThat(requests(plan(wanted, CLAIMS, failed)))
        .containsExactly("delete pod db-1 NOT_NEEDED");
    assertThat(requests(plan(wanted, CLAIMS, aPod("db-1").build()))).isEmpty();
    assertThat(requests(plan(wanted, CLAIMS, aPod("db-1").phase(PodPhase.SUCCEEDED).build())))
        .isEmpty();
    assertThat(requests(plan(orphaned, CLAIMS, pending().build()))).isEmpty();
  }
}
