package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.drainwatch.drainer.promises.PromisedFigure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * The invariants of lifecycle.md, looked at after every step of random histories: documents that
 * come, change, go and come back, errors, crashes at every moment of a step, reboots, a full disk,
 * clocks that are stepped, people who cordon, uncordon, drain and resume. A failure shows its seed
 * and the shortest history found.
 */
class InvariantsTest {

  @Provide
  Arbitrary<Integer> batches() {
    return Arbitraries.integers().between(0, Histories.BATCHES - 1);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void i1AcknowledgesNothingThatIsNotDurablyDrained(@ForAll("batches") int batch) {
    holds("I1", batch);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void i2EvictsOnlyAfterTheCordon(@ForAll("batches") int batch) {
    holds("I2", batch);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void i3UndoesOnlyWhatTheRecordCallsOurs(@ForAll("batches") int batch) {
    holds("I3", batch);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void i4NeverActsOnAnotherMachinesRecord(@ForAll("batches") int batch) {
    holds("I4", batch);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void i5NeverTriesAgainWithinASecond(@ForAll("batches") int batch) {
    holds("I5", batch);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void i6GivesAtLeastASecondOfGrace(@ForAll("batches") int batch) {
    holds("I6", batch);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void i7StartsNothingForAnEventThatIsGone(@ForAll("batches") int batch) {
    holds("I7", batch);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void i8MovesADeadlineLaterOnlyWithEveryEvent(@ForAll("batches") int batch) {
    holds("I8", batch);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void i9EndsEveryEpisodeWithOneSummary(@ForAll("batches") int batch) {
    holds("I9", batch);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void i10NeverReadsAnErrorAsNoEvents(@ForAll("batches") int batch) {
    holds("I10", batch);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void everyEpisodeEndsAndNothingStaysCordonedOnceAllIsWell(@ForAll("batches") int batch) {
    holds("liveness", batch);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void runsPeerRemovedForNoEventThatIsOursOrCancelledOrDone(@ForAll("batches") int batch) {
    holds("peers", batch);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void timeAloneChangesNothingBeforeTheMomentOfTheTimetable(@ForAll("batches") int batch) {
    holds("timetable", batch);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void theShortWayOfAnIdleMachineEndsWhereTheLongOneDoes(@ForAll("batches") int batch) {
    holds("the same again", batch);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void neverThrows(@ForAll("batches") int batch) {
    holds("throws", batch);
  }

  @Example
  void noHistoryBreaksAnInvariantNorLeavesTheMachineCordoned() {
    assumeThat(Histories.total()).isGreaterThanOrEqualTo(2_000);
    int cordoned = 0;
    int violations = 0;
    for (int batch = 0; batch < Histories.BATCHES; batch++) {
      Map<String, String> broken = Histories.brokenIn(batch);
      cordoned += broken.containsKey("liveness") ? 1 : 0;
      violations += broken.size();
    }
    PromisedFigure invariants = PromisedFigure.named("F12");
    invariants.holds("histories", Histories.total());
    invariants.holds("violations", violations);
    PromisedFigure.named("F13").holds("left cordoned", cordoned);
  }

  @Example
  void theHistoriesGoEverywhere() {
    assumeThat(Histories.total()).isGreaterThanOrEqualTo(2_000);
    assertThat(Histories.seen().keySet())
        .containsAll(names(MaintenanceState.values()))
        .containsAll(names(Reason.values(), Reason.TOO_MANY_EVENTS, Reason.TOO_MANY_PEERS))
        .containsAll(names(Hook.values()))
        .contains(
            "Acknowledge", "Cordon", "StartEvictions", "StopEvictions", "Uncordon", "EndScript")
        .contains("the same again")
        .contains("owes start", "owes uncordon", "evicts after the start", "WouldRun")
        .contains("RETURNED COMPLETE", "CANCELLED STOPPED", "GONE COMPLETE", "OVERTAKEN COMPLETE")
        .contains("NODE_GONE STOPPED", "NODE_GONE COMPLETE")
        .contains("DEALLOCATED COMPLETE", "DEALLOCATED STARTED_FIRST");
  }

  private static List<String> names(Enum<?>[] all, Enum<?>... but) {
    return Arrays.stream(all)
        .filter(each -> !Arrays.asList(but).contains(each))
        .map(Enum::name)
        .toList();
  }

  private static void holds(String invariant, int batch) {
    String story = Histories.brokenIn(batch).get(invariant);
    assertThat(story).as("%s, %s", invariant, story).isNull();
  }
}
