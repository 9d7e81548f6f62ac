package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The alarm goes by a clock that can be set; the polls do not. */
class NextPollTest {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration ASKED = Duration.ofSeconds(16);

  private long nanoseconds = 1_000;
  private final List<Duration> alarms = new ArrayList<>();
  private final List<Duration> rhythms = new ArrayList<>();
  private final NextPoll next =
      new NextPoll(
          () -> nanoseconds,
          INTERVAL,
          new NextPoll.Alarm() {
            @Override
            public void once(Duration pause) {
              alarms.add(pause);
            }

            @Override
            public void each(Duration interval) {
              rhythms.add(interval);
            }
          });

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

  @Test
  void setsItsAlarmOnlyOnceWhileAllIsWell() {
    inRhythm();
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofMillis(990));
      assertThat(next.begins()).isTrue();
      pass(Duration.ofMillis(10));
      next.in(INTERVAL);
    }
    assertThat(rhythms).containsExactly(INTERVAL);
    assertThat(alarms).isEmpty();
  }

  @Test
  void isNotPutOffByAnAlarmThatIsALittleEarly() {
    inRhythm();
    pass(Duration.ofMillis(990));
    assertThat(next.begins()).isTrue();
  }

  @Test
  void anAlarmThatRingsMuchTooEarlyBeginsNothing() {
    inRhythm();
    pass(Duration.ofMillis(400));
    assertThat(next.begins()).as("the clock was set").isFalse();
    assertThat(alarms).containsExactly(Duration.ofMillis(600));
  }

  @Test
  void leavesTheServiceAnIntervalAfterASlowAnswer() {
    inRhythm();
    pass(INTERVAL);
    assertThat(next.begins()).isTrue();
    pass(Duration.ofMillis(800));
    next.in(INTERVAL);
    assertThat(alarms).as("and not at the next stroke").containsExactly(INTERVAL);
  }

  @Test
  void takesTheRhythmUpAgainAfterABackOff() {
    inRhythm();
    pass(INTERVAL);
    pollAndWait(ASKED);
    pass(ASKED);
    assertThat(next.begins()).isTrue();
    next.in(INTERVAL);
    assertThat(rhythms).containsExactly(INTERVAL, INTERVAL);
    assertThat(alarms).isEmpty();
  }

  @Test
  void aClockThatIsSetEndsTheRhythmAndLosesNoPoll() {
    inRhythm();
    pass(Duration.ofMillis(300));
    next.setAnew();
    assertThat(alarms).containsExactly(Duration.ofMillis(700));
    pass(Duration.ofMillis(700));
    assertThat(next.begins()).isTrue();
    next.in(INTERVAL);
    assertThat(rhythms).containsExactly(INTERVAL, INTERVAL);
  }

  @Test
  void aClockThatIsSetInMidPollLosesNoPollEither() {
    inRhythm();
    pass(INTERVAL);
    assertThat(next.begins()).isTrue();
    next.setAnew();
    next.in(INTERVAL);
    assertThat(rhythms)
        .as("the stroke of before may be an hour away")
        .containsExactly(INTERVAL, INTERVAL);
  }

  private void inRhythm() {
    assertThat(next.begins()).isTrue();
    next.in(INTERVAL);
  }
}
