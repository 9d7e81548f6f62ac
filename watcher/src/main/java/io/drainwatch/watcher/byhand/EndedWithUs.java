package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.RunningScript;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Shell: a script leads a process group of its own, so the Ctrl-C that ends this process does not
 * reach it. While this is open, the end of the process is the end of the script.
 */
final class EndedWithUs implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final RunningScript script;
  private final CompletableFuture<ScriptOutcome> ended;
  private final Thread atExit = new Thread(this::end, "drainwatch-end-script");

  EndedWithUs(RunningScript script, CompletableFuture<ScriptOutcome> ended) {
    this.script = script;
    this.ended = ended;
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException e) {
      end(); // the process is ending already
    }
  }

  void end() {
    script.end(GRACE);
    try {
      ended.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // said by the runner; nothing more can be done for it
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // it runs, or has run
    }
  }
}
