package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code -Ddrainwatch.lint=1} lints every combination, else each fifth is. */
class EveryCombinationTest {
  private static final int COMBINATIONS = 2 * 2 * 2 * 3 * 2 * 3 * 2 * 2;
  private static final int LINTED_EACH = Integer.getInteger("drainwatch.lint", 5);

  private static final List<Function<Switches, Object>> SWITCHES =
      List.of(
          Switches::form,
          Switches::admissionPolicy,
          Switches::networkPolicy,
          Switches::monitoring,
          Switches::hostNetwork,
          Switches::hooks,
          Switches::atDeadline,
          Switches::stateDirectory);

  @BeforeAll
  static void needsHelm() {
    Chart.assumeHelm();
  }

  @Test
  void isTakenBySchemaAndPointsNowhere() {
    List<Switches> all = Switches.all().toList();
    assertThat(all).hasSize(COMBINATIONS).doesNotHaveDuplicates();

    all.parallelStream().forEach(EveryCombinationTest::check);
  }

  @Test
  void meetsEveryValueOfTheCleanUpInEveryOtherSwitch() {
    List<Function<Switches, Object>> others = SWITCHES.subList(1, SWITCHES.size());
    for (Function<Switches, Object> other : others) {
      Map<Object, Set<String>> met =
          Switches.all()
              .filter(each -> each.form().equals("controller"))
              .collect(
                  Collectors.groupingBy(
                      other, Collectors.mapping(Switches::scaleDown, Collectors.toSet())));
      assertThat(met.values())
          .allSatisfy(
              values ->
                  assertThat(values).containsExactlyInAnyOrderElementsOf(Switches.SCALE_DOWN));
    }
  }

  @Test
  void meetsWorkloadIdentityAndNoneInEveryOtherSwitch() {
    List<Function<Switches, Object>> others = new ArrayList<>(SWITCHES);
    others.add(Switches::scaleDown);
    for (Function<Switches, Object> other : others) {
      assertThat(
              Switches.all()
                  .collect(
                      Collectors.groupingBy(
                          other,
                          Collectors.mapping(Switches::workloadIdentity, Collectors.toSet())))
                  .values())
          .allSatisfy(met -> assertThat(met).containsExactlyInAnyOrder(true, false));
    }
  }

  private static void check(Switches switches) {
    try {
      Manifests manifests = Chart.render(switches.values());
      Wholeness.check(manifests);
      assertThat(manifests.all(Deployment.class).count())
          .isEqualTo(switches.form().equals("controller") ? 1 : 0);
      assertThat(manifests.all(ValidatingAdmissionPolicy.class).count())
          .isEqualTo(switches.admissionPolicy() ? 1 : 0);
      assertThat(manifests.monitors()).hasSize(switches.monitoring().equals("none") ? 0 : 1);
      long asking =
          switches.workloadIdentity()
              ? (switches.form().equals("controller") ? 1 : 0)
                  + (switches.watcherAsksAzure() ? 1 : 0)
              : 0;
      assertThat(manifests.pods().stream().filter(WorkloadIdentityTest::isMarked).count())
          .isEqualTo(asking);
      assertThat(manifests.all(ServiceAccount.class).filter(WorkloadIdentityTest::isMarked).count())
          .isEqualTo(asking);
      long apart = manifests.pods().size() - (switches.hostNetwork() ? 1 : 0);
      assertThat(manifests.all(NetworkPolicy.class).count())
          .isEqualTo(switches.networkPolicy() ? apart : 0);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(switches + ": " + e.getMessage(), e);
    }
  }

  @Test
  void isLintedStrictlyWithoutARemark() {
    linted().parallelStream()
        .forEach(
            switches -> {
              LintResult result = lint(switches);
              assertThat(result.getMessages()).as(switches.toString()).isEmpty();
              assertThat(result.isFailed()).as(switches.toString()).isFalse();
            });
  }

  private static List<Switches> linted() {
    List<Switches> all = Switches.all().toList();
    return IntStream.range(0, all.size())
        .filter(i -> i % LINTED_EACH == 0)
        .mapToObj(all::get)
        .toList();
  }

  @Test
  void everyTwoSwitchesAreLintedInEachOfTheirCombinations() {
    for (Function<Switches, Object> one : SWITCHES) {
      for (Function<Switches, Object> other : SWITCHES) {
        assertThat(pairs(linted().stream(), one, other))
            .isEqualTo(pairs(Switches.all(), one, other));
      }
    }
  }

  private static Set<List<Object>> pairs(
      Stream<Switches> of, Function<Switches, Object> one, Function<Switches, Object> other) {
    return of.map(each -> List.of(one.apply(each), other.apply(each))).collect(Collectors.toSet());
  }

  private static LintResult lint(Switches switches) {
    try {
      return Chart.lint(switches.values());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
