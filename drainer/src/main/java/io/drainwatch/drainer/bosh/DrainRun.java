package io.drainwatch.drainer.bosh;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The drain of a VM as the BOSH agent does it, for runs by hand and the conformance rows: read the
 * request, take the jobs out of the monitor, tell of a shutdown, run the drain of all jobs at once.
 *
 * <p>{@link #run} blocks its caller; {@link #cancel} may come from any thread, before it or during
 * it, and never blocks.
 */
public final class DrainRun {

  /** Supervises the jobs' processes. */
  @FunctionalInterface
  public interface Monitor {
    /** Stops it from starting again what a drain stops; tells why that failed. */
    Optional<String> unmonitor();
  }

  /** Somebody who wants to know that the VM goes down. */
  @FunctionalInterface
  public interface Notifier {
    /** Tells why that failed. */
    Optional<String> notifyShutdown();
  }

  /** As the agent's action answers. */
  public sealed interface Result {
    /** Always 0: dynamic draining is done inside. */
    record Returned(int value) implements Result {}

    /** The text is for people. */
    record Failed(String why) implements Result {}
  }

  private final BoshScripts scripts;
  private final Monitor monitor;
  private final Notifier notifier;
  private final CompletableFuture<Result> answer = new CompletableFuture<>();
  private Optional<ParallelRun> running = Optional.empty();

  public DrainRun(BoshTree tree, RunSurroundings surroundings, Monitor monitor, Notifier notifier) {
    this.scripts = new BoshScripts(tree, surroundings);
    this.monitor = monitor;
    this.notifier = notifier;
  }

  /** To be called once. */
  public Result run(DrainRequest request) {
    return switch (request.read()) {
      case DrainRequest.Reading.Refused(String why) -> new Result.Failed(why);
      case DrainRequest.Reading.Accepted(DrainParameters parameters) -> {
        Optional<String> problem = monitor.unmonitor();
        if (problem.isEmpty() && request.isShutdown()) {
          problem = notifier.notifyShutdown();
        }
        yield problem.<Result>map(Result.Failed::new).orElseGet(() -> drain(parameters));
      }
    };
  }

  /**
   * Cancels the scripts. The run returns 0 at once, as the agent's does (B38), while they are being
   * ended.
   *
   * @return why a script cannot be cancelled
   */
  public synchronized Optional<String> cancel() {
    boolean unused = answer.complete(new Result.Returned(0));
    return running.flatMap(ParallelRun::cancel);
  }

  private Result drain(DrainParameters parameters) {
    synchronized (this) {
      if (!answer.isDone()) {
        ParallelRun drains = scripts.drain(parameters);
        running = Optional.of(drains);
        Thread unused =
            Thread.ofVirtual().name("drain-by-hand").start(() -> answer.complete(result(drains)));
      }
    }
    try {
      return answer.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      Optional<String> unused = cancel();
      return new Result.Failed("the run was interrupted; its scripts are being ended");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the answer cannot fail", e);
    }
  }

  private static Result result(ParallelRun drains) {
    try {
      return drains
          .run()
          .failure()
          .<Result>map(Result.Failed::new)
          .orElseGet(() -> new Result.Returned(0));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Result.Failed("the run was interrupted");
    } catch (RuntimeException e) { // a bug, but the caller must not wait for ever
      return new Result.Failed("the run broke: " + e);
    }
  }
}
