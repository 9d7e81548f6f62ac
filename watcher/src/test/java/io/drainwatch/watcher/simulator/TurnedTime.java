package io.drainwatch.watcher.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A wall clock and a timer that only move when a test turns them. As in life, the timer counts time
 * that passes and does not see it when the wall clock is set.
 */
final class TurnedTime implements InstantSource, SimulatorTimer {

  private record Call(Duration at, Runnable task) {}

  private final List<Call> calls = new ArrayList<>();
  private Duration passed = Duration.ZERO;
  private Instant now;

  TurnedTime(Instant start) {
    now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Handle after(Duration delay, Runnable task) {
    Call call = new Call(passed.plus(delay), task);
    calls.add(call);
    return () -> drop(call);
  }

  private synchronized void drop(Call call) {
    calls.removeIf(other -> other == call);
  }

  synchronized int waiting() {
    return calls.size();
  }

  /** Lets time pass, stopping at every call that falls due. */
  void turn(Duration by) {
    Duration end = passed().plus(by);
    for (Optional<Call> call = next(end); call.isPresent(); call = next(end)) {
      call.get().task().run();
    }
    pass(end);
  }

  /** Sets the wall clock; no time passes. */
  synchronized void set(Instant moment) {
    now = moment;
  }

  private synchronized Duration passed() {
    return passed;
  }

  private synchronized void pass(Duration until) {
    now = now.plus(until.minus(passed));
    passed = until;
  }

  private synchronized Optional<Call> next(Duration end) {
    Optional<Call> next =
        calls.stream()
            .filter(call -> call.at().compareTo(end) <= 0)
            .min(Comparator.comparing(Call::at));
    next.ifPresent(
        call -> {
          calls.remove(call);
          pass(call.at());
        });
    return next;
  }
}
