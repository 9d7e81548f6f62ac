package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.nodework.FaultCase.Often;

/**
 * How many requests of the verb that fails a maintenance of two pods may take (one more where a
 * DELETE fails), by the paces specified: kubernetes-drain.md 5, 8, 9, 14 and 17.
 */
final class FaultBound {
  /** From the first request that fails to the end of the notice, at most. */
  private static final long LONGEST = 6 * 60;

  private FaultBound() {}

  static long of(FaultCase each) {
    long seconds =
        switch (each.often()) {
          case ONCE, THREE_TIMES -> 0;
          case TEN_MINUTES -> 10 * 60;
          case FOR_EVER -> LONGEST;
        };
    long few = each.often() == Often.THREE_TIMES ? 3 : 1;
    return switch (each.verb()) {
      case EVICT -> 2 + 2 * few + 2 * seconds / secondsBetween(each.fault());
      // from the force point on: 40 s
      case DELETE_POD -> 1 + few + (seconds == 0 ? 0 : 40);
      // 1 to 60 s; what is committed is found when it is looked for
      case PATCH_NODE -> 10 + few + 2 * few + seconds / 30;
      case GET_NODE -> 10 + few + seconds / 30;
      // 1 to 30 s by the work, sooner towards the deadline; every 20 s as a cross-check, 1 to 30 s
      // by the watch; a list that has expired begins three times
      case LIST_PODS ->
          (each.fault() == Fault.GONE ? 3 : 1)
              * (12 + 3 * few + (seconds == 0 ? 0 : 32) + seconds / 8);
      // two watches, 1 to 30 s each, and a new one every 5 min
      case WATCH -> 8 + 2 * few + 2 * seconds / 20;
      // every 10 s at most
      case PATCH_STATUS -> 4 + few + seconds / 10;
      case POST_EVENT -> 12;
      default -> throw new IllegalArgumentException(each.toString());
    };
  }

  // between two tries on a pod, as section 8 has it, less the jitter
  private static long secondsBetween(Fault fault) {
    return switch (fault) {
      case CONFLICT -> 1;
      case NAMESPACE_TERMINATING -> 4;
      case FORBIDDEN, NOT_ALLOWED -> 48;
      case WEBHOOK -> 8;
      default -> 20;
    };
  }
}
