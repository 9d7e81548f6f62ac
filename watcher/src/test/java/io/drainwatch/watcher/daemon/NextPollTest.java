package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The alarm goes by a clock that can be set; the polls do not. */
class NextPollTest {
  private static final Duration ASKED = Duration.ofSeconds(16);

  private long nanoseconds = 1_000;
  private final List<Duration> alarms = new ArrayList<>();
  private final NextPoll next = new NextPoll(() -> nanoseconds, alarms::add);

  private void pass(Duration time) {
    nanoseconds += time.toNanos();
  }

  private void pollAndWait(Duration pause) {
    assertThat(next.begins()).isTrue();
    next.in(pause);
    alarms.clear();
  }

  @Test
  void beginsAtOnce() {
    assertThat(next.begins()).isTrue();
  }

  @Test
  void isNoEarlierThanAskedForWhenTheClockIsSet() {
    pollAndWait(ASKED);
    pass(Duration.ofSeconds(6));
    next.setAnew();
    assertThat(alarms).containsExactly(Duration.ofSeconds(10));
  }

  @Test
  void anAlarmThatTheClockMadeRingTooEarlyBeginsNothing() {
    pollAndWait(ASKED);
    pass(Duration.ofSeconds(6));
    assertThat(next.begins()).isFalse();
    assertThat(alarms).containsExactly(Duration.ofSeconds(10));
    pass(Duration.ofSeconds(10));
    assertThat(next.begins()).isTrue();
  }

  @Test
  void isAtOnceWhenItIsOverdue() {
    pollAndWait(ASKED);
    pass(Duration.ofMinutes(1));
    next.setAnew();
    assertThat(alarms).containsExactly(Duration.ZERO);
  }

  @Test
  void aPollUnderWaySaysItselfWhenTheNextIs() {
    assertThat(next.begins()).isTrue();
    next.setAnew();
    assertThat(next.begins()).as("one at a time").isFalse();
    assertThat(alarms).isEmpty();
    next.in(ASKED);
    assertThat(alarms).containsExactly(ASKED);
  }
}
