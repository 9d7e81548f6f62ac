package io.drainwatch.drainer.slipstream;

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

  /** How one call is judged. */
  public sealed interface Judgement {

    /**
     * The script is through.
     *
     * @param remark the failure that does not count: to be logged and counted
     */
    record Done(Optional<String> remark) implements Judgement {}

    record Failed(String why) implements Judgement {}
  }

  /** A script that could not be started, or that we ended, has failed in both. */
  public Judgement judge(ScriptOutcome outcome) {
    return switch (outcome) {
      case ScriptOutcome.Exited(int code) -> exited(code);
      case ScriptOutcome.Ended(boolean gone) ->
          new Judgement.Failed("ended" + (gone ? "" : ", unkillable"));
      case ScriptOutcome.NotStarted(String why) -> new Judgement.Failed("not started: " + why);
    };
  }

  private Judgement exited(int code) {
    if (code == 0) {
      return new Judgement.Done(Optional.empty());
    }
    return switch (this) {
      case STRICT -> new Judgement.Failed("exit code " + code);
      case IGNORE ->
          new Judgement.Done(
              Optional.of("exit code " + code + " does not count (slipstream.exit-code: ignore)"));
    };
  }
}
