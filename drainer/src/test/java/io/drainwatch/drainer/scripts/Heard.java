package io.drainwatch.drainer.scripts;

import io.drainwatch.drainer.maintenance.ScriptOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Remembers what a script printed, left behind and how it ended. */
final class Heard implements LineSink, Consumer<ScriptOutcome> {

  private static final long PATIENCE_MILLIS = 20_000;

  private final List<String> stdout = new ArrayList<>();
  private final List<String> stderr = new ArrayList<>();
  private final List<LeftProcess> left = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final CompletableFuture<ScriptOutcome> outcome = new CompletableFuture<>();

  @Override
  public synchronized void line(ScriptOutput.Source source, String text) {
    (switch (source) {
          case STDOUT -> stdout;
          case STDERR -> stderr;
        })
        .add(text);
    notifyAll();
  }

  @Override
  public synchronized void leftBehind(List<LeftProcess> processes) {
    left.addAll(processes);
  }

  @Override
  public void accept(ScriptOutcome ended) {
    if (!outcome.complete(ended)) {
      throw new AssertionError("a second outcome: " + ended);
    }
    over.countDown();
  }

  synchronized List<String> stdout() {
    return List.copyOf(stdout);
  }

  synchronized List<String> stderr() {
    return List.copyOf(stderr);
  }

  synchronized List<LeftProcess> left() {
    return List.copyOf(left);
  }

  boolean isOverWithin(Duration time) throws InterruptedException {
    return over.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  ScriptOutcome outcome() {
    return outcome.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
  }

  /** Waits until the script has printed that line to stdout. */
  synchronized void awaitLine(String line) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!stdout.contains(line)) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("no line '" + line + "' in " + stdout + ", stderr " + stderr);
      }
      wait(left);
    }
  }
}
