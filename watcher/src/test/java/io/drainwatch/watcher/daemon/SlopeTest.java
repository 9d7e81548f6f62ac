package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the soak judges by. */
class SlopeTest {
  private static final Duration LENGTH = Duration.ofMinutes(100);

  private static Slope each(IntToDoubleFunction value) {
    return Slope.of(
        IntStream.range(0, 100)
            .mapToObj(i -> new Slope.Point(Duration.ofMinutes(i), value.applyAsDouble(i)))
            .toList());
  }

  @Test
  void findsALeakOfOneInTenMinutes() {
    Slope slope = each(i -> 20 + i / 10);
    assertThat(slope.perHour()).isCloseTo(6, within(0.1));
    assertThat(slope.risesByMoreThan(2, LENGTH)).isTrue();
    assertThat(slope.risesByMoreThan(12, LENGTH)).isFalse();
  }

  @Test
  void findsALeakInNoise() {
    Random random = new Random(1);
    assertThat(each(i -> 8_000 + i * 10 + random.nextGaussian(0, 100)).risesByMoreThan(256, LENGTH))
        .isTrue();
  }

  @Test
  void takesNoiseForNoLeak() {
    Random random = new Random(1);
    assertThat(each(i -> 8_000 + random.nextGaussian(0, 100)).risesByMoreThan(0, LENGTH)).isFalse();
    assertThat(each(i -> 20).risesByMoreThan(0, LENGTH)).isFalse();
    assertThat(each(i -> 20 - i).risesByMoreThan(0, LENGTH)).isFalse();
  }

  @Test
  void fitsALineThatIsOne() {
    Slope slope =
        Slope.of(
            List.of(
                new Slope.Point(Duration.ofHours(1), 5),
                new Slope.Point(Duration.ofHours(2), 7),
                new Slope.Point(Duration.ofHours(4), 11)));
    assertThat(slope.perHour()).isCloseTo(2, within(1e-9));
    assertThat(slope.uncertainty()).isCloseTo(0, within(1e-9));
  }
}
