package io.drainwatch.drainer.slipstream;

import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.EndOfCall;
import io.drainwatch.drainer.scripts.ScriptCall;
import io.drainwatch.drainer.scripts.ScriptOutput;
import io.drainwatch.drainer.scripts.StandardInput;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The calls of SlipStream's hooks: no arguments, stdin is {@code /dev/null}, the current directory
 * is SlipStream's, the environment that of drain-scripts.md 1.3 with SlipStream's variables and,
 * unless switched off, those of the drain context.
 */
public final class ScalingCalls {

  /** Where SlipStream's own client runs its scripts. */
  public static final Path WORK_DIRECTORY = Path.of("/var/tmp/slipstream");

  private final boolean drainVariables;
  private final ScalingWorkDirectory workDirectory;

  /**
   * @param workDirectory by default {@link #WORK_DIRECTORY}
   */
  public ScalingCalls(SlipStreamSettings settings, Path workDirectory) {
    this.drainVariables = settings.drainVariables();
    this.workDirectory = new ScalingWorkDirectory(workDirectory.toAbsolutePath());
  }

  /** A call, or why there can be none. */
  public sealed interface Prepared {
    record Ready(ScriptCall call) implements Prepared {}

    /** Counts as a script that could not be started. */
    record Impossible(ScriptOutcome.NotStarted outcome) implements Prepared {}
  }

  /**
   * Makes the current directory if it is missing.
   *
   * @param context the variables of the drain context; On VM Add gets none of them, it has no event
   */
  public Prepared prepare(
      Path script, ScalingOccasion occasion, Map<String, String> context, ScriptOutput output) {
    Optional<String> obstacle = occasion.obstacle().or(workDirectory::obstacle);
    if (obstacle.isPresent()) {
      return new Prepared.Impossible(
          new ScriptOutcome.NotStarted("cannot start " + script + ": " + obstacle.get()));
    }
    Map<String, String> variables = new HashMap<>();
    if (occasion.hook().contextHook().isPresent()) {
      context.forEach(
          (name, value) -> {
            if (drainVariables || !name.startsWith("DRAIN_")) {
              variables.put(name, value);
            }
          });
    }
    variables.putAll(occasion.variables());
    return new Prepared.Ready(
        new ScriptCall(
            script.toAbsolutePath(),
            List.of(),
            StandardInput.nothing(),
            variables,
            workDirectory.path(),
            output,
            EndOfCall.SCRIPT_EXITED));
  }
}
