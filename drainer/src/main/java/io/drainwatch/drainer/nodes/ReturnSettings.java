package io.drainwatch.drainer.nodes;

import java.time.Duration;

/**
 * @param minReady how long the Node must have been Ready
 * @param alertAfter how long it may take before people are told; it goes on all the same
 */
public record ReturnSettings(Duration minReady, Duration alertAfter) {
  public static final ReturnSettings DEFAULTS =
      new ReturnSettings(Duration.ofSeconds(30), Duration.ofMinutes(10));

  public ReturnSettings {
    if (minReady.isNegative() || alertAfter.isNegative()) {
      throw new IllegalArgumentException("times to wait are not negative");
    }
  }
}
