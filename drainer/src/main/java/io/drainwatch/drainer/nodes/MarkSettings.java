package io.drainwatch.drainer.nodes;

import java.util.Set;

/**
 * Which marks are set beside the cordon.
 *
 * @param holds keys out of {@link NodeKeys#HOLDS}
 */
public record MarkSettings(boolean taint, boolean lbLabel, Set<String> holds) {
  public static final MarkSettings CORDON_ONLY = new MarkSettings(false, false, Set.of());

  public MarkSettings {
    holds = Set.copyOf(holds);
    if (!NodeKeys.HOLDS.containsAll(holds)) {
      throw new IllegalArgumentException("not keys of holds: " + holds);
    }
  }
}
