package io.drainwatch.drainer.maintenance;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * One valid document: 200, a JSON object, an {@code Events} array. Events that the platform calls
 * Completed or Canceled are not in it.
 *
 * @param incarnation for logs and metrics only, never compared by size
 * @param readAt when the answer was complete
 */
public record Document(OptionalLong incarnation, List<ScheduledEvent> events, Instant readAt) {
  public Document {
    events = List.copyOf(events);
  }
}
