package io.drainwatch.drainer.maintenance;

import java.util.List;

/**
 * What became of the drain.
 *
 * @param left scripts and pods that did not get to their end
 */
public record DrainResult(Outcome outcome, String reason, List<String> left) {
  static final DrainResult OPEN = new DrainResult(Outcome.OPEN, "", List.of());

  public DrainResult {
    reason = Bounded.text(reason);
    left = Bounded.lines(left);
  }

  /** The ways a drain can stand. */
  public enum Outcome {
    /** Not begun, or under way. */
    OPEN,
    COMPLETE,
    /** A script failed, or pods are left. */
    FAILED,
    DEADLINE_REACHED,
    /** The event started first. */
    STARTED_FIRST,
    /** Someone uncordoned, the event was cancelled, or the episode ended. */
    STOPPED
  }

  public boolean isOpen() {
    return outcome == Outcome.OPEN;
  }

  public boolean isComplete() {
    return outcome == Outcome.COMPLETE;
  }
}
