package io.drainwatch.watcher.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of promises in ARCHITECTURE.md and docs/promises.md name tests; each must exist. */
class PromisesTest {
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)\\.([a-z]\\w*)`");
  private static final Pattern CLASS_ALONE = Pattern.compile("`([A-Z]\\w*Test)`");
  private static final String TABLES = "docs/promises.md";

  @ParameterizedTest
  @CsvSource({"ARCHITECTURE.md, 200", TABLES + ", 60"})
  void everyPromiseNamesATestThatExists(String file, int least) throws Exception {
    String text = Repository.text(file);
    List<MatchResult> named = NAMED.matcher(text).results().toList();

    assertThat(named).hasSizeGreaterThan(least);
    assertThat(named)
        .allSatisfy(
            test ->
                assertThat(Sources.named(test.group(1)))
                    .as(test.group())
                    .anyMatch(source -> source.contains("void " + test.group(2) + "(")));
    assertThat(CLASS_ALONE.matcher(text).results())
        .allSatisfy(test -> assertThat(Sources.named(test.group(1))).as(test.group()).isNotEmpty());
  }

  /**
   * Those of the specification's table "Promise -> test", each with the test that stands for it.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "neverAcknowledgesBeforeDrainedIsDurable",
        "acknowledgesOnlyTheEventItDrainedFor",
        "evictsNeverByNameAlone",
        "doesNotEvictReplacementOnAnotherNode",
        "keepsForeignCordon",
        "removesTheLoadBalancerLabelItSetAndNoOther",
        "keepsCordonWhenAskedTo",
        "ignoresRecordOfRecreatedNode",
        "neverTriesAPodTwiceWithinASecond",
        "sendsAtMostOneProbePerBudgetWhileBlocked",
        "neverSendsGraceZero",
        "neverLengthensAPodsGrace",
        "forcesAtDeadlineMinusGrace",
        "stopsWithinOneSecondOfCancel",
        "startsNoScriptAfterCancel",
        "deadlineOnlyTightens",
        "movesDeadlineLaterOnlyWhenEveryEventMoved",
        "everyEpisodeEndsWithExactlyOneSummary",
        "emptyBodyIsNotTheEndOfAnEvent",
        "errorBodyWithJsonIsNotADocument",
        "neverConcludesEmptyFromStaleView",
        "resumesWithRecordedDeadlineAfterKill",
        "doesNotRepeatFinishedHooks",
        "waitsForEveryVmTheEventNames",
        "neverAcknowledgesAnotherVmsEvent",
        "treatsWebhookDenial500AsBlocked",
        "onePodsRefusalDoesNotStopTheOthers",
        "surfacesMissingEvictionPermission",
        "sendsOneRequestPerTryWhateverTheClientLibraryDoes",
        "keepsTheCauseOf429",
        "preemptOvertakesARunningRebootDrain",
        "budgetNeverHoldsBackPreempt",
        "uncordonsOnlyAfterReadyIsStable",
        "staysCordonedWhileTheEventIsStarted",
        "dryRunTouchesNothingAndAcknowledgesNothing",
        "worksWithTheShippedRoleAndNothingMore",
        "watcherCannotPatchAnotherNode",
        "staysAliveWhenEverythingRemoteIsDown",
      })
  void everyNamedPromiseHasItsTest(String name) throws Exception {
    assertThat(Repository.text(TABLES).lines())
        .filteredOn(line -> line.contains(" | " + name + " | "))
        .singleElement()
        .satisfies(line -> assertThat(NAMED.matcher(line).results()).isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"L1", "L2", "L2b", "L3", "L4", "L5", "L6", "L7", "L8", "L9", "L10"})
  void everyLevelHasItsTestsOrSaysWhyNot(String level) throws Exception {
    assertThat(Repository.text(TABLES).lines())
        .filteredOn(line -> line.startsWith("| " + level + " |"))
        .singleElement()
        .satisfies(
            line -> assertThat(NAMED.matcher(line).find() || line.contains("| none: ")).isTrue());
  }

  @Test
  void everyIdOfTheScriptContractsIsATest() {
    String all = String.join("\n", Sources.all());

    for (int row = 1; row <= 24; row++) {
      assertThat(all).contains("\"H%02d ".formatted(row));
    }
    for (int row = 1; row <= 8; row++) {
      assertThat(all).containsIgnoringCase("c%02d ".formatted(row));
    }
  }
}
