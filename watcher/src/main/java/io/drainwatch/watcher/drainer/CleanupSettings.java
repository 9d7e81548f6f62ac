package io.drainwatch.watcher.drainer;

import io.drainwatch.drainer.cleaning.Scope;

/**
 * Of the clean-up behind StatefulSets.
 *
 * @param holder who we are in its Lease; another for each process
 */
public record CleanupSettings(Scope scope, String holder) {
  /** Its own: another replica may lead the clean-up than the drain. */
  public static final String LEASE = "drainwatch-scaledown";

  public CleanupSettings {
    if (holder.isBlank()) {
      throw new IllegalArgumentException("a Lease has a holder");
    }
  }
}
