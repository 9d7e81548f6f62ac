package io.drainwatch.drainer.pods;

import static io.drainwatch.drainer.pods.PodBuilder.CALM;
import static io.drainwatch.drainer.pods.PodBuilder.NOW;
import static io.drainwatch.drainer.pods.PodBuilder.aDaemon;
import static io.drainwatch.drainer.pods.PodBuilder.aPod;
import static io.drainwatch.drainer.pods.PodBuilder.owner;
import static io.drainwatch.drainer.pods.PodBuilder.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.PodBuilder.Here;
import io.drainwatch.drainer.pods.Round.Emptiness;
import io.drainwatch.drainer.pods.Round.WaitsFor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The checklist of kubernetes-drain.md, section 20, as far as judging decides it. */
class PodChecklistTest {

  @Test
  @DisplayName("K01 a replacement with the same name on another node is never evicted")
  void leavesTheReplacementOnAnotherNodeAlone() {
    PodFacts replacement = aPod("db-0").uid("new").onNode("n2").build();
    Round round = round(rules(), CALM, replacement);
    assertThat(round.pods())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.decision()).isInstanceOf(Decision.Ignore.class);
              assertThat(each.decision().why().text())
                  .isEqualTo("is not on this node: it is on 'n2'");
            });
    assertThat(round.open()).isEmpty();
    assertThat(round.emptiness()).as("the old UID counts as gone").isEqualTo(Emptiness.EMPTY);
  }

  @Test
  @DisplayName("K01 not even at a force point, or when it is bound nowhere")
  void leavesAPodWithoutANodeAlone() {
    Circumstances forced = new Here().forcing("new").circumstances();
    assertThat(round(rules(), forced, aPod("db-0").uid("new").onNode("n2").build()).open())
        .isEmpty();
    assertThat(round(rules(), forced, aPod("db-0").uid("new").onNode("").build()).open()).isEmpty();
  }

  @Test
  @DisplayName("K02 the same name again on this node is judged anew, by its UID")
  void judgesANewUidAnew() {
    Circumstances oldIsForced = new Here().forcing("old").circumstances();
    PodFacts old = aPod("db-0").uid("old").labelled(Marks.DRAIN, "wait-completed").build();
    PodFacts successor = aPod("db-0").uid("new").labelled(Marks.DRAIN, "wait-completed").build();
    assertThat(Classification.of(old, oldIsForced, rules())).isInstanceOf(Decision.Evict.class);
    assertThat(Classification.of(successor, oldIsForced, rules()))
        .isInstanceOf(Decision.WaitCompleted.class);
  }

  @Test
  @DisplayName(
      "K03 a pod that the scheduler bound after the cordon is evicted, and blocks the fence")
  void evictsALateArrival() {
    Round round =
        round(rules(), CALM, aPod().createdAgo(Duration.ZERO).phase(PodPhase.PENDING).build());
    assertThat(round.open()).hasSize(1);
    assertThat(round.emptiness()).isEqualTo(Emptiness.NOT_EMPTY);
  }

  @Test
  @DisplayName("K04 a pod that was bound past the scheduler is evicted, and the node is not empty")
  void evictsAPodBoundPastTheScheduler() {
    Round empty = round(rules(), CALM);
    Round later = round(rules(), CALM, aPod("bound-by-hand").ownedBy().build());
    assertThat(empty.emptiness()).isEqualTo(Emptiness.EMPTY);
    assertThat(later.emptiness()).isEqualTo(Emptiness.NOT_EMPTY);
    assertThat(later.open()).hasSize(1);
  }

  @Test
  @DisplayName("K05 a pod that tolerates everything and is pinned here stays, with a warning")
  void leavesWhatWouldComeStraightBack() {
    Decision decision = aPod().toleratingEverything().pinnedTo("n1").judged();
    assertThat(decision).isInstanceOf(Decision.Ignore.class);
    assertThat(decision.why().reason()).isEqualTo(PodReason.COMES_STRAIGHT_BACK);
    assertThat(decision.why().warning()).contains("would come straight back");
    assertThat(decision.blocksCompletion()).isFalse();
  }

  @Test
  @DisplayName("K05 tolerating alone, or being pinned elsewhere, is not enough")
  void evictsWhatOnlyTolerates() {
    assertThat(aPod().toleratingEverything().judged()).isInstanceOf(Decision.Evict.class);
    assertThat(aPod().toleratingEverything().pinnedTo("n2").judged())
        .isInstanceOf(Decision.Evict.class);
    assertThat(aPod().pinnedTo("n1").judged()).isInstanceOf(Decision.Evict.class);
  }

  @Test
  @DisplayName("K06 a pod of OpenKruise's DaemonSet is a daemon")
  void knowsDaemonSetsOfAnyGroup() {
    Decision decision =
        aPod().ownedBy(owner("apps.kruise.io/v1alpha1", "DaemonSet", true)).judged();
    assertThat(decision).isInstanceOf(Decision.Ignore.class);
    assertThat(decision.why().reason()).isEqualTo(PodReason.DAEMON);
  }

  @Test
  @DisplayName(
      "K07 a pod whose DaemonSet is gone does not block: only its own reference is looked at")
  void ignoresOrphansOfDaemonSets() {
    PodOwner gone = new PodOwner("apps/v1", "DaemonSet", "gone", "uid-of-nothing", true);
    Round round = round(rules(), CALM, aPod().ownedBy(gone).build());
    assertThat(round.pods().getFirst().decision()).isInstanceOf(Decision.Ignore.class);
    assertThat(round.emptiness()).isEqualTo(Emptiness.EMPTY);
  }

  @Test
  @DisplayName("K08 a static pod whose mirror lacks the annotation is known by its owner")
  void knowsStaticPodsByTheirOwner() {
    for (boolean isController : new boolean[] {true, false}) {
      Decision decision = aPod().ownedBy(owner("v1", "Node", isController)).judged();
      assertThat(decision).isInstanceOf(Decision.Ignore.class);
      assertThat(decision.why().reason()).isEqualTo(PodReason.STATIC);
    }
  }

  @Test
  @DisplayName("K09 a pending pod is evicted like any other")
  void evictsPendingPods() {
    assertThat(aPod().phase(PodPhase.PENDING).judged()).isInstanceOf(Decision.Evict.class);
  }

  @Test
  @DisplayName("K10 a finished Job's pod with an emptyDir is ignored, even with empty-dir: block")
  void ignoresFinishedPods() {
    for (PodPhase phase : List.of(PodPhase.SUCCEEDED, PodPhase.FAILED)) {
      Decision decision =
          aPod()
              .ownedBy(owner("batch/v1", "Job", true))
              .phase(phase)
              .volume("scratch", VolumeKind.EMPTY_DIR)
              .judged(PodOption.BLOCK_EMPTY_DIR, PodOption.WAIT_FOR_JOBS);
      assertThat(decision).isInstanceOf(Decision.Ignore.class);
      assertThat(decision.why().reason()).isEqualTo(PodReason.FINISHED);
    }
  }

  @Test
  @DisplayName("K11 a finalizer that is never removed blocks and is named, after stuck-after")
  void namesTheFinalizer() {
    PodBuilder waiting = aPod().graceEndsIn(-59).finalizers("example.com/backup");
    assertThat(waiting.judged()).isInstanceOf(Decision.Wait.class);

    Decision stuck = aPod().graceEndsIn(-60).finalizers("example.com/backup").judged();
    assertThat(stuck).isInstanceOf(Decision.Block.class);
    assertThat(stuck.why().text())
        .isEqualTo("is terminating for too long: finalizers 'example.com/backup'");
    assertThat(stuck.blocksCompletion()).isTrue();
  }

  @Test
  @DisplayName("K11 on a node that does not answer it is ignored")
  void ignoresTheFinalizerOnAnUnreachableNode() {
    Circumstances unreachable = new Here().notReady().circumstances();
    Decision decision =
        aPod().graceEndsIn(-60).finalizers("example.com/backup").judged(unreachable);
    assertThat(decision).isInstanceOf(Decision.Ignore.class);
    assertThat(decision.why().reason()).isEqualTo(PodReason.UNREACHABLE);
    assertThat(aPod().graceEndsIn(-59).judged(unreachable)).isInstanceOf(Decision.Wait.class);
  }

  @Test
  @DisplayName("K16 a pod without an owner is evicted with a warning, or held by policy")
  void warnsOfPodsWithoutAnOwner() {
    Decision evicted = aPod().ownedBy().judged();
    assertThat(evicted).isInstanceOf(Decision.Evict.class);
    assertThat(evicted.why().warning()).contains("will not be recreated");

    Decision held = aPod().ownedBy().judged(PodOption.BLOCK_UNMANAGED);
    assertThat(held).isInstanceOf(Decision.Hold.class);
    assertThat(held.why().reason()).isEqualTo(PodReason.UNMANAGED);
  }

  @Test
  @DisplayName("K17 of two owners only the controller counts")
  void countsOnlyTheController() {
    PodOwner other = owner("apps/v1", "DaemonSet", false);
    assertThat(aPod().ownedBy(other, owner("apps/v1", "ReplicaSet", true)).judged())
        .isInstanceOfSatisfying(
            Decision.Evict.class,
            evict -> {
              assertThat(evict.tier()).isEqualTo(Tier.ORDINARY);
              assertThat(evict.why().warning()).isEmpty();
            });
    assertThat(aPod().ownedBy(other).judged(PodOption.BLOCK_UNMANAGED))
        .as("an owner that is not the controller recreates nothing")
        .isInstanceOf(Decision.Hold.class);
  }

  @Test
  @DisplayName("K19 wait-completed that never completes is released at the force point")
  void releasesWaitCompletedAtTheForcePoint() {
    PodBuilder pod = aPod().labelled(Marks.DRAIN, "wait-completed");
    assertThat(pod.judged()).isInstanceOf(Decision.WaitCompleted.class);
    Decision released = pod.judged(new Here().forcing("uid-web").circumstances());
    assertThat(released).isInstanceOf(Decision.Evict.class);
    assertThat(released.why().text())
        .isEqualTo(
            "was held until its force point: may run until it has finished, label"
                + " drainwatch.io/drain");
  }

  @Test
  @DisplayName("K20 a do-not-evict duration that ends in mid-drain holds the pod until then")
  void holdsUntilTheDurationEnds() {
    PodBuilder pod = aPod().createdAgo(Duration.ofMinutes(20)).annotated(Marks.DO_NOT_EVICT, "30m");
    assertThat(pod.judged())
        .isInstanceOfSatisfying(
            Decision.Hold.class,
            hold -> assertThat(hold.until()).contains(NOW.plus(Duration.ofMinutes(10))));
    assertThat(pod.judged(in(Duration.ofMinutes(10).minusMillis(1))))
        .isInstanceOf(Decision.Hold.class);
    assertThat(pod.judged(in(Duration.ofMinutes(10)))).isInstanceOf(Decision.Evict.class);
  }

  @Test
  @DisplayName("K23 our own pod never goes before the acknowledgement, not even at its force point")
  void goesLastItself() {
    Circumstances at = new Here().weAre("uid-drainer", true).forcing("uid-drainer").circumstances();
    PodView view = new PodView(List.of(aPod("drainer").build()), Optional.of(NOW));

    Round before = Round.of(view, at, rules(), progress(NOW, false));
    assertThat(before.open()).isEmpty();
    assertThat(before.waiting())
        .singleElement()
        .extracting(Round.Waiting::cause)
        .isEqualTo(WaitsFor.ACKNOWLEDGEMENT);
    assertThat(before.emptiness()).as("we do not wait for ourselves").isEqualTo(Emptiness.EMPTY);

    assertThat(Round.of(view, at, rules(), progress(NOW, true)).open()).hasSize(1);
  }

  @Test
  @DisplayName("K23 a watcher stays")
  void theWatcherStays() {
    Circumstances at = new Here().weAre("uid-watcher", false).circumstances();
    Decision decision = aPod("watcher").judged(at, PodOption.EVICT_DAEMONS);
    assertThat(decision).isInstanceOf(Decision.Ignore.class);
    assertThat(decision.why().reason()).isEqualTo(PodReason.OURSELVES);
  }

  @Test
  @DisplayName("K39 an old view never concludes emptiness")
  void neverConcludesEmptinessFromAnOldView() {
    for (Optional<Instant> completeAt :
        List.of(
            Optional.<Instant>empty(),
            Optional.of(NOW.minusMillis(30_001)),
            Optional.of(NOW.plusSeconds(3600)))) {
      Round round =
          Round.of(
              new PodView(List.of(aDaemon("d").build()), completeAt),
              CALM,
              rules(),
              progress(NOW, false));
      assertThat(round.emptiness()).as("%s", completeAt).isEqualTo(Emptiness.NOT_KNOWN);
    }
  }

  @Test
  @DisplayName("K46 only the server's clock is compared with what the server wrote")
  void comparesMomentsOfOneClock() {
    Instant ours = NOW.plus(Duration.ofHours(1));
    PodView view = new PodView(List.of(aPod().graceEndsIn(10).build()), Optional.of(ours));
    Round round = Round.of(view, CALM, rules(), progress(ours, false));
    assertThat(round.pods().getFirst().decision()).isInstanceOf(Decision.Wait.class);
    assertThat(view.isFreshAt(ours)).isTrue();
  }

  @Test
  @DisplayName("K54 terminating pods of a node that is not ready do not block after stuck-after")
  void doesNotWaitForANodeThatIsNotReady() {
    Round round =
        round(rules(), new Here().notReady().circumstances(), aPod().graceEndsIn(-61).build());
    assertThat(round.emptiness()).isEqualTo(Emptiness.EMPTY);
  }

  private static Circumstances in(Duration time) {
    return new Here().after(time).circumstances();
  }

  private static Round round(PodRules rules, Circumstances at, PodFacts... pods) {
    return Round.of(new PodView(List.of(pods), Optional.of(NOW)), at, rules, progress(NOW, false));
  }

  private static Progress progress(Instant now, boolean ourselvesMayGo) {
    return new Progress(now, ourselvesMayGo, Map.of(), Map.of());
  }
}
