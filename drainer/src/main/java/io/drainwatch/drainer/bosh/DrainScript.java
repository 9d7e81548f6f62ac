package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.ScriptCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One drain, with all its calls and waits (drain-scripts.md 3.3):
 *
 * <ol>
 *   <li>call it, with the parameters of the change at first;
 *   <li>an answer below 0: wait that long, call it again with the status parameters;
 *   <li>any other number: wait that long, and it is done;
 *   <li>anything else has failed. So has what is cancelled or not through by the deadline, whatever
 *       it printed.
 * </ol>
 */
final class DrainScript implements JobScript {

  private final String job;
  private final Path path;
  private final DrainParameters parameters;
  private final RunSurroundings surroundings;
  private final EndableCalls calls;

  DrainScript(String job, Path path, DrainParameters parameters, RunSurroundings surroundings) {
    this.job = job;
    this.path = path;
    this.parameters = parameters;
    this.surroundings = surroundings;
    this.calls = new EndableCalls(surroundings);
  }

  @Override
  public String job() {
    return job;
  }

  @Override
  public Optional<String> cancel() {
    calls.cancel();
    return Optional.empty();
  }

  @Override
  public void end(Duration grace) {
    calls.cancel(grace);
  }

  @Override
  public JobResult run() {
    Optional<String> problem = parameters.problem();
    if (problem.isPresent()) {
      return new JobResult.Failed(problem.get());
    }
    try {
      DrainParameters now = parameters;
      for (int call = 1; ; call++) {
        switch (answer(call, now)) {
          case DrainAnswer.Failed(String why) -> {
            return new JobResult.Failed(why);
          }
          case DrainAnswer.Done(var pause) -> {
            return waited(pause)
                .<JobResult>map(JobResult.Failed::new)
                .orElseGet(JobResult.Successful::new);
          }
          case DrainAnswer.Again(var pause) -> {
            Optional<String> failure = waited(pause);
            if (failure.isPresent()) {
              return new JobResult.Failed(failure.get());
            }
          }
        }
        now = parameters.recall();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new JobResult.Failed("the run was interrupted");
    }
  }

  private DrainAnswer answer(int number, DrainParameters now) throws InterruptedException {
    Optional<String> obstacle = calls.mayNotStart();
    if (obstacle.isPresent()) {
      return new DrainAnswer.Failed(obstacle.get());
    }
    AnswerOutput output = new AnswerOutput(surroundings.output().apply(job));
    ScriptCall call =
        surroundings
            .calls()
            .drain(path, now, surroundings.context().of(Hook.DRAIN, job, number), output);
    surroundings
        .listener()
        .accept(
            new ScriptReport.Called(
                job,
                path,
                number,
                call.arguments(),
                call.variables(),
                surroundings.runner().environmentOf(call)));
    ProcessOutcome outcome = calls.make(call);
    surroundings
        .listener()
        .accept(new ScriptReport.Answered(job, number, outcome, Optional.of(output.printed())));
    DrainAnswer answer = judged(outcome, output);
    surroundings.listener().accept(new ScriptReport.Judged(job, number, answer));
    return answer;
  }

  private DrainAnswer judged(ProcessOutcome outcome, AnswerOutput output) {
    if (calls.isCancelled()) {
      return new DrainAnswer.Failed(EndableCalls.CANCELLED + error(outcome, output));
    }
    if (outcome instanceof ScriptOutcome.Ended) {
      return new DrainAnswer.Failed(EndableCalls.TOO_LATE + error(outcome, output));
    }
    BoshSettings settings = surroundings.settings();
    return DrainAnswer.of(outcome, output.printed(), settings.exitCode(), settings.maxSleep());
  }

  /** The process's own end, appended to ours (B12). */
  private static String error(ProcessOutcome outcome, AnswerOutput output) {
    return switch (outcome) {
      case ScriptOutcome.NotStarted _ -> "";
      case ScriptOutcome.Exited(int code) -> ": " + DrainAnswer.exit(code);
      case ScriptOutcome.Ended(boolean gone) -> {
        if (!gone) {
          yield ": it cannot be ended, even by SIGKILL";
        }
        yield output.code().isPresent() ? ": " + DrainAnswer.exit(output.code().getAsInt()) : "";
      }
    };
  }

  /** Why the wait failed; empty when it is over as it should be. */
  private Optional<String> waited(Duration time) throws InterruptedException {
    surroundings.listener().accept(new ScriptReport.Waits(job, time));
    if (calls.pause(time)) {
      return Optional.empty();
    }
    return Optional.of(calls.isCancelled() ? EndableCalls.CANCELLED : EndableCalls.TOO_LATE);
  }
}
