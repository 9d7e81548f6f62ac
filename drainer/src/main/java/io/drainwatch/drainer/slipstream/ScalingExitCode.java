package io.drainwatch.drainer.slipstream;

import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** {@code slipstream.exit-code}: whether a script's exit code counts (SS08). */
public enum ScalingExitCode {
  /** Any other code than 0 is a failure; 75 too, which only native scripts may use. */
  STRICT,
  /** As SlipStream: a script that ended by itself is done, its code is logged and counted. */
  IGNORE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ScalingExitCode> of(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word.strip().toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /**
   * What one call comes to for the core. A script that could not be started, or that we ended, has
   * failed in both.
   */
  public ScriptOutcome judge(ProcessOutcome outcome) {
    if (!(outcome instanceof ScriptOutcome.Exited(int code)) || code == 0) {
      return outcome;
    }
    return switch (this) {
      case STRICT -> new ScriptOutcome.Unacceptable("exit code " + code);
      case IGNORE -> new ScriptOutcome.Tolerated(code);
    };
  }
}
