package io.drainwatch.drainer.pods;

import static io.drainwatch.drainer.pods.PodBuilder.NODE;
import static io.drainwatch.drainer.pods.PodBuilder.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What holds for any pod, however odd, and for any round of them. */
class PodPropertiesTest {

  @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
  @Label("judging never throws, is the same each time, and what it says can be printed")
  void neverThrows(@ForAll long seed) {
    OddPods odd = new OddPods(seed);
    PodFacts pod = odd.pod();
    Circumstances at = odd.circumstances();
    PodRules rules = odd.rules();
    Decision decision = Classification.of(pod, at, rules);
    assertThat(Classification.of(pod, at, rules)).isEqualTo(decision);
    String said = decision.why().text() + decision.why().warning().orElse("");
    assertThat(said).hasSizeLessThan(2000);
    assertThat(said.chars().noneMatch(Character::isISOControl)).isTrue();
  }

  @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
  @Label("K01 only a living pod of this node is ever to go, and never a static one or a watcher")
  void evictsOnlyWhatMayGo(@ForAll long seed) {
    OddPods odd = new OddPods(seed);
    PodFacts pod = odd.pod();
    Circumstances at = odd.circumstances();
    if (Classification.of(pod, at, odd.rules()) instanceof Decision.Evict evict) {
      assertThat(pod.nodeName()).isEqualTo(NODE);
      assertThat(pod.isTerminating()).isFalse();
      assertThat(pod.phase()).isNotIn(PodPhase.SUCCEEDED, PodPhase.FAILED);
      assertThat(pod.annotations()).doesNotContainKey(Marks.MIRROR);
      assertThat(pod.owners()).noneMatch(owner -> owner.kind().equals("Node"));
      boolean isOurs = at.ourselves().podUid().equals(Optional.of(pod.uid()));
      assertThat(evict.tier() == Tier.OURSELVES).isEqualTo(isOurs);
      assertThat(isOurs && !at.ourselves().isDrainer()).isFalse();
      if (pod.phase() == PodPhase.UNRECOGNISED || !pod.unreadable().isEmpty()) {
        assertThat(evict.why().warning()).isPresent();
      }
    }
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  @Label("a round loses nobody, is the same for any order of the list, and trusts no old view")
  void roundsAreComplete(@ForAll long seed) {
    OddPods odd = new OddPods(seed);
    List<PodFacts> pods =
        new ArrayList<>(
            Stream.generate(odd::pod)
                .limit(12)
                .collect(
                    Collectors.toMap(
                        pod -> List.of(pod.uid(), pod.namespace(), pod.name()),
                        pod -> pod,
                        (one, other) -> one))
                .values());
    Circumstances at = odd.circumstances();
    PodRules rules = odd.rules();
    PodView view = new PodView(pods, odd.completeAt());
    Progress progress = odd.progress();
    Round round = Round.of(view, at, rules, progress);

    List<JudgedPod> toGo =
        round.pods().stream().filter(each -> each.decision() instanceof Decision.Evict).toList();
    List<JudgedPod> placed =
        Stream.concat(round.open().stream(), round.waiting().stream().map(Round.Waiting::judged))
            .toList();
    assertThat(placed).containsExactlyInAnyOrderElementsOf(toGo);
    assertThat(round.open()).noneMatch(each -> each.pod().uid().isBlank());
    if (!view.isFreshAt(NOW)) {
      assertThat(round.open()).isEmpty();
      assertThat(round.emptiness()).isNotEqualTo(Round.Emptiness.EMPTY);
    }
    Collections.shuffle(pods, new Random(seed));
    assertThat(Round.of(new PodView(pods, view.completeAt()), at, rules, progress))
        .isEqualTo(round);
  }

  @Example
  void theOddPodsMeetEveryDecision() {
    List<Class<?>> met =
        LongStream.range(0, 3000)
            .mapToObj(OddPods::new)
            .<Class<?>>map(
                odd -> Classification.of(odd.pod(), odd.circumstances(), odd.rules()).getClass())
            .distinct()
            .toList();
    assertThat(met).hasSize(Decision.class.getPermittedSubclasses().length);
  }
}
