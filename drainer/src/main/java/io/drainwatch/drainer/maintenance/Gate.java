package io.drainwatch.drainer.maintenance;

/**
 * Whether a script of an episode may start now (I7). What runs is another matter: it goes on until
 * it is ended.
 */
final class Gate {
  private Gate() {}

  static boolean mayStart(Draft draft, Hook hook) {
    return switch (hook) {
      case CORDON -> isOpen(draft) && draft.asksFor(PolicyAction.CORDON);
      case PRE_STOP, DRAIN, POST_STOP -> isOpen(draft) && draft.asksFor(PolicyAction.DRAIN);
      case SCHEDULED -> isStanding(draft) && !draft.hasStarted();
      case STARTED -> isStanding(draft);
      case PRE_START, RUNNING, POST_START, CANCELLED, UNCORDON -> !draft.isOvertaken();
      // hooks of other VMs: no episode has them
      case PEER_REMOVED, PEER_ADDED -> false;
    };
  }

  private static boolean isOpen(Draft draft) {
    return isStanding(draft)
        && draft.held().isEmpty()
        && draft.drain().isOpen()
        && (!draft.hasStarted() || draft.drainsAfterStart());
  }

  private static boolean isStanding(Draft draft) {
    return !draft.isMissing() && !draft.isCancelled() && !draft.awaitingDocument;
  }
}
