package io.drainwatch.drainer.maintenance;

import java.time.Duration;

/** What became of one call of one script; the core judges it (drain-scripts.md 1.4, 3.3, 4). */
public sealed interface ScriptOutcome
    permits ProcessOutcome,
        ScriptOutcome.StaticDrain,
        ScriptOutcome.DynamicDrain,
        ScriptOutcome.Unacceptable,
        ScriptOutcome.Tolerated {

  /**
   * The process ended by itself.
   *
   * @param code the exit code; killed by signal n is 128 + n
   */
  record Exited(int code) implements ProcessOutcome {}

  /** A BOSH drain that is done once this time has passed. */
  record StaticDrain(Duration pause) implements ScriptOutcome {
    public StaticDrain {
      refuseNegative(pause);
    }
  }

  /** A BOSH drain that wants to be called again after this time. */
  record DynamicDrain(Duration pause) implements ScriptOutcome {
    public DynamicDrain {
      refuseNegative(pause);
    }
  }

  /** It ended by itself, but its answer is none that its contract knows. */
  record Unacceptable(String why) implements ScriptOutcome {}

  /** It failed, and {@code slipstream.exit-code: ignore} lets that count as done. */
  record Tolerated(int code) implements ScriptOutcome {}

  /**
   * We ended it: time-out, deadline or cancellation. Whatever it printed or returned does not
   * count.
   *
   * @param gone false when the group was still there after SIGKILL and the wait: unkillable
   */
  record Ended(boolean gone) implements ProcessOutcome {}

  /** It never ran: refused by a safety check, or the system could not start it. */
  record NotStarted(String why) implements ProcessOutcome {}

  private static void refuseNegative(Duration pause) {
    if (pause.isNegative()) {
      throw new IllegalArgumentException("nobody waits " + pause);
    }
  }
}
