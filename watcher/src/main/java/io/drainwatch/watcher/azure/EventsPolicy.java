package io.drainwatch.watcher.azure;

/**
 * {@code scheduledEventsPolicy}: what Azure approves by itself, so that no drain is waited for.
 *
 * @param allInstancesDown what takes all instances down at once; true where nothing is said
 */
public record EventsPolicy(boolean userReboots, boolean userRedeploys, boolean allInstancesDown) {

  /** Where nothing is set. */
  public static final EventsPolicy DEFAULT = new EventsPolicy(false, false, true);
}
