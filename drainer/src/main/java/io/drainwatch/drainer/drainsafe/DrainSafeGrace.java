package io.drainwatch.drainer.drainsafe;

import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.context.Effects;
import io.drainwatch.drainer.context.EventColumn;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** DrainSafe's grace periods for pods ({@code compat.drainsafe-grace: true}). */
public final class DrainSafeGrace {

  /** I6: a grace period that we send is at least this. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final Duration OF_FREEZE = Duration.ofSeconds(840);
  private static final Duration OF_OTHERS = Duration.ofSeconds(60);

  private DrainSafeGrace() {}

  /**
   * The grace for a pod: never above the time left, but at least a second (I6).
   *
   * @param effects of the event in this column
   * @param left until the deadline; empty: there is none
   */
  public static Duration of(EventColumn column, Effects effects, Optional<Duration> left) {
    Duration grace = effects.drainSafeGrace().orElseGet(() -> ofWhatDrainSafeIgnores(column));
    Duration bounded = left.filter(time -> time.compareTo(grace) < 0).orElse(grace);
    return bounded.compareTo(SHORTEST) < 0 ? SHORTEST : bounded;
  }

  /** The same for an event as it is tracked. */
  public static Duration of(TrackedEvent tracked, Optional<Duration> left) {
    VmFacts anyVm =
        new VmFacts(
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    EventColumn column = EventColumn.of(tracked.event(), tracked.firstSeenAsStarted(), anyVm);
    return of(column, Effects.of(column, anyVm, ContextSettings.defaults()), left);
  }

  // DrainSafe drains for neither, but has a value: where our policy drains, that one counts.
  private static Duration ofWhatDrainSafeIgnores(EventColumn column) {
    return switch (column) {
      case FREEZE -> OF_FREEZE;
      case REBOOT, REDEPLOY, PREEMPT_DEALLOCATE, PREEMPT_DELETE, TERMINATE, UNKNOWN -> OF_OTHERS;
    };
  }
}
