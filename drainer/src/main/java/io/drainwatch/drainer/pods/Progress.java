package io.drainwatch.drainer.pods;

import java.time.Instant;
import java.util.Map;

/**
 * How far the drain is; moments by our own clock.
 *
 * @param ourselvesMayGo whether all is done and acknowledged, or there is nothing to acknowledge
 * @param refusedAt by UID, when the eviction was last refused
 * @param detachingSince by UID, since when a pod with volumes is gone whose volumes are still
 *     attached here
 */
public record Progress(
    Instant now,
    boolean ourselvesMayGo,
    Map<String, Instant> refusedAt,
    Map<String, Instant> detachingSince) {

  public Progress {
    refusedAt = Map.copyOf(refusedAt);
    detachingSince = Map.copyOf(detachingSince);
  }
}
