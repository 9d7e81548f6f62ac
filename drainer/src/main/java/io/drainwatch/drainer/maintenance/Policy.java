package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which rule is in force for an event: the operator's list, first match wins, over the defaults of
 * lifecycle.md, "Policy".
 *
 * @param looksOn another tool does the acting (kubernetes-drain.md 16): whatever the rules say,
 *     nothing is done beyond observing, and nothing is acknowledged
 */
public record Policy(List<PolicyRule> rules, boolean looksOn) {
  public static final Duration DEFAULT_MARGIN = Duration.ofSeconds(60);
  public static final Duration DEFAULT_PREEMPT_MARGIN = Duration.ofSeconds(6);

  /** A Freeze that announces 0 to 9 seconds, both included, is short; -1 never is. */
  public static final Duration LONGEST_SHORT_FREEZE = Duration.ofSeconds(9);

  public Policy {
    rules = List.copyOf(rules);
  }

  public Policy(List<PolicyRule> rules) {
    this(rules, false);
  }

  public static Policy defaults() {
    return new Policy(List.of());
  }

  public Policy lookingOn() {
    return new Policy(rules, true);
  }

  public Rule ruleFor(ScheduledEvent event) {
    Rule rule = ruleOfActing(event);
    return looksOn ? rule.lookingOn() : rule;
  }

  private Rule ruleOfActing(ScheduledEvent event) {
    Rule standard = defaultFor(event);
    if (event.source() == EventSource.OPERATOR) {
      return standard; // who drains by hand has decided; the rules are for the platform's events
    }
    return rules.stream()
        .filter(rule -> rule.matches(event))
        .findFirst()
        .map(rule -> rule.over(standard))
        .orElse(standard);
  }

  private static Rule defaultFor(ScheduledEvent event) {
    if (event.source() == EventSource.OPERATOR) {
      return rule("by hand", PolicyAction.DRAIN, AcknowledgeWhen.NEVER, Duration.ZERO);
    }
    EventKind kind = event.kind();
    return switch (kind) {
      case FREEZE -> defaultForFreeze(event);
      case REBOOT, REDEPLOY, TERMINATE ->
          rule(named(kind), PolicyAction.DRAIN, AcknowledgeWhen.AFTER_DRAIN, DEFAULT_MARGIN);
      case PREEMPT ->
          rule(
              named(kind), PolicyAction.DRAIN, AcknowledgeWhen.AFTER_DRAIN, DEFAULT_PREEMPT_MARGIN);
      case SPOT_REBALANCE_RECOMMENDATION, UNKNOWN ->
          rule("default unknown", PolicyAction.DRAIN, AcknowledgeWhen.NEVER, DEFAULT_MARGIN);
    };
  }

  private static Rule defaultForFreeze(ScheduledEvent event) {
    boolean isShort =
        event.duration().map(known -> known.compareTo(LONGEST_SHORT_FREEZE) <= 0).orElse(false);
    return new Rule(
        isShort ? "default short Freeze" : "default Freeze",
        PolicyAction.OBSERVE,
        isShort ? AcknowledgeWhen.IMMEDIATELY : AcknowledgeWhen.NEVER,
        DEFAULT_MARGIN,
        Optional.empty(),
        AtDeadline.LEAVE,
        Optional.empty(),
        false);
  }

  private static String named(EventKind kind) {
    return "default " + kind.word();
  }

  private static Rule rule(
      String name, PolicyAction action, AcknowledgeWhen acknowledge, Duration margin) {
    return new Rule(
        name,
        action,
        acknowledge,
        margin,
        Optional.empty(),
        AtDeadline.DELETE_PODS,
        Optional.empty(),
        false);
  }
}
