package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.scripts.RunningScript;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Shell: a script leads a process group of its own, so the Ctrl-C that ends this process does not
 * reach it. While this is open, the end of the process is the end of the script.
 */
final class EndedWithUs implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Consumer<Duration> scripts;
  private final CompletableFuture<?> ended;
  private final Thread atExit = new Thread(this::end, "drainwatch-end-script");

  EndedWithUs(RunningScript script, CompletableFuture<?> ended) {
    this(script::end, ended);
  }

  /**
   * Likewise for several.
   *
   * @param scripts ends them all, with that grace; returns at once
   * @param ended when all of them are gone
   */
  EndedWithUs(Consumer<Duration> scripts, CompletableFuture<?> ended) {
    this.scripts = scripts;
    this.ended = ended;
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException e) {
      end(); // the process is ending already
    }
  }

  void end() {
    scripts.accept(GRACE);
    try {
      Object unused = ended.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
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
