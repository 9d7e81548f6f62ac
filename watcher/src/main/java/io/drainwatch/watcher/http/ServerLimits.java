package io.drainwatch.watcher.http;

import java.time.Duration;

/**
 * What clients may take, all together: the endpoints are for a few, and whoever may connect must
 * not be able to take the descriptors or the memory of what watches the machine.
 *
 * @param connections open at the same time; more are closed at once
 * @param idle a connection on which so long nothing is read or written is closed; the stream sends
 *     something more often
 */
public record ServerLimits(int connections, Duration idle) {
  /** {@value} */
  static final int MOST_CONNECTIONS = 64;

  /** Micronaut counts in seconds, and none of them means for ever. */
  private static final Duration LEAST_IDLE = Duration.ofSeconds(1);

  public static final ServerLimits DEFAULT =
      new ServerLimits(MOST_CONNECTIONS, Duration.ofSeconds(60));

  public ServerLimits {
    if (connections < 1 || idle.compareTo(LEAST_IDLE) < 0) {
      throw new IllegalArgumentException("nobody could connect: " + connections + ", " + idle);
    }
  }
}
