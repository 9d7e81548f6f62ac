package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/**
 * L1 for form {@code controller}: random histories of a watcher, its drainers and the Node between
 * them, over the model of a cluster. The invariants of both cores are looked at in each of their
 * steps, those of the Node after each tenth of a second. {@code -Ddrainwatch.node-histories} says
 * how many, {@code -Ddrainwatch.seed} where the seeds begin.
 */
class TwoSidedInvariantsTest {
  private static final int BATCHES = 10;
  private static final int TOTAL = Integer.getInteger("drainwatch.node-histories", 100);
  private static final long FIRST_SEED = Long.getLong("drainwatch.seed", 1L);
  private static final int LENGTH = 40;

  @Provide
  Arbitrary<Integer> batches() {
    return Arbitraries.integers().between(0, BATCHES - 1);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void holdInEveryHistoryAndTheNodeIsGivenBack(@ForAll("batches") int batch) {
    int size = Math.max(1, TOTAL / BATCHES);
    for (int i = 0; i < size; i++) {
      TwoSidedHistory history = new TwoSidedHistory(FIRST_SEED + (long) batch * size + i);
      List<String> broken = history.play(LENGTH);
      assertThat(broken).as("%s", history).isEmpty();
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void holdWhereTheDrainerAcknowledgesForALostWatcher(@ForAll("batches") int batch) {
    int size = Math.max(1, TOTAL / BATCHES / 10); // minutes pass in each
    int sent = 0;
    for (int i = 0; i < size; i++) {
      TwoSidedHistory history =
          new TwoSidedHistory(FIRST_SEED + 7_000 + (long) batch * size + i, true);
      List<String> broken = history.play(LENGTH);
      assertThat(broken).as("%s", history).isEmpty();
      sent += history.sentOutside();
    }
    Statistics.label("sent in place of a watcher").collect(sent > 0);
  }
}
