package io.drainwatch.watcher.daemon;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When the next poll is due, by the monotonic clock: the alarm that wakes us goes by the wall
 * clock, and a clock that is set must bring no poll later, and none earlier than the service asked
 * for. The folding thread sets the alarm anew, a thread of Quartz's begins and ends; one poll at a
 * time.
 *
 * <p>While all is well the alarm rings by itself at each interval: to arm it anew after each poll
 * is a fifth of what an idle daemon costs. A poll that was slow, failed or is to be waited for
 * longer is followed by one alarm of its own.
 */
final class NextPoll {

  /** Wakes us. What is set replaces what was set before. */
  interface Alarm {
    void once(Duration pause);

    void each(Duration interval);
  }

  private final LongSupplier nanoseconds;
  private final Duration interval;
  private final Alarm alarm;

  /** Empty while a poll is under way, which says itself when the next one is. */
  private Optional<Long> due;

  private long begun;
  private boolean ringsByItself;

  NextPoll(LongSupplier nanoseconds, Duration interval, Alarm alarm) {
    this.nanoseconds = nanoseconds;
    this.interval = interval;
    this.alarm = alarm;
    due = Optional.of(nanoseconds.getAsLong());
  }

  synchronized void in(Duration pause) {
    long now = nanoseconds.getAsLong();
    if (!pause.equals(interval)) {
      due = Optional.of(now + pause.toNanos());
      once(pause);
    } else if (!ringsByItself) {
      due = Optional.of(now + interval.toNanos());
      ringsByItself = true;
      alarm.each(interval);
    } else if (now - begun <= earliest()) {
      due = Optional.of(begun + interval.toNanos());
    } else {
      due = Optional.of(now + interval.toNanos());
      once(interval);
    }
  }

  /** The clock was set. */
  synchronized void setAnew() {
    ringsByItself = false; // its next stroke is by the clock of before, also in mid-poll
    due.map(this::left).ifPresent(this::once);
  }

  /**
   * Whether one may be begun beside the ordinary ones: the service has asked for no pause.
   *
   * @param usual pause between two polls
   */
  synchronized boolean isWithin(Duration usual) {
    return due.map(this::left).map(left -> left.compareTo(usual) <= 0).orElse(true);
  }

  /** The service asked for a pause, in the answer to a poll beside the ordinary ones. */
  synchronized void notBefore(Duration pause) {
    if (due.map(this::left).filter(left -> left.compareTo(pause) < 0).isPresent()) {
      in(pause);
    }
  }

  /** The alarm rang. False: one is under way, or the clock made it ring too early. */
  synchronized boolean begins() {
    Optional<Duration> left = due.map(this::left);
    if (left.isEmpty()) {
      return false;
    }
    if (left.get().toNanos() > (ringsByItself ? earliest() : 0)) {
      once(left.get());
      return false;
    }
    due = Optional.empty();
    begun = nanoseconds.getAsLong();
    return true;
  }

  /** An alarm that rings by itself is punctual on the whole, not each time. */
  private long earliest() {
    return interval.toNanos() / 2;
  }

  private void once(Duration pause) {
    ringsByItself = false;
    alarm.once(pause);
  }

  private Duration left(long moment) {
    return Duration.ofNanos(Math.max(0, moment - nanoseconds.getAsLong()));
  }
}
