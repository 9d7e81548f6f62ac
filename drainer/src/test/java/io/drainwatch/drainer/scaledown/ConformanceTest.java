package io.drainwatch.drainer.scaledown;

import static io.drainwatch.drainer.scaledown.Scenes.aPod;
import static io.drainwatch.drainer.scaledown.Scenes.aSet;
import static io.drainwatch.drainer.scaledown.Scenes.claims;
import static io.drainwatch.drainer.scaledown.Scenes.notices;
import static io.drainwatch.drainer.scaledown.Scenes.ours;
import static io.drainwatch.drainer.scaledown.Scenes.plan;
import static io.drainwatch.drainer.scaledown.Scenes.requests;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.Scenes.SetBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests of the controller of 2018, S01 to S17, with what is to follow here. */
class ConformanceTest {
  private static final List<ClaimFacts> TWO = claims("data-db-0", "data-db-1");
  private static final List<ClaimFacts> THREE = claims("data-db-0", "data-db-1", "data-db-2");

  static Stream<Arguments> rows() {
    return Stream.of(
        row(
            "S01 no claim templates, 2 claims",
            aSet().claimTemplates().finalizers(),
            TWO,
            List.of()),
        row("S02 no template, 2 claims", aSet().withoutTemplate().finalizers(), TWO, List.of()),
        row("S06 claims = replicas = 2", aSet().replicas(2), TWO, List.of()),
        row("S07 replicas 1, claims 0, 1", aSet(), TWO, List.of("create db-1 0")),
        row("S08 the same, pod -1 there", aSet(), TWO, List.of(), aPod("db-1").stateful().build()),
        row(
            "S09 replicas 0, claim 0",
            aSet().replicas(0),
            claims("data-db-0"),
            List.of("create db-0 0")),
        row("S10 OrderedReady, replicas 1, claims 0-2", aSet(), THREE, List.of("create db-2 0")),
        row(
            "S11 the same, Parallel",
            aSet().parallel(),
            THREE,
            List.of("create db-2 0", "create db-1 0")),
        row(
            "S12 pod -1 Succeeded",
            aSet(),
            TWO,
            List.of("delete claim data-db-1", "delete pod db-1 DONE"),
            ours("db-1", PodPhase.SUCCEEDED)),
        row(
            "S13 two claim templates, Succeeded",
            aSet().claimTemplates("data", "log"),
            claims("data-db-0", "data-db-1", "log-db-0", "log-db-1"),
            List.of("delete claim data-db-1", "delete claim log-db-1", "delete pod db-1 DONE"),
            ours("db-1", PodPhase.SUCCEEDED)),
        row(
            "S15 set terminating, claims 0-2",
            aSet().replicas(3).terminating(),
            THREE,
            List.of("create db-2 0")),
        row("S16 finalizer missing", aSet().finalizers(), TWO, List.of("hold")),
        row("S17 terminating, no claims", aSet().terminating(), List.of(), List.of("let go")));
  }

  private static Arguments row(
      String name,
      SetBuilder set,
      List<ClaimFacts> claims,
      List<String> expected,
      OrdinalPod... pods) {
    return Arguments.of(name, set.build(), claims, List.of(pods), expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void asksForWhatTheTableSaysAndNothingElse(
      String name,
      SetFacts set,
      List<ClaimFacts> claims,
      List<OrdinalPod> pods,
      List<String> expected) {
    assertThat(requests(plan(set, claims, pods.toArray(OrdinalPod[]::new)))).isEqualTo(expected);
  }

  static Stream<Arguments> templates() {
    return Stream.of(
        Arguments.of("S03 template {bad json", "{bad json", "it is no JSON"),
        Arguments.of(
            "S04 containers not an array",
            "{\"spec\":{\"containers\":{\"name\":\"c\"}}}",
            "spec.containers is no list"),
        Arguments.of("S05 valid JSON, no pod", "{\"some\":\"thing\"}", "it is no pod"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("templates")
  void aTemplateThatIsNoneIsAnError(String name, String template, String why) {
    Plan plan = plan(aSet().template(template).build(), TWO);

    assertThat(requests(plan)).isEmpty();
    assertThat(notices(plan)).containsExactly(Notice.INVALID_TEMPLATE);
    assertThat(plan.words().getFirst().detail()).contains(why);
    assertThat(plan.standing().refusal()).isPresent();
  }

  static Stream<Arguments> volumes() {
    return Stream.of(
        Arguments.of(
            "S13 two claim templates", claims("data-db-0", "data-db-1", "log-db-0", "log-db-1")),
        Arguments.of("S14 one of two claims missing", claims("data-db-0", "data-db-1")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("volumes")
  void thePodHasAVolumeForEachClaimTemplate(String name, List<ClaimFacts> claims) {
    Plan plan = plan(aSet().claimTemplates("data", "log").build(), claims);

    assertThat(requests(plan)).containsExactly("create db-1 0");
    assertThat(((Action.CreatePod) plan.actions().getFirst()).json())
        .contains("\"claimName\":\"data-db-1\"", "\"claimName\":\"log-db-1\"");
  }
}
