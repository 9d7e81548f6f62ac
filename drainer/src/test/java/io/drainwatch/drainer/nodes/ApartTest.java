package io.drainwatch.drainer.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nodes that failed together. */
class ApartTest {
  private static final Duration WAIT = Duration.ofSeconds(60);

  private static List<Duration> waits(int failures) {
    return IntStream.range(0, 5_000)
        .mapToObj(i -> Apart.of("aks-pool1-12345678-vmss%06d".formatted(i), failures, WAIT))
        .toList();
  }

  @Test
  @DisplayName("never sooner than agreed, never later than half as long again")
  void waitsAsLongAsAgreedAndAShareMore() {
    for (int failures = 1; failures < 50; failures++) {
      assertThat(waits(failures)).allMatch(wait -> wait.compareTo(WAIT) >= 0);
      assertThat(waits(failures)).allMatch(wait -> wait.compareTo(Duration.ofSeconds(90)) <= 0);
    }
  }

  @Test
  @DisplayName("5,000 Nodes that failed in one moment: in no second come many more than in others")
  void spreadsThemOverTheWholeShare() {
    long[] inSecond = new long[31];
    waits(3).forEach(wait -> inSecond[(int) wait.minus(WAIT).toSeconds()]++);
    for (int second = 0; second < 30; second++) {
      assertThat(inSecond[second]).as("second %d", second).isBetween(80L, 250L);
    }
  }

  @Test
  void isNoMatterOfChance() {
    assertThat(waits(2)).isEqualTo(waits(2));
  }

  @Test
  @DisplayName("who had the same share by accident parts at the next failure")
  void partsWhoHadTheSameShare() {
    String name = "aks-pool1-12345678-vmss000000";
    Duration share = Apart.of(name, 1, WAIT);
    long together =
        IntStream.range(1, 100_000)
            .mapToObj(i -> "aks-pool1-12345678-vmss%06d".formatted(i))
            .filter(other -> Apart.of(other, 1, WAIT).equals(share))
            .filter(other -> Apart.of(other, 2, WAIT).equals(Apart.of(name, 2, WAIT)))
            .count();
    assertThat(together).isLessThan(20);
  }
}
