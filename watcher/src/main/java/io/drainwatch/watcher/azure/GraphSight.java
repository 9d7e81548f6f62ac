package io.drainwatch.watcher.azure;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One complete answer of Resource Graph: all its pages.
 *
 * <p>The graph leaves out what the caller may not read, without a word. An event is read with the
 * VM or scale set that it belongs to, so only of those that are in the same answer it is known that
 * an event that is not there is none.
 *
 * @param sees ids of VMs and scale sets that may be read, in lower case
 */
public record GraphSight(Set<String> sees, List<GraphEvent> events) {
  public GraphSight {
    sees = sees.stream().map(id -> id.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    events = List.copyOf(events);
  }

  public boolean sees(ResourceId id) {
    ResourceId owner = id.kind() == ResourceId.Kind.INSTANCE ? id.ofScaleSet() : id;
    return sees.contains(owner.path().toLowerCase(Locale.ROOT));
  }
}
