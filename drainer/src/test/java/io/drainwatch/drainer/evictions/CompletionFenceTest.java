package io.drainwatch.drainer.evictions;

import static io.drainwatch.drainer.evictions.DrainRun.START;
import static io.drainwatch.drainer.evictions.Pods.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Section 12. */
class CompletionFenceTest {
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static PodList list(int begun, int ended, Pods... pods) {
    return new PodList(Arrays.stream(pods).map(Pods::pod).toList(), true, at(begun), at(ended));
  }

  private static NodeFacts node(int readAt) {
    return new NodeFacts(at(readAt), true, true, true, true);
  }

  private static FenceVerdict verdict(PodList first, PodList second, NodeFacts node) {
    return new CompletionFence(first, second, node, START, SETTLE, true, List.of()).verdict(at(20));
  }

  private static FenceVerdict ofNode(NodeFacts node) {
    return verdict(list(10, 11), list(13, 14), node);
  }

  @Test
  void passesWithTwoEmptyListsAndOurCordon() {
    assertThat(ofNode(node(14))).isEqualTo(new FenceVerdict.Passed());
  }

  @ParameterizedTest
  @EnumSource(PodDecision.class)
  void isHeldByEveryPodThatIsNotIgnored(PodDecision decision) {
    Pods pod = aPod("a").decided(decision);
    FenceVerdict second = verdict(list(10, 11), list(13, 14, pod), node(14));
    FenceVerdict first = verdict(list(10, 11, pod), list(13, 14), node(14));
    if (decision == PodDecision.IGNORE) {
      assertThat(second).isEqualTo(new FenceVerdict.Passed());
      assertThat(first).isEqualTo(new FenceVerdict.Passed());
    } else {
      assertThat(second).isEqualTo(new FenceVerdict.PodsLeft(List.of(pod.pod())));
      assertThat(first).isInstanceOf(FenceVerdict.ReadAgain.class);
    }
  }

  @Test
  void concludesNothingFromAListThatIsNotComplete() {
    PodList cached = new PodList(List.of(), false, at(13), at(14));
    assertThat(verdict(list(10, 11), cached, node(14))).isInstanceOf(FenceVerdict.ReadAgain.class);
    assertThat(verdict(cached, list(16, 17), node(17))).isInstanceOf(FenceVerdict.ReadAgain.class);
  }

  @Test
  void wantsTwoSecondsBetweenTheLists() {
    assertThat(verdict(list(10, 12), list(13, 14), node(14)))
        .isEqualTo(new FenceVerdict.ReadAgain("the lists are less than 2 s apart", at(14)));
  }

  @Test
  void wantsTheSecondListBegunAfterSettle() {
    assertThat(verdict(list(1, 1), list(5, 6), node(6)))
        .isInstanceOfSatisfying(
            FenceVerdict.ReadAgain.class, it -> assertThat(it.notBefore()).isAfter(at(5)));
    assertThat(verdict(list(1, 1), list(6, 6), node(6))).isEqualTo(new FenceVerdict.Passed());
  }

  @Test
  void wantsTheNodeReadAfterTheSecondList() {
    assertThat(ofNode(node(13))).isInstanceOf(FenceVerdict.ReadAgain.class);
  }

  @Test
  void tellsWhatIsWrongWithTheNode() {
    assertThat(ofNode(new NodeFacts(at(14), true, false, true, true)))
        .isEqualTo(new FenceVerdict.ForeignUncordon());
    assertThat(ofNode(new NodeFacts(at(14), true, true, false, true)))
        .isInstanceOf(FenceVerdict.NotOurs.class);
    assertThat(ofNode(new NodeFacts(at(14), true, true, true, false)))
        .isInstanceOf(FenceVerdict.NotOurs.class);
    assertThat(ofNode(new NodeFacts(at(14), false, false, false, false)))
        .isEqualTo(new FenceVerdict.NodeGone());
  }

  @Test
  void waitsForHooksAndVolumes() {
    for (boolean hooks : new boolean[] {false, true}) {
      FenceVerdict verdict =
          new CompletionFence(
                  list(10, 11), list(13, 14), node(14), START, SETTLE, hooks, List.of("disk-1"))
              .verdict(at(20));
      assertThat(verdict)
          .isInstanceOfSatisfying(
              FenceVerdict.Waiting.class,
              it -> assertThat(it.why()).contains(hooks ? "disk-1" : "hooks"));
    }
  }

  @Test
  void doesNotPassOnListsThatAreOld() {
    CompletionFence fence =
        new CompletionFence(list(10, 11), list(13, 14), node(14), START, SETTLE, true, List.of());
    assertThat(fence.verdict(at(44))).isEqualTo(new FenceVerdict.Passed());
    assertThat(fence.verdict(at(45))).isInstanceOf(FenceVerdict.ReadAgain.class);
  }
}
