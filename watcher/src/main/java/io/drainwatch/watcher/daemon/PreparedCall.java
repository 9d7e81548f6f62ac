package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.ScriptCall;
import io.drainwatch.drainer.scripts.ScriptRunner;
import java.util.function.Function;

/** A call that can be made, or why there can be none. */
sealed interface PreparedCall {

  /**
   * @param judge what the process's end means by the contract
   */
  record Ready(ScriptRunner runner, ScriptCall call, Function<ProcessOutcome, ScriptOutcome> judge)
      implements PreparedCall {}

  record Impossible(ScriptOutcome.NotStarted outcome) implements PreparedCall {}

  /** Of contracts that know no "not finished": any exit code but 0 has failed. */
  static ScriptOutcome byExitCode(ProcessOutcome outcome) {
    return outcome instanceof ScriptOutcome.Exited(int code) && code != 0
        ? new ScriptOutcome.Unacceptable("exit code " + code)
        : outcome;
  }
}
