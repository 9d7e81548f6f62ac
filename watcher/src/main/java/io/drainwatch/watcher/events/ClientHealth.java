package io.drainwatch.watcher.events;

import java.time.Instant;
import java.util.Optional;

/**
 * What the {@link ClientState} is told from.
 *
 * @param lastValidAt when the last valid document was read
 */
record ClientHealth(Optional<Instant> lastValidAt, int failuresInARow) {
  static final int FAILURES_UNTIL_DEGRADED = 10;

  static ClientHealth unknown() {
    return new ClientHealth(Optional.empty(), 0);
  }

  ClientHealth afterDocument(Instant readAt) {
    return new ClientHealth(Optional.of(readAt), 0);
  }

  /** An empty body is no document, but the service was there. */
  ClientHealth afterEmptyBody() {
    return new ClientHealth(lastValidAt, 0);
  }

  ClientHealth afterFailure() {
    return new ClientHealth(lastValidAt, Math.min(failuresInARow, Integer.MAX_VALUE - 1) + 1);
  }

  ClientState state() {
    if (failuresInARow >= FAILURES_UNTIL_DEGRADED) {
      return ClientState.DEGRADED;
    }
    return lastValidAt.isPresent() ? ClientState.OK : ClientState.WARMING;
  }
}
