package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Over random histories peer-removed runs at most once per event, and for those alone that removed
 * other VMs: never for one that names this VM, that was cancelled, or that only errors and empty
 * answers speak of.
 */
class PeerHistoriesTest {

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  @Label("SS05 tells what has removed other VMs, once, in order, and nothing else")
  void tellsWhatHasRemovedOtherVmsOnce(@ForAll long seed) {
    PeerHistory history = new PeerHistory(seed).play();
    PeerOracle oracle = history.oracle();
    assertThat(oracle.told())
        .as("seed %d, log %s", seed, history.vm().log)
        .isEqualTo(oracle.expected())
        .doesNotHaveDuplicates();
    assertThat(oracle.wrong()).isEmpty();
    assertThat(history.vm().violations).isEmpty();
    assertThat(history.vm().peers().isIdle()).isTrue();
  }

  @Example
  void theHistoriesHaveBothRemovalsAndCancellations() {
    long[] told = new long[2];
    LongStream.range(0, 50)
        .mapToObj(seed -> new PeerHistory(seed).play().oracle())
        .forEach(
            oracle -> {
              told[0] += oracle.told().size();
              told[1] += oracle.cancelled;
            });
    assertThat(told[0]).isGreaterThan(100);
    assertThat(told[1]).isGreaterThan(50);
  }
}
