package io.drainwatch.watcher.daemon;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * When the next poll is due, by the monotonic clock: the alarm that wakes us goes by the wall
 * clock, and a clock that is set must bring no poll later, and none earlier than the service asked
 * for. The folding thread sets the alarm anew, a thread of Quartz's begins and ends; one poll at a
 * time.
 */
final class NextPoll {
  private final LongSupplier nanoseconds;
  private final Consumer<Duration> alarm;

  /** Empty while a poll is under way, which says itself when the next one is. */
  private Optional<Long> due;

  /**
   * @param alarm rings after so long; replaces what was set before
   */
  NextPoll(LongSupplier nanoseconds, Consumer<Duration> alarm) {
    this.nanoseconds = nanoseconds;
    this.alarm = alarm;
    due = Optional.of(nanoseconds.getAsLong());
  }

  synchronized void in(Duration pause) {
    due = Optional.of(nanoseconds.getAsLong() + pause.toNanos());
    alarm.accept(pause);
  }

  /** The clock was set. */
  synchronized void setAnew() {
    due.map(this::left).ifPresent(alarm);
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
    if (left.get().isPositive()) {
      alarm.accept(left.get());
      return false;
    }
    due = Optional.empty();
    return true;
  }

  private Duration left(long moment) {
    return Duration.ofNanos(Math.max(0, moment - nanoseconds.getAsLong()));
  }
}
