package io.drainwatch.drainer.relay;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.LastMaintenance;
import io.drainwatch.drainer.nodes.ObservationNote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the core is to take where Resource Graph tells of events beside the watcher. The watcher's
 * view wins:
 *
 * <ol>
 *   <li>An event that the watcher tells of is its own, whatever the graph says of it: it is neither
 *       changed nor ended by the graph.
 *   <li>Only where the watcher is silent, or its metadata service out of reach, the graph begins or
 *       joins anything; not with what the watcher has called missing or gone, and not with what the
 *       Node's last maintenance served.
 *   <li>What the graph alone told of is missing or gone when the graph says so while it counts, or
 *       when the watcher does; of both the one that goes further. Where nobody knows, it is as it
 *       stands (I10).
 * </ol>
 */
public final class GraphRelay {
  private GraphRelay() {}

  /**
   * @param ofTheWatcher what its note comes to
   */
  public static NoteRelay of(
      NoteRelay ofTheWatcher,
      GraphWord word,
      Optional<ObservationNote> note,
      Optional<Episode> episode,
      Optional<LastMaintenance> last) {
    if (!word.isToBeGoneBy()) {
      return ofTheWatcher;
    }
    Map<String, ScheduledEvent> standing = new LinkedHashMap<>();
    ofTheWatcher.events().forEach(event -> standing.put(event.key(), event));
    Map<String, Integer> absent = new TreeMap<>(ofTheWatcher.absent());
    Map<String, ScheduledEvent> told = new LinkedHashMap<>();
    word.answers().orElseThrow().events().forEach(event -> told.put(event.key(), event));
    List<TrackedEvent> known = episode.map(Episode::events).orElse(List.of());
    for (TrackedEvent each : known) {
      String key = each.event().key();
      if (!isOfTheGraph(each) || note.filter(it -> tellsOf(it, key)).isPresent()) {
        continue;
      }
      int absence = Math.max(byNote(note, key), word.absence(key).orElse(each.absentFrom()));
      if (absence == 0) {
        standing.put(key, told.getOrDefault(key, each.event()));
        absent.remove(key);
      } else {
        standing.remove(key);
        absent.put(key, absence);
      }
    }
    told.values().stream()
        .filter(event -> known.stream().noneMatch(it -> it.event().key().equals(event.key())))
        .filter(event -> byNote(note, event.key()) == 0)
        .filter(event -> last.filter(it -> it.served(event.id())).isEmpty())
        .forEach(event -> standing.putIfAbsent(event.key(), event));
    return new NoteRelay(new ArrayList<>(standing.values()), absent);
  }

  /** Which machine it is where no watcher ever told; that it may be a Spot one is not known. */
  public static Machine machine(GraphWord word, String bootId) {
    return new Machine(word.vmName(), Optional.empty(), bootId, true);
  }

  private static boolean isOfTheGraph(TrackedEvent tracked) {
    return tracked.event().source() == EventSource.RESOURCE_GRAPH;
  }

  private static boolean tellsOf(ObservationNote note, String key) {
    return note.events().stream().anyMatch(event -> event.id().equalsIgnoreCase(key));
  }

  private static int byNote(Optional<ObservationNote> note, String key) {
    if (note.filter(it -> it.gone().stream().anyMatch(key::equalsIgnoreCase)).isPresent()) {
      return NoteRelay.GONE;
    }
    return note.filter(it -> it.missing().stream().anyMatch(key::equalsIgnoreCase)).isPresent()
        ? NoteRelay.MISSING
        : 0;
  }
}
