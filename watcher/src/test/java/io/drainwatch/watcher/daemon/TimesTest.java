package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimesTest {
  private final SteppedClock clock = new SteppedClock();
  private final BlockingQueue<Instant> fired = new LinkedBlockingQueue<>();
  private Times times;

  @BeforeEach
  void start() {
    times = new Times(clock);
    times.define("alarm", () -> fired.add(clock.instant()));
    times.start();
  }

  @AfterEach
  void close() {
    times.close();
  }

  // Quartz fires up to 2 ms early, and the core, asked before the moment, would wait for the next.
  @Test
  void neverFiresBeforeItsMoment() throws Exception {
    for (int i = 0; i < 40; i++) {
      Instant moment = InstantSource.system().instant().plusNanos(8_000_000 + i * 137_311L);
      times.at("alarm", moment);
      assertThat(awaitFiring()).isAfterOrEqualTo(moment);
    }
  }

  @Test
  void aNewMomentTakesThePlaceOfTheOldOne() throws Exception {
    times.at("alarm", clock.instant().plus(Duration.ofHours(1)));
    times.at("alarm", clock.instant());

    awaitFiring();
    assertThat(fired.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  // Quartz remembers only the newest of two changes, and looks whether that one is earlier than
  // what it waits for.
  @Test
  void aLaterMomentSetRightAfterwardsDoesNotHoldUpAnEarlierOne() throws Exception {
    times.define("deadline", () -> {});
    for (int i = 0; i < 60; i++) {
      times.at("deadline", clock.instant().plusSeconds(20)); // Quartz waits for it by now
      times.at("alarm", clock.instant().plusMillis(10));
      times.at("deadline", clock.instant().plusSeconds(25));

      awaitFiring();
    }
  }

  @Test
  void firesAtOnceForAMomentLongPast() throws Exception {
    times.at("alarm", clock.instant().minus(Duration.ofDays(1)));

    awaitFiring();
  }

  @Test
  void goesByTheClockItIsGiven() throws Exception {
    clock.step(Duration.ofHours(1));
    times.at("alarm", clock.instant());

    awaitFiring();
  }

  @Test
  void whatIsCancelledDoesNotFire() throws Exception {
    times.at("alarm", clock.instant().plusMillis(100));
    times.cancel("alarm");

    assertThat(fired.poll(300, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void ringsAgainAndAgain() throws Exception {
    Instant begun = InstantSource.system().instant();
    times.each("alarm", Duration.ofMillis(40));

    for (int i = 1; i <= 5; i++) {
      assertThat(awaitFiring()).isAfterOrEqualTo(begun.plusMillis(40L * i));
    }
  }

  @Test
  void aMomentTakesThePlaceOfARhythm() throws Exception {
    times.each("alarm", Duration.ofMillis(20));
    awaitFiring();
    times.at("alarm", clock.instant().plus(Duration.ofHours(1)));
    fired.poll(50, TimeUnit.MILLISECONDS); // one may have been on its way
    fired.clear();

    assertThat(fired.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void aFailureDoesNotEndIt() throws Exception {
    times.define(
        "failing",
        () -> {
          fired.add(clock.instant());
          throw new IllegalStateException("a bug");
        });

    times.at("failing", clock.instant());
    awaitFiring();
    times.at("failing", clock.instant());
    awaitFiring();
  }

  private Instant awaitFiring() throws InterruptedException {
    Instant at = fired.poll(20, TimeUnit.SECONDS);
    assertThat(at).as("it fired").isNotNull();
    return at;
  }
}
