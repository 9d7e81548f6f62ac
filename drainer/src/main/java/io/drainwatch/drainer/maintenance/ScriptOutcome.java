package io.drainwatch.drainer.maintenance;

/** What became of one call of one script; the core judges it (drain-scripts.md 1.4). */
public sealed interface ScriptOutcome {

  /**
   * The process ended by itself.
   *
   * @param code the exit code; killed by signal n is 128 + n
   */
  record Exited(int code) implements ScriptOutcome {}

  /**
   * We ended it: time-out, deadline or cancellation. Whatever it printed or returned does not
   * count.
   *
   * @param gone false when the group was still there after SIGKILL and the wait: unkillable
   */
  record Ended(boolean gone) implements ScriptOutcome {}

  /** It never ran: refused by a safety check, or the system could not start it. */
  record NotStarted(String why) implements ScriptOutcome {}
}
