package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Policy rules for tests: {@code Rules.forType("Reboot").doing(PolicyAction.CORDON)}. */
public final class Rules {
  private final List<String> types;
  private String name = "policy";
  private Optional<EventSource> source = Optional.empty();
  private Optional<Duration> shortest = Optional.empty();
  private Optional<Duration> longest = Optional.empty();
  private Optional<PolicyAction> action = Optional.empty();
  private Optional<AcknowledgeWhen> acknowledge = Optional.empty();
  private Optional<Duration> margin = Optional.empty();
  private Optional<Duration> startBefore = Optional.empty();
  private Optional<AtDeadline> atDeadline = Optional.empty();
  private Optional<String> window = Optional.empty();
  private Optional<Boolean> drainAfterStart = Optional.empty();

  private Rules(List<String> types) {
    this.types = types;
  }

  public static Rules forType(String... types) {
    return new Rules(List.of(types));
  }

  static Rules forAll() {
    return forType();
  }

  public static LifecycleSettings settings(Rules... rules) {
    return LifecycleSettings.defaults().withPolicy(policy(rules));
  }

  static Policy policy(Rules... rules) {
    return new Policy(Arrays.stream(rules).map(Rules::rule).toList());
  }

  public PolicyRule rule() {
    return new PolicyRule(
        name,
        types,
        source,
        shortest,
        longest,
        action,
        acknowledge,
        margin,
        startBefore,
        atDeadline,
        window,
        drainAfterStart);
  }

  /** Others stay as they are: several may begin with the same. */
  private Rules with(Consumer<Rules> change) {
    Rules next = new Rules(types);
    next.name = name;
    next.source = source;
    next.shortest = shortest;
    next.longest = longest;
    next.action = action;
    next.acknowledge = acknowledge;
    next.margin = margin;
    next.startBefore = startBefore;
    next.atDeadline = atDeadline;
    next.window = window;
    next.drainAfterStart = drainAfterStart;
    change.accept(next);
    return next;
  }

  Rules named(String other) {
    return with(it -> it.name = other);
  }

  Rules from(EventSource wanted) {
    return with(it -> it.source = Optional.of(wanted));
  }

  Rules lasting(int atLeast, int atMost) {
    return with(
        it -> {
          it.shortest = Optional.of(Duration.ofSeconds(atLeast));
          it.longest = Optional.of(Duration.ofSeconds(atMost));
        });
  }

  public Rules doing(PolicyAction wanted) {
    return with(it -> it.action = Optional.of(wanted));
  }

  public Rules acknowledging(AcknowledgeWhen when) {
    return with(it -> it.acknowledge = Optional.of(when));
  }

  Rules margin(int seconds) {
    return with(it -> it.margin = Optional.of(Duration.ofSeconds(seconds)));
  }

  public Rules startBefore(String lead) {
    return with(it -> it.startBefore = Optional.of(Duration.parse("PT" + lead)));
  }

  Rules window(String calendar) {
    return with(it -> it.window = Optional.of(calendar));
  }

  Rules leavingPodsAtDeadline() {
    return with(it -> it.atDeadline = Optional.of(AtDeadline.LEAVE));
  }

  Rules drainingAfterStart() {
    return with(it -> it.drainAfterStart = Optional.of(true));
  }
}
