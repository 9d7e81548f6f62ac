package io.drainwatch.drainer.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/**
 * Whatever happens in whatever order, to several sets whose names begin with each other's, with a
 * view that lies behind, watches that are lost and processes that end at any request: no claim goes
 * whose clean-up has not succeeded, OrderedReady has never two pods, nothing is touched that is not
 * ours, nobody writes without the Lease, and every clean-up ends. All but the last are looked at by
 * {@link PaperCluster} and {@link CleanerRun} at each request, and after each step here.
 */
class CleaningPropertiesTest {

  @Provide
  Arbitrary<List<CleaningHistory.Happening>> histories() {
    Arbitrary<CleaningHistory.What> what =
        Arbitraries.frequencyOf(
            Tuple.of(12, Arbitraries.of(CleaningHistory.OF_PEOPLE)),
            Tuple.of(3, Arbitraries.of(CleaningHistory.OF_MACHINES)),
            Tuple.of(60, Arbitraries.of(CleaningHistory.ORDINARY)));
    return Combinators.combine(what, Arbitraries.integers().between(0, 239))
        .as(CleaningHistory.Happening::new)
        .list()
        .ofMinSize(150)
        .ofMaxSize(400);
  }

  @Property(tries = 300, seed = "20261121", shrinking = ShrinkingMode.BOUNDED)
  void cleansUpOnlyWhatSucceededAndEnds(
      @ForAll("histories") List<CleaningHistory.Happening> history, @ForAll boolean parallel) {
    CleaningHistory of = CleaningHistory.ofNamesThatBeginAlike(parallel);

    history.forEach(of::happens);

    of.endsWell();
    assertThat(of.claimsThatShouldBeGone()).isEmpty();
    assertThat(of.claimsThatAreMissing()).isEmpty();
    assertThat(of.requestsOfTheNextMinute()).isEmpty();
  }

  @Property(tries = 100, seed = "20261122", shrinking = ShrinkingMode.BOUNDED)
  void touchesNoClaimWhoseNameFitsTwoSets(
      @ForAll("histories") List<CleaningHistory.Happening> history, @ForAll boolean parallel) {
    CleaningHistory of = CleaningHistory.ofNamesThatFitTwoSets(parallel);

    history.forEach(of::happens);

    of.endsWell();
    assertThat(of.claimsThatAreMissing()).isEmpty();
    assertThat(of.requestsOfTheNextMinute()).isEmpty();
  }
}
