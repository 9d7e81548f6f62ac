package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be done. The shell does it, in this order, after the record is on disk; but for what
 * {@link #precedesRecord}. A crash in between loses nothing: what the record says is under way is
 * asked for again after the start, so each of these may be asked for twice and must then do no more
 * than once.
 */
public sealed interface Action {

  /** Whether this must not be done when the record could not be written. */
  default boolean needsRecord() {
    return this instanceof Acknowledge;
  }

  /**
   * Whether this is put away before the record is written: the new record no longer knows of it. It
   * may therefore come twice with the same episode id, and counts once.
   */
  default boolean precedesRecord() {
    return this instanceof Summarize || this instanceof SetAside;
  }

  /** A state was entered; for the log, metrics and notifications. */
  record Enter(MaintenanceState state) implements Action {}

  /** Look for the scripts of a hook; on the way back once more after each failure. */
  record ListHook(Hook hook) implements Action {}

  /**
   * Call a script.
   *
   * @param endBy when it will be ended; the core says so again by {@link EndScript}
   */
  record RunScript(
      Hook hook, String script, int attempt, boolean checkStatus, Instant endBy, boolean dryRun)
      implements Action {}

  /** Dry-run: what would have been called. */
  record WouldRun(Hook hook, String script) implements Action {}

  /** SIGTERM to the script's process group, SIGKILL after the grace. */
  record EndScript(Hook hook, String script, Duration grace, String why) implements Action {}

  /** The events changed: the context files of running scripts are replaced. */
  record RefreshContext() implements Action {}

  record Cordon() implements Action {}

  /**
   * Evict; where evictions are under way already: go on, with this deadline from now on. Nothing
   * starts over.
   */
  record StartEvictions(Optional<Instant> deadline, AtDeadline atDeadline) implements Action {}

  /**
   * No new eviction. What was stopped is not reported any more by {@link
   * Observation.EvictionsEnded}; the evictions may be started again (the event is back).
   */
  record StopEvictions() implements Action {}

  /** Undo what the record says we did, and only that (I3). */
  record Uncordon(boolean ours) implements Action {}

  /** Approve one event, for all VMs that it names; cannot be taken back. */
  record Acknowledge(String eventId, int attempt) implements Action {}

  /** Something an operator should know. */
  record Notify(Reason reason, String detail) implements Action {}

  /** A record of another machine: keep it aside, act on none of it (I4). */
  record SetAside(Episode foreign) implements Action {}

  /** The episode is over. */
  record Summarize(Summary summary) implements Action {}
}
