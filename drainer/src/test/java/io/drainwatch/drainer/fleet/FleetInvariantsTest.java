package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * L1 for a fleet: random histories of four Nodes with their watchers, a budget and the drainers
 * that lead one after the other. {@code -Ddrainwatch.node-histories} says how many, {@code
 * -Ddrainwatch.seed} where the seeds begin.
 */
class FleetInvariantsTest {
  private static final int BATCHES = 10;
  private static final int TOTAL = Integer.getInteger("drainwatch.node-histories", 30);
  private static final long FIRST_SEED = Long.getLong("drainwatch.seed", 1L);
  private static final int LENGTH = 40;

  static LongStream batches() {
    return LongStream.range(0, BATCHES);
  }

  @ParameterizedTest
  @MethodSource("batches")
  @DisplayName("I1 to I7 on each Node; the budget is kept, nobody waits in vain, all is given back")
  void holdInEveryHistory(long batch) {
    int size = Math.max(1, TOTAL / BATCHES);
    for (int i = 0; i < size; i++) {
      FleetHistory history = new FleetHistory(FIRST_SEED + batch * size + i);
      List<String> broken = history.play(LENGTH);
      assertThat(broken).as("%s", history).isEmpty();
    }
  }
}
