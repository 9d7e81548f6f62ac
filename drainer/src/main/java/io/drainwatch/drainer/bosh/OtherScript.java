package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.ScriptCall;
import java.time.Duration;
import java.util.Optional;

/**
 * A pre-stop, post-stop, pre-start or post-start script, or a command between them: one call, whose
 * exit code decides (drain-scripts.md 3.4). As in BOSH it cannot be cancelled; the deadline ends
 * it.
 */
final class OtherScript implements JobScript {

  private final String job;
  private final ScriptCall call;
  private final Duration limit;
  private final RunSurroundings surroundings;
  private final EndableCalls calls;

  OtherScript(String job, ScriptCall call, Duration limit, RunSurroundings surroundings) {
    this.job = job;
    this.call = call;
    this.limit = limit;
    this.surroundings = surroundings;
    this.calls = new EndableCalls(surroundings);
  }

  @Override
  public String job() {
    return job;
  }

  @Override
  public Optional<String> cancel() {
    return Optional.of("the script " + call.script() + " cannot be cancelled");
  }

  @Override
  public void end(Duration grace) {
    calls.cancel(grace);
  }

  @Override
  public JobResult run() {
    Optional<String> obstacle = calls.mayNotStart();
    if (obstacle.isPresent()) {
      return new JobResult.Failed(obstacle.get());
    }
    surroundings
        .listener()
        .accept(
            new ScriptReport.Called(
                job,
                call.script(),
                1,
                call.arguments(),
                call.variables(),
                surroundings.runner().environmentOf(call)));
    try {
      ProcessOutcome outcome = calls.make(call, limit);
      surroundings.listener().accept(new ScriptReport.Answered(job, 1, outcome, Optional.empty()));
      return result(outcome);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new JobResult.Failed("the run was interrupted");
    }
  }

  private JobResult result(ProcessOutcome outcome) {
    return switch (outcome) {
      case ScriptOutcome.Exited(int code) ->
          code == 0 ? new JobResult.Successful() : new JobResult.Failed(DrainAnswer.exit(code));
      case ScriptOutcome.Ended(boolean gone) -> {
        String why = calls.isCancelled() ? EndableCalls.CANCELLED : EndableCalls.TOO_LATE;
        yield new JobResult.Failed(gone ? why : why + ", and it cannot be ended, even by SIGKILL");
      }
      case ScriptOutcome.NotStarted(String why) -> new JobResult.Failed(why);
    };
  }
}
