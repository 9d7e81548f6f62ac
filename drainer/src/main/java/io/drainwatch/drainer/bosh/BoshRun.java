package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.maintenance.Hook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The whole way of {@link BoshSequence} by hand: each step for all jobs, then the next; the first
 * that fails is the last. For {@code drainwatch hooks test --bosh} and the conformance rows.
 *
 * <p>Blocks its caller; {@link #cancel} may come from any thread and never blocks.
 */
public final class BoshRun {

  /**
   * How a step went.
   *
   * @param failure the sentence about it; empty when it went well
   */
  public record StepResult(BoshSequence.Step step, Optional<String> failure) {}

  private final BoshScripts scripts;
  private final RunSurroundings surroundings;
  private Optional<ParallelRun> running = Optional.empty();
  private Optional<JobScript> command = Optional.empty();
  private boolean stopped;

  public BoshRun(BoshTree tree, RunSurroundings surroundings) {
    this.scripts = new BoshScripts(tree, surroundings);
    this.surroundings = surroundings;
  }

  /** Out of service: the steps that were begun, in order. */
  public List<StepResult> drain(DrainParameters parameters, NextStates next)
      throws InterruptedException {
    return go(BoshSequence.draining(), script -> runOf(script, parameters, next));
  }

  /** Back into service. */
  public List<StepResult> restore() throws InterruptedException {
    NextStates untold = NextStates.of(NextStates.Intent.KEEP_VM); // only pre-stop is told
    return go(BoshSequence.returning(), script -> scripts.others(script, untold));
  }

  /** What runs with one hook, its commands too. */
  public List<StepResult> inHook(Hook hook, DrainParameters parameters, NextStates next)
      throws InterruptedException {
    return go(BoshSequence.of(hook), script -> runOf(script, parameters, next));
  }

  /** Just the scripts of one kind. */
  public ParallelResult only(BoshScript script, DrainParameters parameters, NextStates next)
      throws InterruptedException {
    return run(runOf(script, parameters, next));
  }

  /**
   * Cancels the scripts under way as BOSH does, and begins nothing further.
   *
   * @return why one of them cannot be cancelled; it then runs to its end or the deadline
   */
  public synchronized Optional<String> cancel() {
    stopped = true;
    return running.flatMap(ParallelRun::cancel);
  }

  /** Ends whatever runs, even what BOSH cannot cancel, and begins nothing further. */
  public void end() {
    end(surroundings.grace());
  }

  /**
   * Likewise, for a caller in a hurry.
   *
   * @param grace between SIGTERM and SIGKILL
   */
  public synchronized void end(Duration grace) {
    stopped = true;
    running.ifPresent(scripts -> scripts.end(grace));
    command.ifPresent(script -> script.end(grace));
  }

  private ParallelRun runOf(BoshScript script, DrainParameters parameters, NextStates next) {
    return script == BoshScript.DRAIN ? scripts.drain(parameters) : scripts.others(script, next);
  }

  private List<StepResult> go(
      List<BoshSequence.Step> steps, Function<BoshScript, ParallelRun> scriptsOf)
      throws InterruptedException {
    List<StepResult> results = new ArrayList<>();
    for (BoshSequence.Step step : steps) {
      BoshSettings settings = surroundings.settings();
      Optional<String> failure =
          switch (step) {
            case BoshSequence.Step.Scripts(BoshScript script) ->
                run(scriptsOf.apply(script)).failure();
            case BoshSequence.Step.StopCommands() ->
                commands(step.hook(), "bosh.stop", settings.stop());
            case BoshSequence.Step.StartCommands() ->
                commands(step.hook(), "bosh.start", settings.start());
          };
      results.add(new StepResult(step, failure));
      if (failure.isPresent()) {
        return results;
      }
    }
    return results;
  }

  /** One after another, within their limit; the first that fails is the last. */
  private Optional<String> commands(Hook hook, String list, List<List<String>> commands) {
    Instant end = surroundings.clock().instant().plus(surroundings.settings().commandLimit());
    for (List<String> words : commands) {
      String name = words.getFirst();
      JobResult result = run(commandOf(hook, words, end));
      surroundings.listener().accept(new ScriptReport.Over(name, result));
      switch (result) {
        case JobResult.Successful() -> {}
        case JobResult.Failed(String why) -> {
          return Optional.of("%s: %s failed: %s".formatted(list, name, why));
        }
      }
    }
    return Optional.empty();
  }

  private JobScript commandOf(Hook hook, List<String> words, Instant end) {
    String name = words.getFirst();
    return new OtherScript(
        name,
        surroundings
            .calls()
            .command(
                words, surroundings.context().of(hook, name, 1), surroundings.output().apply(name)),
        Duration.between(surroundings.clock().instant(), end),
        surroundings);
  }

  private JobResult run(JobScript one) {
    synchronized (this) {
      command = Optional.of(one);
      if (stopped) {
        one.end(surroundings.grace());
      }
    }
    return one.run();
  }

  private ParallelResult run(ParallelRun several) throws InterruptedException {
    synchronized (this) {
      running = Optional.of(several);
      if (stopped) {
        several.end(surroundings.grace()); // before they begin, so that none does
      }
    }
    try {
      return several.run();
    } finally {
      synchronized (this) {
        running = Optional.empty();
      }
    }
  }
}
