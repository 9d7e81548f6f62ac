package io.drainwatch.watcher.azure;

import java.util.List;

/**
 * A scheduled event as Resource Graph tells it.
 *
 * @param resource the VM or scale set that it belongs to, as an id
 * @param id in whatever case
 * @param notBefore as told, perhaps empty
 */
public record GraphEvent(
    String resource,
    String id,
    String type,
    String status,
    List<String> resources,
    String notBefore) {
  public GraphEvent {
    resources = List.copyOf(resources);
  }
}
