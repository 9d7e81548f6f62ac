package io.drainwatch.watcher.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** What wakes the daemon: the next poll, and the moment that the core asked to be woken at. */
final class Alarms implements AutoCloseable {
  private static final String POLL = "poll";
  private static final String CORE = "alarm";

  private final InstantSource clock;
  private final Times times;
  private final NextPoll nextPoll;
  private final AtomicReference<Optional<Instant>> core = new AtomicReference<>(Optional.empty());

  Alarms(InstantSource clock, LongSupplier nanoseconds, Duration pollInterval) {
    this.clock = clock;
    times = new Times(clock);
    nextPoll =
        new NextPoll(
            nanoseconds,
            pollInterval,
            new NextPoll.Alarm() {
              @Override
              public void once(Duration pause) {
                times.at(POLL, Alarms.this.clock.instant().plus(pause));
              }

              @Override
              public void each(Duration interval) {
                times.each(POLL, interval);
              }
            });
  }

  NextPoll nextPoll() {
    return nextPoll;
  }

  /**
   * Moments may be set from now on; nothing rings before {@link #start}.
   *
   * @param tick the core's moment has come
   */
  void define(Runnable poll, Runnable tick) {
    times.define(POLL, poll);
    times.define(
        CORE,
        () -> {
          // it may be wanted for the same moment again, so what has rung is not set any more
          core.set(Optional.empty());
          tick.run();
        });
  }

  void start() {
    times.start();
    nextPoll.in(Duration.ZERO);
  }

  /** When the core wants to be woken; replaces what it wanted before. */
  void ofTheCore(Optional<Instant> moment) {
    if (!core.getAndSet(moment).equals(moment)) {
      moment.ifPresentOrElse(at -> times.at(CORE, at), () -> times.cancel(CORE));
    }
  }

  /** Quartz goes by the wall clock: after a step its triggers are set anew. */
  void setAnew() {
    nextPoll.setAnew();
    core.get().ifPresent(at -> times.at(CORE, at));
  }

  @Override
  public void close() {
    times.close();
  }
}
