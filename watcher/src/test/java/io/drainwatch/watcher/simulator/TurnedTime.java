package io.drainwatch.watcher.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock and a timer that only move when a test turns them. */
final class TurnedTime implements InstantSource, SimulatorTimer {

  private record Call(Instant at, Runnable task) {}

  private final List<Call> calls = new ArrayList<>();
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
    Call call = new Call(now.plus(delay), task);
    calls.add(call);
    return () -> drop(call);
  }

  private synchronized void drop(Call call) {
    calls.removeIf(other -> other == call);
  }

  synchronized int waiting() {
    return calls.size();
  }

  /** Turns the time on, stopping at every call that falls due. */
  void turn(Duration by) {
    Instant end = instant().plus(by);
    for (Optional<Call> call = next(end); call.isPresent(); call = next(end)) {
      call.get().task().run();
    }
    set(end);
  }

  /** Sets the time without calling anybody, as a step of the wall clock does. */
  synchronized void set(Instant moment) {
    now = moment;
  }

  private synchronized Optional<Call> next(Instant end) {
    Optional<Call> next =
        calls.stream().filter(call -> !call.at().isAfter(end)).min(Comparator.comparing(Call::at));
    next.ifPresent(
        call -> {
          calls.remove(call);
          now = call.at().isAfter(now) ? call.at() : now;
        });
    return next;
  }
}
