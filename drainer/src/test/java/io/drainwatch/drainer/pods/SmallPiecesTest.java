package io.drainwatch.drainer.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SmallPiecesTest {

  @Test
  void readsDurationsAsGoWritesThem() {
    Map.of(
            "90s", Duration.ofSeconds(90),
            "1h30m", Duration.ofMinutes(90),
            "1h0m0s", Duration.ofHours(1),
            "1.5h", Duration.ofMinutes(90),
            "250ms", Duration.ofMillis(250),
            " 10m ", Duration.ofMinutes(10))
        .forEach(
            (text, duration) ->
                assertThat(HoldWish.of(text)).as(text).isEqualTo(new HoldWish.For(duration)));
    assertThat(HoldWish.of("True")).isEqualTo(new HoldWish.WithoutEnd());
    assertThat(HoldWish.of("false")).isEqualTo(new HoldWish.None());
    for (String other : List.of("", "10", "m", "-5m", "1d", "10m!", "PT5M", "1m".repeat(33))) {
      assertThat(HoldWish.of(other)).as(other).isEqualTo(new HoldWish.Unreadable());
    }
    assertThat(new HoldWish.For(Duration.ofSeconds(Long.MAX_VALUE)).since(Instant.MIN))
        .isEqualTo(Instant.MAX);
  }

  @Test
  void toleratesAsTheSchedulerDoes() {
    Taint taint = new Taint("k", "v", "NoSchedule");
    assertThat(new Toleration("", "Exists", "", "").tolerates(taint)).isTrue();
    assertThat(new Toleration("k", "Exists", "", "").tolerates(taint)).isTrue();
    assertThat(new Toleration("k", "", "v", "NoSchedule").tolerates(taint)).isTrue();
    assertThat(new Toleration("k", "Equal", "w", "").tolerates(taint)).isFalse();
    assertThat(new Toleration("l", "Exists", "", "").tolerates(taint)).isFalse();
    assertThat(new Toleration("k", "Exists", "", "NoExecute").tolerates(taint)).isFalse();
    assertThat(new Toleration("", "Equal", "v", "").tolerates(taint)).isFalse();
    assertThat(new Toleration("k", "Gt", "1", "").tolerates(taint)).isFalse();
  }

  @Test
  void isPinnedOnlyWhenNoOtherNodeWouldDo() {
    Pinning.Term name = term("metadata.name", "In", "n1");
    Pinning.Term elsewhere = term("metadata.name", "In", "n2");
    Pinning.Term nothing = new Pinning.Term(List.of(), List.of());
    Pinning.Term host =
        new Pinning.Term(
            List.of(),
            List.of(new Pinning.Requirement("kubernetes.io/hostname", "In", List.of("h1"))));
    assertThat(pinned(Map.of())).isFalse();
    assertThat(pinned(Map.of("kubernetes.io/hostname", "h1"))).isTrue();
    assertThat(pinned(Map.of("kubernetes.io/hostname", "h2"))).isFalse();
    assertThat(pinned(Map.of(), name)).isTrue();
    assertThat(pinned(Map.of(), host)).isTrue();
    assertThat(pinned(Map.of(), name, host, nothing)).isTrue();
    assertThat(pinned(Map.of(), name, elsewhere)).as("one term is enough").isFalse();
    assertThat(pinned(Map.of(), nothing)).isFalse();
    assertThat(pinned(Map.of(), term("metadata.name", "NotIn", "n1"))).isFalse();
    assertThat(pinned(Map.of(), term("metadata.name", "In", "n1", "n2"))).isFalse();
    assertThat(pinned(Map.of(), term("metadata.name", "In"))).isFalse();
  }

  @Test
  void selectsLabelsAsKubernetesDoes() {
    assertThat(LabelSelector.EVERYTHING.matches(Map.of())).isTrue();
    assertThat(new LabelSelector(Map.of("a", "1"), List.of()).matches(Map.of("a", "2"))).isFalse();
    assertThat(matches(LabelSelector.Operator.IN, "1", "2")).isTrue();
    assertThat(matches(LabelSelector.Operator.IN, "2")).isFalse();
    assertThat(matches(LabelSelector.Operator.NOT_IN, "2")).isTrue();
    assertThat(matches(LabelSelector.Operator.NOT_IN, "1")).isFalse();
    assertThat(matches(LabelSelector.Operator.EXISTS)).isTrue();
    assertThat(matches(LabelSelector.Operator.DOES_NOT_EXIST)).isFalse();
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matches(LabelSelector.Operator.IN))
        .withMessageContaining("values are needed with IN and NOT_IN only");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matches(LabelSelector.Operator.EXISTS, "1"));
    assertThatIllegalArgumentException().isThrownBy(() -> new OwnerSelector(" ", Optional.empty()));
    assertThatIllegalArgumentException().isThrownBy(() -> rule(""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PodBuilder.by(rule("twice"), rule("twice")))
        .withMessage("two rules for pods are called 'twice'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PodRules(List.of(), Set.of(), Duration.ZERO, Duration.ZERO))
        .withMessageContaining("detach time-out PT0S must be positive");
    assertThatIllegalArgumentException().isThrownBy(() -> new Ourselves(Optional.of(" "), true));
  }

  @Test
  void namesOfReasonsAndPhasesAreStable() {
    assertThat(PodReason.DO_NOT_EVICT.word()).isEqualTo("do-not-evict");
    assertThat(PodPhase.of("Pending")).isEqualTo(PodPhase.PENDING);
    assertThat(PodPhase.of("pending")).isEqualTo(PodPhase.UNRECOGNISED);
    assertThat(PodPhase.of("")).isEqualTo(PodPhase.UNRECOGNISED);
    assertThat(VolumeKind.of("persistentVolumeClaim").isAttached()).isTrue();
    assertThat(VolumeKind.of("emptyDir").isAttached()).isFalse();
    assertThat(VolumeKind.of("holographic")).isEqualTo(VolumeKind.OTHER);
    assertThat(Tier.OURSELVES.number()).isEqualTo(4);
  }

  private static boolean matches(LabelSelector.Operator operator, String... values) {
    return new LabelSelector(
            Map.of(), List.of(new LabelSelector.Requirement("a", operator, List.of(values))))
        .matches(Map.of("a", "1"));
  }

  private static boolean pinned(Map<String, String> selector, Pinning.Term... terms) {
    return new Pinning(selector, List.of(terms)).isTo("n1", "h1");
  }

  private static Pinning.Term term(String key, String operator, String... values) {
    return new Pinning.Term(
        List.of(new Pinning.Requirement(key, operator, List.of(values))), List.of());
  }

  private static PodRule rule(String name) {
    return new PodRule(name, LabelSelector.EVERYTHING, List.of(), List.of(), Optional.empty(), 0);
  }

  @Test
  void aBudgetIsOfThePodsOfItsNamespaceThatItSelects() {
    LabelSelector web = new LabelSelector(Map.of("app", "web"), List.of());
    PodFacts pod = PodBuilder.aPod().labelled("app", "web").build();
    PodFacts other = PodBuilder.aPod().labelled("app", "db").build();
    DisruptionBudget budget = new DisruptionBudget(pod.namespace(), "b", Optional.of(web));
    assertThat(budget.selects(pod)).isTrue();
    assertThat(budget.selects(other)).isFalse();
    assertThat(new DisruptionBudget("elsewhere", "b", Optional.of(web)).selects(pod)).isFalse();
    assertThat(new DisruptionBudget(pod.namespace(), "b", Optional.empty()).selects(pod)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DisruptionBudget(" ", "b", Optional.of(web)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DisruptionBudget("shop", "", Optional.of(web)));
  }

  @Test
  void anOwnerIsSelectedByItsGroupTooWhereOneIsGiven() {
    PodFacts pod =
        PodBuilder.aPod().ownedBy(PodBuilder.owner("apps/v1", "StatefulSet", true)).build();
    assertThat(new OwnerSelector("StatefulSet", Optional.of("apps")).matches(pod)).isTrue();
    assertThat(new OwnerSelector("StatefulSet", Optional.empty()).matches(pod)).isTrue();
    assertThat(new OwnerSelector("StatefulSet", Optional.of("kruise.io")).matches(pod)).isFalse();
    assertThat(new OwnerSelector("ReplicaSet", Optional.of("apps")).matches(pod)).isFalse();
  }

  @Test
  void aVolumeIsAttachedAsItsKindIs() {
    for (VolumeKind kind : VolumeKind.values()) {
      assertThat(new PodVolume("v", kind).isAttached()).isEqualTo(kind.isAttached());
    }
    assertThat(VolumeKind.values()).anyMatch(VolumeKind::isAttached);
    assertThat(VolumeKind.values()).anyMatch(kind -> !kind.isAttached());
  }
}
