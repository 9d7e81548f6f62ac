package io.drainwatch.drainer.pods;

import static io.drainwatch.drainer.pods.PodBuilder.aDaemon;
import static io.drainwatch.drainer.pods.PodBuilder.aPod;
import static io.drainwatch.drainer.pods.PodBuilder.by;
import static io.drainwatch.drainer.pods.PodBuilder.owner;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.PodBuilder.Here;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The table of kubernetes-drain.md, section 6, row by row. */
class ClassificationTest {
  private static final Circumstances FORCED = new Here().forcing("uid-web").circumstances();

  @Test
  @DisplayName("row 2: the mirror's annotation counts, whatever its value")
  void ignoresMirrors() {
    Decision decision = aPod().annotated(Marks.MIRROR, "").judged();
    assertThat(decision.why().reason()).isEqualTo(PodReason.STATIC);
  }

  @Test
  @DisplayName("row 3: the drainer's own pod is in the last tier; if somebody ends it, it is left")
  void putsTheDrainerLast() {
    Circumstances at = new Here().weAre("uid-web", true).circumstances();
    assertThat(aPod().judged(at))
        .isInstanceOfSatisfying(
            Decision.Evict.class, evict -> assertThat(evict.tier()).isEqualTo(Tier.OURSELVES));
    assertThat(aPod().graceEndsIn(10).judged(at)).isInstanceOf(Decision.Ignore.class);
  }

  @Test
  @DisplayName("row 4: skip is obeyed; Cluster API's only by option")
  void skips() {
    assertThat(aPod().labelled(Marks.DRAIN, "skip").judged()).isInstanceOf(Decision.Ignore.class);
    PodBuilder other = aPod().labelled(Marks.CLUSTER_API_DRAIN, "skip");
    assertThat(other.judged()).isInstanceOf(Decision.Evict.class);
    assertThat(other.judged(PodOption.CLUSTER_API_SKIP)).isInstanceOf(Decision.Ignore.class);
  }

  @Test
  @DisplayName("row 5: daemons are evicted by option, where our taint keeps them away")
  void evictsDaemonsByOption() {
    Circumstances tainted = new Here().tainted().circumstances();
    assertThat(aDaemon("d").judged(tainted)).isInstanceOf(Decision.Ignore.class);
    assertThat(aDaemon("d").judged(tainted, PodOption.EVICT_DAEMONS))
        .isInstanceOfSatisfying(
            Decision.Evict.class, evict -> assertThat(evict.tier()).isEqualTo(Tier.BOUND_TO_NODE));
    assertThat(aDaemon("d").toleratingEverything().judged(tainted, PodOption.EVICT_DAEMONS))
        .isInstanceOf(Decision.Ignore.class);
    assertThat(aDaemon("d").judged(PodOption.EVICT_DAEMONS))
        .isInstanceOfSatisfying(
            Decision.Ignore.class,
            ignore ->
                assertThat(ignore.why().warning())
                    .contains("not evicted: only our taint would keep it away"));
    assertThat(aDaemon("d").graceEndsIn(5).judged(tainted, PodOption.EVICT_DAEMONS))
        .isInstanceOfSatisfying(
            Decision.Wait.class, wait -> assertThat(wait.tier()).isEqualTo(Tier.BOUND_TO_NODE));
  }

  @Test
  @DisplayName("rows 7 and 8: a terminating pod is waited for, whatever it or a rule wishes")
  void waitsForTerminatingPods() {
    assertThat(aPod().graceEndsIn(20).annotated(Marks.DO_NOT_EVICT, "true").judged())
        .isInstanceOf(Decision.Wait.class);
    for (PodBehaviour wanted :
        List.of(PodBehaviour.DRAIN, PodBehaviour.HOLD, PodBehaviour.WAIT_COMPLETED)) {
      assertThat(judged(aPod().graceEndsIn(20), rule("all", wanted)))
          .as("%s", wanted)
          .isInstanceOf(Decision.Wait.class);
      assertThat(judged(aPod().graceEndsIn(-61), rule("all", wanted)))
          .as("%s", wanted)
          .isInstanceOf(Decision.Block.class);
    }
  }

  @Test
  @DisplayName("row 7: a pod that ends late without a finalizer is said to")
  void saysThatNoFinalizerIsThere() {
    assertThat(aPod().graceEndsIn(-61).judged().why().detail())
        .isEqualTo("no finalizer, the node has not ended it");
    assertThat(aPod().graceEndsIn(-61).finalizers("a", "b", "c", "d", "e").judged().why().detail())
        .isEqualTo("finalizers 'a', 'b', 'c' and 2 more");
  }

  @Test
  @DisplayName("row 9: the annotations hold; those of others by option")
  void holds() {
    assertThat(aPod().annotated(Marks.DO_NOT_EVICT, "true").judged())
        .isInstanceOfSatisfying(Decision.Hold.class, hold -> assertThat(hold.until()).isEmpty());
    assertThat(aPod().annotated(Marks.DO_NOT_EVICT, "false").judged())
        .isInstanceOf(Decision.Evict.class);
    PodBuilder unsafe = aPod().annotated(Marks.SAFE_TO_EVICT, "false");
    assertThat(unsafe.judged()).isInstanceOf(Decision.Evict.class);
    assertThat(unsafe.judged(PodOption.SAFE_TO_EVICT)).isInstanceOf(Decision.Hold.class);
    assertThat(aPod().annotated(Marks.SAFE_TO_EVICT, "true").judged(PodOption.SAFE_TO_EVICT))
        .isInstanceOf(Decision.Evict.class);
    PodBuilder karpenter = aPod().annotated(Marks.DO_NOT_DISRUPT, "true");
    assertThat(karpenter.judged()).isInstanceOf(Decision.Evict.class);
    assertThat(karpenter.judged(PodOption.DO_NOT_DISRUPT)).isInstanceOf(Decision.Hold.class);
  }

  @Test
  @DisplayName("row 9: the force point releases what is on hold only with force-held")
  void releasesHeldPodsOnlyWithForceHeld() {
    PodBuilder held = aPod().annotated(Marks.DO_NOT_EVICT, "true");
    assertThat(held.judged(FORCED)).isInstanceOf(Decision.Hold.class);
    assertThat(held.judged(PodOption.FORCE_HELD)).isInstanceOf(Decision.Hold.class);
    Decision released = held.judged(FORCED, PodOption.FORCE_HELD);
    assertThat(released).isInstanceOf(Decision.Evict.class);
    assertThat(released.why().reason()).isEqualTo(PodReason.RELEASED);
  }

  @Test
  @DisplayName("row 9: a wish that cannot be read does not hold, and is named")
  void warnsOfAWishItCannotRead() {
    Decision decision = aPod().annotated(Marks.DO_NOT_EVICT, "tomorrow\u001b[2J").judged();
    assertThat(decision).isInstanceOf(Decision.Evict.class);
    assertThat(decision.why().warning())
        .contains(
            "annotation drainwatch.io/do-not-evict='tomorrow?[2J' is neither true nor a duration,"
                + " and does not count");
    Decision nobodyKnows =
        aPod().annotated(Marks.DO_NOT_EVICT, "1h").createdNobodyKnowsWhen().judged();
    assertThat(nobodyKnows).isInstanceOf(Decision.Evict.class);
    assertThat(nobodyKnows.why().warning().orElse("")).contains("not known since when");
  }

  @Test
  @DisplayName("row 10: pods of Jobs may finish by option")
  void waitsForJobsByOption() {
    PodBuilder job = aPod().ownedBy(owner("batch/v1", "Job", true));
    assertThat(job.judged()).isInstanceOf(Decision.Evict.class);
    assertThat(job.judged(PodOption.WAIT_FOR_JOBS)).isInstanceOf(Decision.WaitCompleted.class);
    assertThat(aPod().ownedBy(owner("example.com/v1", "Job", true)).judged(PodOption.WAIT_FOR_JOBS))
        .isInstanceOf(Decision.Evict.class);
    assertThat(aPod().labelled(Marks.DRAIN, "wait").judged().why().warning())
        .contains(
            "label drainwatch.io/drain='wait' is neither skip nor wait-completed, and does not"
                + " count");
  }

  @Test
  @DisplayName("row 11: empty-dir: block holds and names the volumes")
  void holdsForEmptyDirByOption() {
    PodBuilder pod =
        aPod()
            .volume("cache", VolumeKind.EMPTY_DIR)
            .volume("token", VolumeKind.CONFIGURATION)
            .volume("tmp", VolumeKind.EMPTY_DIR);
    assertThat(pod.judged()).isInstanceOf(Decision.Evict.class);
    Decision held = pod.judged(PodOption.BLOCK_EMPTY_DIR);
    assertThat(held).isInstanceOf(Decision.Hold.class);
    assertThat(held.why().text()).isEqualTo("would lose its emptyDir: volumes 'cache', 'tmp'");
  }

  @Test
  @DisplayName("row 13: the rest is evicted, in the tier of its priority class")
  void evictsTheRest() {
    assertThat(tierOf(aPod())).isEqualTo(Tier.ORDINARY);
    assertThat(tierOf(aPod().priorityClass("batch-low"))).isEqualTo(Tier.ORDINARY);
    assertThat(tierOf(aPod().priorityClass("system-cluster-critical")))
        .isEqualTo(Tier.CLUSTER_CRITICAL);
    assertThat(tierOf(aPod().priorityClass("system-node-critical"))).isEqualTo(Tier.NODE_CRITICAL);
  }

  @Test
  void whatIsOddIsEvictedAndSaid() {
    Decision decision =
        aPod().uid(" ").phase(PodPhase.of("Melting")).unreadable("spec.volumes[0]").judged();
    assertThat(decision).isInstanceOf(Decision.Evict.class);
    assertThat(decision.why().warning())
        .contains(
            "has no UID, so no request for it is safe; its phase is not known; could not be read:"
                + " 'spec.volumes[0]'");
  }

  @Test
  void theFirstRuleInTheFileCounts() {
    PodRule evict = rule("first", PodBehaviour.DRAIN);
    PodRule skip = rule("second", PodBehaviour.SKIP);
    assertThat(judged(aPod(), evict, skip)).isInstanceOf(Decision.Evict.class);
    assertThat(judged(aPod(), skip, evict)).isInstanceOf(Decision.Ignore.class);
    assertThat(judged(aPod(), rule("h", PodBehaviour.HOLD))).isInstanceOf(Decision.Hold.class);
    assertThat(judged(aPod(), rule("w", PodBehaviour.WAIT_COMPLETED)))
        .isInstanceOf(Decision.WaitCompleted.class);
  }

  @Test
  void rulesComeBeforeRow5ButNotBeforeRow4() {
    PodRule evict = rule("all", PodBehaviour.DRAIN);
    assertThat(judged(aDaemon("d"), evict))
        .isInstanceOfSatisfying(
            Decision.Evict.class,
            each -> {
              assertThat(each.tier()).isEqualTo(Tier.BOUND_TO_NODE);
              assertThat(each.why().warning()).contains("would come straight back");
            });
    assertThat(judged(aPod().annotated(Marks.DO_NOT_EVICT, "true"), evict))
        .isInstanceOf(Decision.Evict.class);
    assertThat(judged(aPod().phase(PodPhase.FAILED), evict)).isInstanceOf(Decision.Ignore.class);
    assertThat(judged(aPod().ownedBy(owner("v1", "Node", true)), evict))
        .isInstanceOf(Decision.Ignore.class);
    assertThat(judged(aPod().labelled(Marks.DRAIN, "skip"), evict))
        .isInstanceOf(Decision.Ignore.class);
    Circumstances at = new Here().weAre("uid-web", false).circumstances();
    assertThat(Classification.of(aPod().build(), at, by(evict)))
        .isInstanceOf(Decision.Ignore.class);
  }

  @Test
  void aRuleWithoutBehaviourOnlyOrders() {
    PodRule order =
        new PodRule("late", LabelSelector.EVERYTHING, List.of(), List.of(), Optional.empty(), 7);
    assertThat(judged(aDaemon("d"), order)).isInstanceOf(Decision.Ignore.class);
    assertThat(judged(aPod(), order))
        .isInstanceOfSatisfying(
            Decision.Evict.class, evict -> assertThat(evict.order().rule()).isEqualTo(7));
  }

  @Test
  void rulesSelectByLabelNamespaceAndController() {
    PodRule rule =
        new PodRule(
            "db",
            new LabelSelector(
                Map.of("app", "db"),
                List.of(
                    new LabelSelector.Requirement(
                        "tier", LabelSelector.Operator.NOT_IN, List.of("test")))),
            List.of("shop"),
            List.of(new OwnerSelector("StatefulSet", Optional.of("apps"))),
            Optional.of(PodBehaviour.SKIP),
            0);
    PodBuilder db = aPod().labelled("app", "db").ownedBy(owner("apps/v1", "StatefulSet", true));
    assertThat(judged(db, rule)).isInstanceOf(Decision.Ignore.class);
    assertThat(judged(db.labelled("tier", "test"), rule)).isInstanceOf(Decision.Evict.class);
    assertThat(judged(aPod().labelled("app", "db"), rule)).isInstanceOf(Decision.Evict.class);
    PodRule elsewhere =
        new PodRule(
            "other",
            LabelSelector.EVERYTHING,
            List.of("other"),
            List.of(),
            Optional.of(PodBehaviour.SKIP),
            0);
    assertThat(judged(aPod(), elsewhere)).isInstanceOf(Decision.Evict.class);
  }

  @Test
  void theTimeOfAHoldIsBounded() {
    assertThat(aPod().annotated(Marks.DO_NOT_EVICT, "999999999h".repeat(6)).judged())
        .isInstanceOf(Decision.Hold.class);
    assertThat(aPod().createdAgo(Duration.ofDays(1)).annotated(Marks.DO_NOT_EVICT, "1h").judged())
        .isInstanceOf(Decision.Evict.class);
  }

  private static Tier tierOf(PodBuilder pod) {
    return pod.judged().occupies().orElseThrow();
  }

  private static Decision judged(PodBuilder pod, PodRule... rules) {
    return Classification.of(pod.build(), PodBuilder.CALM, by(rules));
  }

  private static PodRule rule(String name, PodBehaviour behaviour) {
    return new PodRule(
        name, LabelSelector.EVERYTHING, List.of(), List.of(), Optional.of(behaviour), 0);
  }

  @Test
  @DisplayName("our own pod does not keep the Node from being drained, any other does")
  void onlyOurOwnPodMayStay() {
    Circumstances ours = new Here().weAre("uid-web", true).circumstances();
    assertThat(aPod().judged(ours).blocksCompletion()).isFalse();
    assertThat(aPod().judged().blocksCompletion()).isTrue();
  }

  @Test
  @DisplayName("row 9: until when a pod is to stay stands in the reason")
  void saysUntilWhenItIsHeld() {
    Decision held =
        aPod().createdAgo(Duration.ofMinutes(10)).annotated(Marks.DO_NOT_EVICT, "1h").judged();
    assertThat(held)
        .isInstanceOfSatisfying(
            Decision.Hold.class,
            hold ->
                assertThat(hold.why().text())
                    .contains(
                        "annotation " + Marks.DO_NOT_EVICT + ", until " + hold.until().get()));
  }

  @Test
  @DisplayName("Karpenter's annotation is called unreadable only where it counts")
  void callsKarpentersAnnotationOddByOptionOnly() {
    PodBuilder pod = aPod().annotated(Marks.DO_NOT_DISRUPT, "maybe");
    assertThat(pod.judged())
        .isInstanceOfSatisfying(
            Decision.Evict.class, evict -> assertThat(evict.why().warning()).isEmpty());
    assertThat(pod.judged(PodOption.DO_NOT_DISRUPT))
        .isInstanceOfSatisfying(
            Decision.Evict.class,
            evict ->
                assertThat(evict.why().warning().toString())
                    .contains(Marks.DO_NOT_DISRUPT, "maybe"));
  }
}
