package io.drainwatch.drainer.evictions;

import java.time.Instant;
import java.util.List;

/**
 * A list made for the fence.
 *
 * @param complete consistent (no resourceVersion, so no cache) and read to its last page
 * @param begun by our clock
 * @param ended by our clock
 */
public record PodList(List<EvictablePod> pods, boolean complete, Instant begun, Instant ended) {
  public PodList {
    pods = List.copyOf(pods);
    if (ended.isBefore(begun)) {
      throw new IllegalArgumentException("a list that ended before it began: " + ended);
    }
  }
}
