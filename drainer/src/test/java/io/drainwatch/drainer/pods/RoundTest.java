package io.drainwatch.drainer.pods;

import static io.drainwatch.drainer.pods.PodBuilder.CALM;
import static io.drainwatch.drainer.pods.PodBuilder.NOW;
import static io.drainwatch.drainer.pods.PodBuilder.aDaemon;
import static io.drainwatch.drainer.pods.PodBuilder.aPod;
import static io.drainwatch.drainer.pods.PodBuilder.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.PodBuilder.Here;
import io.drainwatch.drainer.pods.Round.Emptiness;
import io.drainwatch.drainer.pods.Round.WaitsFor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** kubernetes-drain.md, sections 5 (view age) and 7 (tiers and order). */
class RoundTest {
  private static final PodFacts DNS = aPod("dns").priorityClass("system-cluster-critical").build();
  private static final PodFacts PROXY = aPod("proxy").priorityClass("system-node-critical").build();
  private static final PodRules ONE_BY_ONE = rules(PodOption.VOLUME_PODS_ONE_BY_ONE);

  @Test
  void aTierOpensWhenTheEarlierOnesAreEmpty() {
    PodFacts web = aPod("web").build();
    assertThat(names(round(CALM, PROXY, DNS, web))).containsExactly("web");
    assertThat(names(round(CALM, PROXY, DNS))).containsExactly("dns");
    assertThat(names(round(CALM, PROXY))).containsExactly("proxy");
    assertThat(round(CALM, DNS, web).waiting())
        .singleElement()
        .extracting(Round.Waiting::cause)
        .isEqualTo(WaitsFor.EARLIER_TIER);
  }

  @Test
  void whatIsGoingOrMayFinishKeepsLaterTiersClosed() {
    PodFacts going = aPod("web").graceEndsIn(10).build();
    PodFacts working = aPod("job").labelled(Marks.DRAIN, "wait-completed").build();
    assertThat(round(CALM, DNS, going).open()).isEmpty();
    assertThat(round(CALM, DNS, working).open()).isEmpty();
    assertThat(round(CALM, PROXY, going).open()).as("not only the tier just before").isEmpty();
  }

  @Test
  void whatIsHeldStuckOrStaysKeepsNobody() {
    PodFacts held = aPod("held").annotated(Marks.DO_NOT_EVICT, "true").build();
    PodFacts stuck = aPod("stuck").graceEndsIn(-100).build();
    Round round = round(CALM, PROXY, held, stuck, aDaemon("daemon").build());
    assertThat(names(round)).containsExactly("proxy");
    assertThat(round.emptiness()).isEqualTo(Emptiness.NOT_EMPTY);
  }

  @Test
  void aPodAtItsForcePointIsNotHeldByTiersAndComesFirst() {
    Circumstances at = new Here().forcing("uid-proxy").circumstances();
    assertThat(names(round(at, aPod("web").build(), DNS, PROXY))).containsExactly("proxy", "web");
  }

  @Test
  void withinATierRuleVolumesPriorityAndNameDecide() {
    PodRules rules =
        PodBuilder.by(
            new PodRule(
                "early",
                new LabelSelector(Map.of("go", "early"), List.of()),
                List.of(),
                List.of(),
                Optional.empty(),
                -1));
    Round round =
        Round.of(
            view(
                aPod("volume").volume("d", VolumeKind.CLAIM).priority(-5).build(),
                aPod("b").build(),
                aPod("high").priority(1000).build(),
                aPod("a").volume("token", VolumeKind.CONFIGURATION).build(),
                aPod("early").labelled("go", "early").priority(2000).build()),
            CALM,
            rules,
            progress(Map.of(), Map.of()));
    assertThat(names(round)).containsExactly("early", "a", "b", "high", "volume");
  }

  @Test
  void anOldViewJustifiesWaitingButNoEviction() {
    Circumstances forced = new Here().forcing("uid-web").circumstances();
    for (long age : new long[] {30_001, -1}) {
      Round round =
          Round.of(
              new PodView(List.of(aPod().build()), Optional.of(NOW.minusMillis(age))),
              forced,
              rules(),
              progress(Map.of(), Map.of()));
      assertThat(round.open()).isEmpty();
      assertThat(round.waiting().getFirst().cause()).isEqualTo(WaitsFor.NEWER_VIEW);
      assertThat(round.emptiness()).isEqualTo(Emptiness.NOT_EMPTY);
    }
  }

  @Test
  void aViewOf30SecondsIsStillGoodEnough() {
    PodView view = new PodView(List.of(aPod().build()), Optional.of(NOW.minusSeconds(30)));
    assertThat(Round.of(view, CALM, rules(), progress(Map.of(), Map.of())).open()).hasSize(1);
    PodView empty = new PodView(List.of(), Optional.of(NOW.minusSeconds(30)));
    assertThat(Round.of(empty, CALM, rules(), progress(Map.of(), Map.of())).emptiness())
        .isEqualTo(Emptiness.EMPTY);
  }

  @Test
  void countsWhatWatchAndListDisagreeOn() {
    PodFacts again = aPod("web").uid("new").build();
    assertThat(view(aPod("web").build(), DNS).disagreementsWith(view(again, DNS))).isEqualTo(2);
    assertThat(view(DNS).disagreementsWith(view(DNS))).isZero();
  }

  @Test
  void aPodWithoutAUidNeverHasATurn() {
    Circumstances at = new Here().forcing("").circumstances();
    Round round = round(at, aPod().uid("").build());
    assertThat(round.open()).isEmpty();
    assertThat(round.waiting().getFirst().cause()).isEqualTo(WaitsFor.UID);
  }

  @Test
  void weGoAfterEverybodyElseEvenWhenWeMay() {
    Circumstances at = new Here().weAre("uid-drainer", true).circumstances();
    Progress mayGo = new Progress(NOW, true, Map.of(), Map.of());
    PodFacts drainer = aPod("drainer").build();
    assertThat(names(Round.of(view(drainer, PROXY), at, rules(), mayGo))).containsExactly("proxy");
    assertThat(names(Round.of(view(drainer), at, rules(), mayGo))).containsExactly("drainer");
  }

  @Test
  void podsWithVolumesGoTogetherUnlessToldOtherwise() {
    assertThat(names(round(CALM, disk("a").build(), disk("b").build()))).containsExactly("a", "b");
  }

  @Test
  void podsWithVolumesGoOneByOneByOption() {
    Round round = oneByOne(progress(Map.of(), Map.of()), disk("a"), disk("b"), aPod("web"));
    assertThat(names(round)).containsExactly("web", "a");
    assertThat(round.waiting())
        .singleElement()
        .extracting(Round.Waiting::cause)
        .isEqualTo(WaitsFor.VOLUMES_OF_OTHERS);
  }

  @Test
  void theNextWaitsUntilTheVolumesAreDetachedOrTheTimeIsOver() {
    Progress none = progress(Map.of(), Map.of());
    assertThat(names(oneByOne(none, disk("a").graceEndsIn(10), disk("b"), aPod("web"))))
        .containsExactly("web");
    assertThat(names(oneByOne(none, aPod("plain").graceEndsIn(10), disk("b"))))
        .as("a pod without volumes holds up nobody")
        .containsExactly("b");
    assertThat(names(oneByOne(progress(Map.of(), Map.of("a", NOW.minusSeconds(119))), disk("b"))))
        .isEmpty();
    assertThat(names(oneByOne(progress(Map.of(), Map.of("a", NOW.minusSeconds(120))), disk("b"))))
        .containsExactly("b");
  }

  @Test
  void aRefusedPodWithVolumesDoesNotHoldUpTheOthers() {
    assertThat(names(oneByOne(progress(Map.of("uid-a", NOW), Map.of()), disk("a"), disk("b"))))
        .containsExactly("b");
    Map<String, Instant> both = Map.of("uid-a", NOW.minusSeconds(5), "uid-b", NOW);
    assertThat(names(oneByOne(progress(both, Map.of()), disk("a"), disk("b"))))
        .as("whoever waits longest is asked for next")
        .containsExactly("a");
  }

  @Test
  void theForcePointDoesNotWaitForVolumes() {
    Circumstances at = new Here().forcing("uid-b").circumstances();
    Round round =
        Round.of(
            view(disk("a").graceEndsIn(10).build(), disk("b").build()),
            at,
            ONE_BY_ONE,
            progress(Map.of(), Map.of()));
    assertThat(names(round)).containsExactly("b");
  }

  private static PodBuilder disk(String name) {
    return aPod(name).volume("disk", VolumeKind.CLAIM);
  }

  private static Round oneByOne(Progress progress, PodBuilder... pods) {
    PodFacts[] facts = new PodFacts[pods.length];
    for (int i = 0; i < pods.length; i++) {
      facts[i] = pods[i].build();
    }
    return Round.of(view(facts), CALM, ONE_BY_ONE, progress);
  }

  private static Round round(Circumstances at, PodFacts... pods) {
    return Round.of(view(pods), at, rules(), progress(Map.of(), Map.of()));
  }

  private static PodView view(PodFacts... pods) {
    return new PodView(List.of(pods), Optional.of(NOW));
  }

  private static Progress progress(
      Map<String, Instant> refusedAt, Map<String, Instant> detachingSince) {
    return new Progress(NOW, false, refusedAt, detachingSince);
  }

  private static List<String> names(Round round) {
    return round.open().stream().map(each -> each.pod().name()).toList();
  }
}
