package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One rule as the operator wrote it. Every part that is not given matches anything, or leaves the
 * default for that event in place.
 *
 * @param types event types, case does not matter; empty: any
 * @param shortest expected duration at least this; an event without a known duration does not match
 * @param longest expected duration at most this; an event without a known duration does not match
 */
public record PolicyRule(
    String name,
    List<String> types,
    Optional<EventSource> source,
    Optional<Duration> shortest,
    Optional<Duration> longest,
    Optional<PolicyAction> action,
    Optional<AcknowledgeWhen> acknowledge,
    Optional<Duration> margin,
    Optional<Duration> startBefore,
    Optional<AtDeadline> atDeadline,
    Optional<String> window,
    Optional<Boolean> drainAfterStart) {

  public PolicyRule {
    types = List.copyOf(types);
  }

  boolean matches(ScheduledEvent event) {
    return (types.isEmpty() || types.stream().anyMatch(event.type()::equalsIgnoreCase))
        && source.map(wanted -> wanted == sourceOf(event)).orElse(true)
        && shortest.map(atLeast -> isWithin(event, atLeast, true)).orElse(true)
        && longest.map(atMost -> isWithin(event, atMost, false)).orElse(true);
  }

  // a condition of the Node does not tell who caused the event, nor is it asked of Resource Graph
  private static EventSource sourceOf(ScheduledEvent event) {
    boolean isUntold =
        event.source() == EventSource.NODE_CONDITION
            || event.source() == EventSource.RESOURCE_GRAPH;
    return isUntold ? EventSource.UNKNOWN : event.source();
  }

  private static boolean isWithin(ScheduledEvent event, Duration bound, boolean lower) {
    return event
        .duration()
        .map(known -> lower ? known.compareTo(bound) >= 0 : known.compareTo(bound) <= 0)
        .orElse(false);
  }

  /** Fills the gaps of this rule with what is the default for the event. */
  Rule over(Rule standard) {
    PolicyAction effective = action.orElse(standard.action());
    return new Rule(
        name,
        effective,
        acknowledge.orElseGet(() -> acknowledgeFor(effective, standard)),
        margin.orElse(standard.margin()),
        startBefore.or(standard::startBefore),
        atDeadline.orElse(standard.atDeadline()),
        window.or(standard::window),
        drainAfterStart.orElse(standard.drainAfterStart()));
  }

  // A rule that asks for a drain must not inherit "immediately" from the default of a short Freeze,
  // and a cordon never counts as drained.
  private static AcknowledgeWhen acknowledgeFor(PolicyAction action, Rule standard) {
    if (action == standard.action()) {
      return standard.acknowledge();
    }
    return switch (action) {
      case DRAIN -> AcknowledgeWhen.AFTER_DRAIN;
      case CORDON, IGNORE -> AcknowledgeWhen.NEVER;
      case OBSERVE -> AcknowledgeWhen.NEVER;
    };
  }
}
