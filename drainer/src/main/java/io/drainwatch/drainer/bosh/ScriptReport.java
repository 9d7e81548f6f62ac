package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.maintenance.ProcessOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run by hand tells of one script, step by step. */
public sealed interface ScriptReport {

  /** A command between the scripts has its path for a job. */
  String job();

  /** It does not run and does not count. */
  record Skipped(String job, BoshScript script, String why) implements ScriptReport {}

  /**
   * It is about to be called.
   *
   * @param call from 1; a drain may be called again
   * @param variables its own; {@code environment} are all that it gets
   */
  record Called(
      String job,
      Path script,
      int call,
      List<String> arguments,
      Map<String, String> variables,
      Map<String, String> environment)
      implements ScriptReport {
    public Called {
      arguments = List.copyOf(arguments);
      variables = Map.copyOf(variables);
      environment = Map.copyOf(environment);
    }
  }

  /**
   * A call is over.
   *
   * @param stdout of a drain only: the others write to their logs
   */
  record Answered(
      String job, int call, ProcessOutcome outcome, Optional<AnswerOutput.Printed> stdout)
      implements ScriptReport {}

  /** How the answer of a drain was understood. */
  record Judged(String job, int call, DrainAnswer answer) implements ScriptReport {}

  /** A wait begins that a drain has asked for. */
  record Waits(String job, Duration time) implements ScriptReport {}

  /** The script is through. */
  record Over(String job, JobResult result) implements ScriptReport {}
}
