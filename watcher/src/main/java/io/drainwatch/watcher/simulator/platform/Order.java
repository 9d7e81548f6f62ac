package io.drainwatch.watcher.simulator.platform;

/**
 * What the simulator is told to do, whether by a scenario, over HTTP or from Java. {@code event} is
 * an event's id or the name of its plan.
 */
public sealed interface Order {

  record Schedule(EventPlan plan) implements Order {}

  record Cancel(String event) implements Order {}

  record StartNow(String event) implements Order {}

  /** Over now; one still Scheduled starts and ends at once, so that nobody sees it Started. */
  record EndNow(String event) implements Order {}

  /** Somebody else acknowledges. */
  record Acknowledge(String event, String by) implements Order {}

  record SetFault(PlannedFault fault) implements Order {}

  record ClearFaults() implements Order {}

  /** The incarnation grows by more than the one of a change. */
  record JumpIncarnation(long by) implements Order {
    public JumpIncarnation {
      if (by < 1) {
        throw new IllegalArgumentException("the incarnation can only jump ahead, not by " + by);
      }
    }
  }

  /** As after a day without a request. */
  record ResetIncarnation(long to) implements Order {
    public ResetIncarnation {
      if (to < 0) {
        throw new IllegalArgumentException("no incarnation is negative: " + to);
      }
    }
  }

  record WriteDates(DateStyle style) implements Order {}
}
