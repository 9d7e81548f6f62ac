package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.nodework.FaultCase.Often;

/** What becomes of a maintenance, by the specification. */
enum FaultOutcome {
  /** All pods went when asked, or once they could be; acknowledged. */
  DRAINED,
  /** What was left at its force point was deleted; acknowledged. */
  FORCED,
  /** Pods are left at the deadline; not acknowledged. */
  LEFT,
  /** What pods there are was never known: none is asked for; not acknowledged. */
  BLIND,
  /** The pods are gone, but the fence could not be passed; not acknowledged. */
  UNSURE,
  /** The Node could not be cordoned: nothing is done on it; not acknowledged. */
  UNTOUCHED;

  static FaultOutcome of(FaultCase each) {
    boolean isOver = each.often() != Often.FOR_EVER;
    // what was done all the same shows when it is looked at
    boolean isDone = each.fault().commits();
    boolean isRead = each.fault() == Fault.SLOW;
    return switch (each.verb()) {
      // no answer is fatal for the drain; at the force point DELETE takes the eviction's place
      case EVICT -> isOver || isDone ? DRAINED : FORCED;
      // ten minutes from the force point on are for ever: never after the deadline
      case DELETE_POD -> each.often().compareTo(Often.TEN_MINUTES) < 0 || isDone ? FORCED : LEFT;
      // write-ahead: without the record and the cordon nothing is touched (I2)
      case PATCH_NODE -> isOver || isDone ? DRAINED : UNTOUCHED;
      // a view that is too old is no reason to evict, and none to call the Node empty
      case LIST_PODS -> isOver || isRead ? DRAINED : BLIND;
      // fence 2: the Node, read after the second list. A 404 that is confirmed 10 s later is the
      // end of the episode (section 4, node-gone); one that is found again is there, and what
      // stands in the document begins an episode of its own
      case GET_NODE -> isOver || isRead ? DRAINED : UNSURE;
      // the lists every 20 s keep the view young enough
      case WATCH -> DRAINED;
      // for people only: no drain waits for them
      case PATCH_STATUS, POST_EVENT -> DRAINED;
      default -> throw new IllegalArgumentException(each.toString());
    };
  }
}
