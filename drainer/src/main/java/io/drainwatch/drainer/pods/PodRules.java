package io.drainwatch.drainer.pods;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The operator's settings for pods.
 *
 * @param rules in file order, the first that matches counts
 * @param stuckAfter how long past the end of its grace a terminating pod is only waited for
 * @param detachTimeout how long volumes of a pod that is gone hold up the next pod with volumes
 */
public record PodRules(
    List<PodRule> rules, Set<PodOption> options, Duration stuckAfter, Duration detachTimeout) {

  public static final Duration DEFAULT_STUCK_AFTER = Duration.ofSeconds(60);
  public static final Duration DEFAULT_DETACH_TIMEOUT = Duration.ofSeconds(120);

  public PodRules {
    rules = List.copyOf(rules);
    options = Set.copyOf(options);
    Set<String> names = new HashSet<>();
    for (PodRule rule : rules) {
      if (!names.add(rule.name())) {
        throw new IllegalArgumentException("two rules for pods are called '" + rule.name() + "'");
      }
    }
    if (stuckAfter.isNegative() || !detachTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "stuck-after %s must not be negative, detach time-out %s must be positive"
              .formatted(stuckAfter, detachTimeout));
    }
  }

  public static PodRules defaults() {
    return new PodRules(List.of(), Set.of(), DEFAULT_STUCK_AFTER, DEFAULT_DETACH_TIMEOUT);
  }

  public boolean has(PodOption option) {
    return options.contains(option);
  }

  Optional<PodRule> ruleFor(PodFacts pod) {
    return rules.stream().filter(rule -> rule.matches(pod)).findFirst();
  }
}
