package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How long scripts may take and what their failure means; absent entries mean the defaults of
 * drain-scripts.md 1.4 and 1.6.
 *
 * @param recall how long after exit code 75 a script is called again; at least a second
 */
public record HookSettings(
    Map<Hook, Duration> timeouts, Map<Hook, OnFailure> onFailure, Duration recall) {
  public static final Duration DEFAULT_RECALL = Duration.ofSeconds(5);
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(600);

  public HookSettings {
    timeouts = Map.copyOf(timeouts);
    onFailure = Map.copyOf(onFailure);
    if (recall.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a recall is at least 1 s: " + recall);
    }
    onFailure.forEach(
        (hook, choice) -> {
          if (!choice.isAllowedFor(hook)) {
            throw new IllegalArgumentException(choice + " is no choice for hook " + hook.word());
          }
        });
  }

  public static HookSettings defaults() {
    return new HookSettings(Map.of(), Map.of(), DEFAULT_RECALL);
  }

  OnFailure onFailureOf(Hook hook) {
    return onFailure.getOrDefault(hook, OnFailure.defaultFor(hook));
  }

  /** The setting alone; where a deadline bounds the hook, absent means: up to the deadline. */
  Optional<Duration> timeoutOf(Hook hook) {
    return Optional.ofNullable(timeouts.get(hook));
  }
}
