package io.drainwatch.watcher.report;

import io.drainwatch.drainer.maintenance.ScriptOutcome;
import java.util.Locale;

/** What came of one call of one script, in one word for metrics and feed. */
public enum ScriptResult {
  OK,
  FAILED,
  /** Exit code 75, or a dynamic BOSH drain: it asked to be called again. */
  RECALLED,
  NOT_STARTED,
  /** We ended it: time-out, deadline or cancellation. */
  ENDED;

  private static final int RECALL = 75;

  public static ScriptResult of(ScriptOutcome outcome) {
    return switch (outcome) {
      case ScriptOutcome.Exited(int code) -> code == 0 ? OK : code == RECALL ? RECALLED : FAILED;
      case ScriptOutcome.StaticDrain ignored -> OK;
      case ScriptOutcome.DynamicDrain ignored -> RECALLED;
      case ScriptOutcome.Unacceptable ignored -> FAILED;
      case ScriptOutcome.Tolerated ignored -> FAILED;
      case ScriptOutcome.Ended ignored -> ENDED;
      case ScriptOutcome.NotStarted ignored -> NOT_STARTED;
    };
  }

  /** Metric label: lower case with underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
