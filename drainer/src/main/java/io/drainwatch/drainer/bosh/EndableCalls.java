package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.RunningScript;
import io.drainwatch.drainer.scripts.ScriptCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The calls of one job's script, one after another, and their end from outside. One thread makes
 * the calls and waits; any other may {@link #cancel}, before, during and after them.
 */
final class EndableCalls {

  /** What BOSH itself says. */
  static final String CANCELLED = "Script was cancelled by user request";

  static final String TOO_LATE = "not done by the deadline";

  private final RunSurroundings surroundings;
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private Optional<RunningScript> running = Optional.empty();

  /** By how much waits were shorter than asked; only the thread that makes the calls knows it. */
  private Duration notWaited = Duration.ZERO;

  EndableCalls(RunSurroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Ends the call under way and cuts a wait short; does not wait itself. */
  void cancel() {
    cancel(surroundings.grace());
  }

  synchronized void cancel(Duration grace) {
    cancelled.countDown();
    running.ifPresent(script -> script.end(grace));
  }

  boolean isCancelled() {
    return cancelled.getCount() == 0;
  }

  /** Why nothing further may be started. */
  Optional<String> mayNotStart() {
    if (isCancelled()) {
      return Optional.of(CANCELLED);
    }
    return left().isPositive() ? Optional.empty() : Optional.of(TOO_LATE);
  }

  /**
   * Makes a call and waits until it is over; the limit ends it.
   *
   * @param limit from now; the deadline ends it too
   */
  ProcessOutcome make(ScriptCall call, Duration limit) throws InterruptedException {
    CompletableFuture<ProcessOutcome> outcome = new CompletableFuture<>();
    RunningScript script;
    synchronized (this) {
      if (isCancelled()) {
        return new ScriptOutcome.NotStarted(CANCELLED);
      }
      script = surroundings.runner().start(call, outcome::complete);
      running = Optional.of(script);
    }
    Duration left = left();
    Duration time = left.compareTo(limit) < 0 ? left : limit;
    try {
      return await(outcome, time);
    } catch (TimeoutException _) {
      script.end(surroundings.grace());
      return await(outcome);
    } catch (InterruptedException e) {
      script.end(Duration.ZERO);
      throw e;
    } finally {
      synchronized (this) {
        running = Optional.empty();
      }
    }
  }

  /** As {@link #make(ScriptCall, Duration)}, with nothing but the deadline. */
  ProcessOutcome make(ScriptCall call) throws InterruptedException {
    return make(call, left());
  }

  /** Whether the whole time has passed, and neither deadline nor cancel came before. */
  boolean pause(Duration time) throws InterruptedException {
    Duration left = leftInEarnest();
    boolean fits = time.compareTo(left) <= 0;
    Duration wanted = fits ? time : left;
    Duration possible = wanted.isNegative() ? Duration.ZERO : wanted;
    Instant begun = surroundings.clock().instant();
    surroundings.pause().sleep(possible, cancelled);
    Duration missing = possible.minus(Duration.between(begun, surroundings.clock().instant()));
    if (missing.isPositive()) {
      notWaited = notWaited.plus(missing);
    }
    return fits && !isCancelled();
  }

  private Duration left() {
    Duration here = surroundings.left();
    Duration inEarnest = leftInEarnest();
    return here.compareTo(inEarnest) < 0 ? here : inEarnest;
  }

  private Duration leftInEarnest() {
    return surroundings.leftInEarnest().minus(notWaited);
  }

  private static ProcessOutcome await(CompletableFuture<ProcessOutcome> outcome, Duration time)
      throws InterruptedException, TimeoutException {
    try {
      return outcome.get(Math.max(0, nanos(time)), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an outcome cannot fail", e);
    }
  }

  private static ProcessOutcome await(CompletableFuture<ProcessOutcome> outcome)
      throws InterruptedException {
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an outcome cannot fail", e);
    }
  }

  private static long nanos(Duration time) {
    Duration longest = Duration.ofDays(365);
    return (time.compareTo(longest) < 0 ? time : longest).toNanos();
  }
}
