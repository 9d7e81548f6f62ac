package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How fast, and how patiently. */
class PacesTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  @DisplayName("section 9: a burst of 100 at once, then 50 a second")
  void letsABurstOutAndThenSoManyASecond() {
    RequestPace pace = new RequestPace(50, 100);
    long now = -5 * SECOND;
    for (int i = 0; i < 100; i++) {
      assertThat(pace.take(now)).isZero();
    }
    assertThat(pace.take(now)).isEqualTo(Duration.ofMillis(20));
    assertThat(pace.take(now)).isEqualTo(Duration.ofMillis(40));
    assertThat(pace.take(now + SECOND)).isZero();
    assertThat(pace.take(now + 10 * SECOND)).isZero();
  }

  @Test
  void savesNoMoreThanOneBurst() {
    RequestPace pace = new RequestPace(50, 100);
    pace.take(0);
    for (int i = 0; i < 100; i++) {
      assertThat(pace.take(3_600 * SECOND)).isZero();
    }
    assertThat(pace.take(3_600 * SECOND)).isPositive();
  }

  @Test
  @DisplayName("what has seconds left waits behind nothing that has time, and puts that off")
  void letsWhatIsHurriedGoFirst() {
    RequestPace pace = new RequestPace(50, 100);
    for (int i = 0; i < 1_000; i++) {
      pace.take(0);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(pace.takeHurried(0)).isZero();
    }
    assertThat(pace.takeHurried(0)).isEqualTo(Duration.ofMillis(20));
    assertThat(pace.take(0)).isEqualTo(Duration.ofMillis(20 * (1_000 + 101 - 99)));
  }

  @Test
  @DisplayName("a watch is begun anew after 1 s to 30 s, with jitter")
  void backsOff() {
    WatchTimes times = WatchTimes.USUAL;
    assertThat(times.backOff(0, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(times.backOff(1, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(times.backOff(2, 0)).isEqualTo(Duration.ofSeconds(2));
    assertThat(times.backOff(5, 0)).isEqualTo(Duration.ofSeconds(16));
    assertThat(times.backOff(6, 0)).isEqualTo(Duration.ofSeconds(30));
    assertThat(times.backOff(1_000_000, 1)).isEqualTo(Duration.ofSeconds(36));
    assertThat(times.openFor(0)).isEqualTo(Duration.ofMinutes(5));
    assertThat(times.openFor(1)).isEqualTo(Duration.ofMinutes(4));
  }
}
