package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.RunningScript;
import io.drainwatch.drainer.scripts.ScriptCall;
import io.drainwatch.drainer.scripts.ScriptRunner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Shell: makes one call and waits for its end, which is ours when its time is up. */
final class OneCall {
  private static final Duration LEAST_TIME = Duration.ofSeconds(1);

  private final ScriptRunner runner;
  private final InstantSource clock;

  OneCall(ScriptRunner runner, InstantSource clock) {
    this.runner = runner;
    this.clock = clock;
  }

  /**
   * @param left less than a second is too little to begin
   * @param notBefore of the event, which shortens the grace
   */
  ProcessOutcome make(ScriptCall script, Duration left, Optional<Instant> notBefore)
      throws InterruptedException {
    if (left.compareTo(LEAST_TIME) < 0) {
      return new ScriptOutcome.NotStarted("no time left");
    }
    CompletableFuture<ProcessOutcome> ended = new CompletableFuture<>();
    RunningScript running = runner.start(script, ended::complete);
    try (EndedWithUs unused = new EndedWithUs(running, ended)) {
      try {
        return ended.get(left.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        running.end(TimeLimit.grace(notBefore, clock.instant()));
        return ended.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("an outcome never fails", e);
    } catch (InterruptedException e) {
      running.end(Duration.ofSeconds(1));
      throw e;
    }
  }
}
