package io.drainwatch.watcher.azure;

import java.time.Duration;
import java.util.Optional;

/**
 * A notice that has to be switched on: of Terminate, or of an upgrade of the OS image.
 *
 * @param time how long ahead; empty where Azure's default counts, 5 min
 */
public record Notification(boolean on, Optional<Duration> time) {
  public static final Notification OFF = new Notification(false, Optional.empty());
}
