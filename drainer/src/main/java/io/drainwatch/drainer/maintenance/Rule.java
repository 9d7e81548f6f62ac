package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.Optional;

/**
 * What is in force for one event: the first policy rule that matched, its gaps filled.
 *
 * @param name for logs and the record, such as {@code policy[2]} or {@code default Reboot}
 * @param margin kept free before NotBefore; cut to a fifth of the notice as first seen
 * @param startBefore how long before NotBefore a far-off event is acted on; empty: at once
 * @param window calendar in which a planned drain may start; Preempt and Terminate ignore it
 * @param drainAfterStart whether what is not drained when the event starts is drained still
 */
public record Rule(
    String name,
    PolicyAction action,
    AcknowledgeWhen acknowledge,
    Duration margin,
    Optional<Duration> startBefore,
    AtDeadline atDeadline,
    Optional<String> window,
    boolean drainAfterStart) {

  public Rule {
    if (margin.isNegative()) {
      throw new IllegalArgumentException("a margin is not negative: " + margin);
    }
  }

  Rule lookingOn() {
    return new Rule(
        name,
        action.takesOutOfService() ? PolicyAction.OBSERVE : action,
        AcknowledgeWhen.NEVER,
        margin,
        startBefore,
        atDeadline,
        window,
        drainAfterStart);
  }
}
