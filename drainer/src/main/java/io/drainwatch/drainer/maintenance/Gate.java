package io.drainwatch.drainer.maintenance;

/**
 * Whether a script may start now (I7). What runs is another matter: it goes on until it is ended.
 */
final class Gate {
  private Gate() {}

  static boolean mayStart(Draft draft, Hook hook) {
    return switch (hook) {
      case CORDON, PRE_STOP, DRAIN, POST_STOP ->
          isClear(draft)
              && draft.drain().isOpen()
              && (!draft.hasStarted() || draft.drainsAfterStart());
      case SCHEDULED -> isClear(draft) && !draft.hasStarted();
      case STARTED -> isClear(draft);
      case PRE_START, RUNNING, POST_START -> !draft.isOvertaken();
      case CANCELLED, UNCORDON -> true;
      // peers have no episode: what runs there is not sequenced here
      case PEER_REMOVED -> false;
    };
  }

  /** The event stands in the newest document, and nobody said stop. */
  static boolean isClear(Draft draft) {
    return !draft.isMissing()
        && !draft.isCancelled()
        && draft.held().isEmpty()
        && !draft.awaitingDocument;
  }
}
