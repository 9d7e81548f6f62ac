package io.drainwatch.drainer.maintenance;

/** What a failed hook means for what comes after it (drain-scripts.md 1.6). */
public enum OnFailure {
  STOP,
  CONTINUE,
  /** Hooks of the return only: called again until it works; the uncordon waits. */
  RETRY;

  /** What the specification says where the operator says nothing. */
  public static OnFailure defaultFor(Hook hook) {
    return switch (hook) {
      case PRE_STOP, DRAIN, POST_STOP -> STOP;
      case PRE_START, RUNNING, POST_START -> RETRY;
      case SCHEDULED, CORDON, STARTED, UNCORDON, CANCELLED, PEER_REMOVED, PEER_ADDED -> CONTINUE;
    };
  }

  /** Whether an operator may choose this for that hook. */
  public boolean isAllowedFor(Hook hook) {
    return switch (this) {
      case STOP ->
          hook == Hook.CORDON
              || hook == Hook.PRE_STOP
              || hook == Hook.DRAIN
              || hook == Hook.POST_STOP;
      case CONTINUE -> hook != Hook.POST_STOP;
      case RETRY -> hook.isOfReturn();
    };
  }
}
