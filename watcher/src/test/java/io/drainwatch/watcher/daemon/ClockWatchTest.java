package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");

  private final Queue<Duration> heldUp = new ArrayDeque<>();
  private Instant wall = START;
  private long nanoseconds;
  private final ClockWatch watch = new ClockWatch(() -> wall, this::nanoseconds);

  private long nanoseconds() {
    if (!heldUp.isEmpty()) {
      pass(heldUp.remove());
    }
    return nanoseconds;
  }

  private void pass(Duration time) {
    wall = wall.plus(time);
    nanoseconds += time.toNanos();
  }

  @Test
  void seesNoStepWhileBothClocksGoOn() {
    pass(Duration.ofHours(1));
    assertThat(watch.look().step()).isEmpty();
  }

  @Test
  void tellsByHowMuchTheClockWasSetAndTheTimeSince() {
    pass(Duration.ofSeconds(2));
    wall = wall.minusSeconds(3_600);
    ClockWatch.Look look = watch.look();
    assertThat(look.step()).contains(Duration.ofHours(-1));
    assertThat(look.now()).isEqualTo(START.plusSeconds(2).minusSeconds(3_600));
    assertThat(watch.look().step()).as("once").isEmpty();
  }

  @Test
  void takesDriftForNoStepHoweverLongItGoesOn() {
    for (int hour = 0; hour < 100; hour++) {
      pass(Duration.ofSeconds(2));
      wall = wall.plusMillis(1_900);
      assertThat(watch.look().step()).isEmpty();
    }
  }

  @Test
  void takesAThreadThatWasHeldUpForNoStep() {
    pass(Duration.ofSeconds(1));
    heldUp.add(Duration.ofSeconds(30)); // between the two clocks
    assertThat(watch.look().step()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(watch.look().step()).isEmpty();
  }

  @Test
  @DisplayName("K47 who is told of steps sees none before it is told")
  void showsAStepWithTheNextLookAndNotBefore() {
    pass(Duration.ofSeconds(1));
    wall = wall.plus(Duration.ofHours(1));
    pass(Duration.ofMillis(500));
    assertThat(watch.instant()).isEqualTo(START.plusMillis(1_500));
    assertThat(watch.look().step()).contains(Duration.ofHours(1));
    pass(Duration.ofMillis(500));
    assertThat(watch.instant()).isEqualTo(START.plusMillis(2_000).plus(Duration.ofHours(1)));
  }
}
