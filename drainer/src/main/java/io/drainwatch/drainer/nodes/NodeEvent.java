package io.drainwatch.drainer.nodes;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A scheduled event as it stands in the record and in the observation.
 *
 * @param id as received; one longer than 256 characters is cut, so it matches nothing and is never
 *     acknowledged
 * @param duration expected; the policy asks for it
 */
public record NodeEvent(
    String id,
    String type,
    EventStatus status,
    Optional<Instant> notBefore,
    EventSource source,
    List<String> resources,
    Optional<Duration> duration) {
  static final int MOST_ID_CHARACTERS = 256;
  private static final int MOST_CHARACTERS = 128;

  public NodeEvent {
    id = NodeText.plain(id, MOST_ID_CHARACTERS);
    type = NodeText.plain(type, MOST_CHARACTERS);
    resources = NodeText.plain(resources, MOST_CHARACTERS);
    if (id.isBlank()) {
      throw new IllegalArgumentException("an event needs an id");
    }
  }

  /** As {@link ScheduledEvent#isMadeUp}. */
  public boolean isMadeUp() {
    return id.startsWith(ScheduledEvent.MADE_UP);
  }

  public static NodeEvent of(ScheduledEvent event) {
    return new NodeEvent(
        event.id(),
        event.type(),
        event.status(),
        event.notBefore(),
        event.source(),
        event.resources(),
        event.duration());
  }

  NodeEvent withResources(List<String> fewer) {
    return new NodeEvent(id, type, status, notBefore, source, fewer, duration);
  }

  /** Ids are compared without case. */
  static String key(String id) {
    return id.toUpperCase(Locale.ROOT);
  }
}
