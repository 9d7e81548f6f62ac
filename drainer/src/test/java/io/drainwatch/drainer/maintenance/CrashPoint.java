package io.drainwatch.drainer.maintenance;

/**
 * Where the daemon dies: at the n-th change of the record, counted from 0, before it is written,
 * between the writing and the actions, or after the actions.
 */
public record CrashPoint(int change, Moment moment) {
  /** The three moments of one step. */
  public enum Moment {
    BEFORE_APPEND,
    BEFORE_ACTIONS,
    AFTER_ACTIONS
  }
}
