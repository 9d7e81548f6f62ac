package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Policy rules for tests: {@code Rules.forType("Reboot").doing(PolicyAction.CORDON)}. */
public record Rules(PolicyRule rule) {

  public static Rules forType(String... types) {
    return new Rules(
        new PolicyRule(
            "policy",
            List.of(types),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  static Rules forAll() {
    return forType();
  }

  public static LifecycleSettings settings(Rules... rules) {
    return LifecycleSettings.defaults().withPolicy(policy(rules));
  }

  static Policy policy(Rules... rules) {
    return new Policy(java.util.Arrays.stream(rules).map(Rules::rule).toList());
  }

  Rules named(String name) {
    return new Rules(
        new PolicyRule(
            name,
            rule.types(),
            rule.source(),
            rule.shortest(),
            rule.longest(),
            rule.action(),
            rule.acknowledge(),
            rule.margin(),
            rule.startBefore(),
            rule.atDeadline(),
            rule.window(),
            rule.drainAfterStart()));
  }

  Rules from(EventSource source) {
    return with(Optional.of(source), rule.shortest(), rule.longest());
  }

  Rules lasting(int shortest, int longest) {
    return with(
        rule.source(),
        Optional.of(Duration.ofSeconds(shortest)),
        Optional.of(Duration.ofSeconds(longest)));
  }

  private Rules with(
      Optional<EventSource> source, Optional<Duration> shortest, Optional<Duration> longest) {
    return new Rules(
        new PolicyRule(
            rule.name(),
            rule.types(),
            source,
            shortest,
            longest,
            rule.action(),
            rule.acknowledge(),
            rule.margin(),
            rule.startBefore(),
            rule.atDeadline(),
            rule.window(),
            rule.drainAfterStart()));
  }

  public Rules doing(PolicyAction action) {
    return with(
        Optional.of(action), rule.acknowledge(), rule.margin(), rule.startBefore(), rule.window());
  }

  public Rules acknowledging(AcknowledgeWhen when) {
    return with(rule.action(), Optional.of(when), rule.margin(), rule.startBefore(), rule.window());
  }

  Rules margin(int seconds) {
    return with(
        rule.action(),
        rule.acknowledge(),
        Optional.of(Duration.ofSeconds(seconds)),
        rule.startBefore(),
        rule.window());
  }

  public Rules startBefore(String lead) {
    return with(
        rule.action(),
        rule.acknowledge(),
        rule.margin(),
        Optional.of(Duration.parse("PT" + lead)),
        rule.window());
  }

  Rules window(String name) {
    return with(
        rule.action(), rule.acknowledge(), rule.margin(), rule.startBefore(), Optional.of(name));
  }

  Rules leavingPodsAtDeadline() {
    return new Rules(
        new PolicyRule(
            rule.name(),
            rule.types(),
            rule.source(),
            rule.shortest(),
            rule.longest(),
            rule.action(),
            rule.acknowledge(),
            rule.margin(),
            rule.startBefore(),
            Optional.of(AtDeadline.LEAVE),
            rule.window(),
            rule.drainAfterStart()));
  }

  private Rules with(
      Optional<PolicyAction> action,
      Optional<AcknowledgeWhen> acknowledge,
      Optional<Duration> margin,
      Optional<Duration> startBefore,
      Optional<String> window) {
    return new Rules(
        new PolicyRule(
            rule.name(),
            rule.types(),
            rule.source(),
            rule.shortest(),
            rule.longest(),
            action,
            acknowledge,
            margin,
            startBefore,
            rule.atDeadline(),
            window,
            rule.drainAfterStart()));
  }

  Rules drainingAfterStart() {
    return new Rules(
        new PolicyRule(
            rule.name(),
            rule.types(),
            rule.source(),
            rule.shortest(),
            rule.longest(),
            rule.action(),
            rule.acknowledge(),
            rule.margin(),
            rule.startBefore(),
            rule.atDeadline(),
            rule.window(),
            Optional.of(true)));
  }
}
