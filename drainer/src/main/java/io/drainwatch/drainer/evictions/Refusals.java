package io.drainwatch.drainer.evictions;

import java.time.Instant;
import java.util.Optional;

/**
 * What one disruption budget refuses on a Node.
 *
 * @param pods so many wait for it
 * @param since the one that was refused first has been; empty: none was asked for yet
 */
public record Refusals(int pods, Optional<Instant> since) {

  /** Of several Nodes. */
  public Refusals and(Refusals other) {
    return new Refusals(
        pods + other.pods,
        since.map(at -> other.since.filter(it -> it.isBefore(at)).orElse(at)).or(other::since));
  }
}
