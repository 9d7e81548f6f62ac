package io.drainwatch.drainer.scaledown;

import static io.drainwatch.drainer.scaledown.Scenes.NOW;
import static io.drainwatch.drainer.scaledown.Scenes.aSet;
import static io.drainwatch.drainer.scaledown.Scenes.claims;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of claims and pods: V01 to V09, P02. */
class NamesTest {

  @ParameterizedTest(name = "V01 {3}")
  @CsvSource({
    "volume, foo, 0, volume-foo-0",
    "other, foo, 1, other-foo-1",
    "volume, bar, 1, volume-bar-1"
  })
  void aClaimIsNamedAfterTemplateSetAndOrdinal(
      String template, String set, int ordinal, String name) {
    assertThat(ClaimNames.name(template, set, ordinal)).isEqualTo(name);
  }

  @ParameterizedTest(name = "P02 {2}")
  @CsvSource({"foo, 0, foo-0", "foo, 1, foo-1", "bar, 1, bar-1"})
  void aPodIsNamedAfterSetAndOrdinal(String set, int ordinal, String name) {
    assertThat(aSet().named(set).build().podName(ordinal)).isEqualTo(name);
  }

  @ParameterizedTest(name = "V02 {0}")
  @CsvSource({
    "volume-statefulset-0, volume-statefulset, 0",
    "volume-statefulset-1, volume-statefulset, 1",
    "other-sts-1, other-sts, 1",
    "my-volume-my-sts-0, my-volume-my-sts, 0",
    "pvc-0, pvc, 0"
  })
  void aNameIsCutAtItsLastDash(String name, String stem, int ordinal) {
    assertThat(OrdinalName.of(name)).contains(new OrdinalName(stem, ordinal));
  }

  @ParameterizedTest(name = "V03 {0}")
  @ValueSource(strings = {"my-pvc", "my-own-pvc", "mypvc"})
  void aNameWithoutAnOrdinalIsNone(String name) {
    assertThat(OrdinalName.of(name)).isEmpty();
  }

  @ParameterizedTest(name = "D18 {0}")
  @ValueSource(
      strings = {
        "data-db-007",
        "data-db-00",
        "data-db-2147483648",
        "data-db-9999999999999",
        "data-db-٣",
        "data-db-",
        "data-db-+1",
        "data-db--1x",
        "-1",
        "1",
        ""
      })
  void onlyAnOrdinalAsKubernetesWritesItCounts(String name) {
    assertThat(OrdinalName.of(name)).isEmpty();
  }

  @Test
  @DisplayName("D18 the largest ordinal is 2^31-1")
  void theLargestOrdinalCounts() {
    assertThat(OrdinalName.of("data-db-2147483647"))
        .contains(new OrdinalName("data-db", Integer.MAX_VALUE));
  }

  static Stream<Arguments> groups() {
    return Stream.of(
        Arguments.of("V04 no claims", List.of(), Map.of()),
        Arguments.of(
            "V05 volume 0, 1, other volume 0",
            claims("data-db-0", "data-db-1", "log-db-0"),
            Map.of(0, 2, 1, 1)),
        Arguments.of(
            "V06 volume 0, 1, other volume 1, 2",
            claims("data-db-0", "data-db-1", "log-db-1", "log-db-2"),
            Map.of(0, 1, 1, 2, 2, 1)),
        Arguments.of(
            "V07 claim of another set; volume not of this set",
            claims("data-other-0", "cache-db-0", "data-db-1"),
            Map.of(1, 1)),
        Arguments.of(
            "V08 names of all kinds",
            claims(
                "mypvc",
                "mypvc1",
                "mypvc-1",
                "foo-bar",
                "foo-bar1",
                "foo-bar-1",
                "foo-bar-baz-1",
                "data-db-0"),
            Map.of(0, 1)),
        Arguments.of(
            "V09 terminating claim",
            List.of(
                new ClaimFacts(Scenes.SPACE, "data-db-1", "u", "1", true, false, NOW),
                new ClaimFacts("elsewhere", "data-db-2", "u", "1", false, false, NOW)),
            Map.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("groups")
  void claimsAreGroupedByOrdinal(
      String name, List<ClaimFacts> claims, Map<Integer, Integer> expected) {
    Map<Integer, Integer> grouped =
        ClaimNames.byOrdinal(aSet().claimTemplates("data", "log").build(), claims)
            .entrySet()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().size()));

    assertThat(grouped).isEqualTo(expected);
  }
}
