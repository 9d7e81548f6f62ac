package io.drainwatch.watcher.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The one call that waits for the next change. Not for threads: its owner holds a lock. */
final class Alarm {

  /** A timer does not notice when the wall clock is set, so it looks at least this often. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final SimulatorTimer timer;
  private final Runnable task;
  private SimulatorTimer.Handle waiting = () -> {};

  Alarm(SimulatorTimer timer, Runnable task) {
    this.timer = timer;
    this.task = task;
  }

  /** Takes the place of the call before; with nothing to come there is none. */
  void set(Optional<Instant> next, Instant now) {
    off();
    next.ifPresent(at -> waiting = timer.after(rest(Duration.between(now, at)), task));
  }

  void off() {
    waiting.cancel();
    waiting = () -> {};
  }

  private static Duration rest(Duration wanted) {
    if (wanted.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
  }
}
