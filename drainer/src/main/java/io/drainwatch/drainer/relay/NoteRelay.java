package io.drainwatch.drainer.relay;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.LastMaintenance;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.ObservationNote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A note as the core is to take it: the events of one document, and how often each event of the
 * episode that is not in it has been absent, as counted by the watcher. The core counts documents;
 * {@link Absences} sees to it that it comes to the watcher's numbers.
 *
 * @param events that stand
 * @param absent by key: 1 missing, 2 gone
 */
public record NoteRelay(List<ScheduledEvent> events, Map<String, Integer> absent) {
  /** Absent from the newest valid document. */
  static final int MISSING = 1;

  /** Absent from two in a row. */
  static final int GONE = 2;

  public NoteRelay {
    events = List.copyOf(events);
    absent = Map.copyOf(absent);
  }

  /**
   * @param last what the Node's last episode served begins no other one (item 66)
   */
  public static NoteRelay of(
      ObservationNote note, Optional<Episode> episode, Optional<LastMaintenance> last) {
    Map<String, ScheduledEvent> standing = new LinkedHashMap<>();
    for (NodeEvent event : note.events()) {
      boolean isKnown = tracked(episode, event.id()).isPresent();
      if (isKnown || last.filter(each -> each.served(event.id())).isEmpty()) {
        ScheduledEvent scheduled = scheduled(event, note);
        standing.putIfAbsent(scheduled.key(), scheduled);
      }
    }
    Map<String, Integer> absent = new TreeMap<>();
    for (TrackedEvent known : episode.map(Episode::events).orElse(List.of())) {
      String key = known.event().key();
      if (known.event().source() == EventSource.OPERATOR || standing.containsKey(key)) {
        continue;
      }
      if (names(note.gone(), known) || isOfNoDocument(note, known)) {
        absent.put(key, GONE);
      } else if (names(note.missing(), known)) {
        absent.put(key, MISSING);
      } else if (known.absentFrom() == 0) {
        standing.put(key, known.event()); // not told of: as it stands
      } else {
        absent.put(key, known.absentFrom());
      }
    }
    return new NoteRelay(new ArrayList<>(standing.values()), absent);
  }

  /** Where no watcher was ever heard of: everything is as it stands. */
  public static NoteRelay ofNobody(Optional<Episode> episode) {
    Map<String, ScheduledEvent> standing = new LinkedHashMap<>();
    Map<String, Integer> absent = new TreeMap<>();
    for (TrackedEvent known : episode.map(Episode::events).orElse(List.of())) {
      if (known.event().source() == EventSource.OPERATOR) {
        continue;
      }
      if (known.absentFrom() == 0) {
        standing.put(known.event().key(), known.event());
      } else {
        absent.put(known.event().key(), known.absentFrom());
      }
    }
    return new NoteRelay(new ArrayList<>(standing.values()), absent);
  }

  /** A drain by hand on the machine that was ended there; the core does not count its absence. */
  public static boolean endsDrainByHand(ObservationNote note, Optional<Episode> episode) {
    return episode.map(Episode::events).orElse(List.of()).stream()
        .filter(known -> known.event().source() == EventSource.OPERATOR && !known.isGone())
        .anyMatch(known -> names(note.gone(), known));
  }

  /** Which machine tells. That a Spot machine is deleted when evicted is not told, so it may be. */
  public static Machine machine(ObservationNote note) {
    return new Machine(note.vmName(), note.vmId(), note.bootId(), true);
  }

  private static Optional<TrackedEvent> tracked(Optional<Episode> episode, String id) {
    return episode.map(Episode::events).orElse(List.of()).stream()
        .filter(known -> known.event().id().equalsIgnoreCase(id))
        .findFirst();
  }

  // The watcher tells of what it has seen, and this it never will: where it reads documents, or
  // conditions tell it of an event instead, and none is known to have lost an event for a moment,
  // it is not in them.
  private static boolean isOfNoDocument(ObservationNote note, TrackedEvent known) {
    boolean isToldByConditions =
        note.events().stream().anyMatch(each -> each.source() == EventSource.NODE_CONDITION);
    return known.event().isMadeUp()
        && (note.health() == ObservationNote.Health.OK || isToldByConditions)
        && note.gone().containsAll(note.missing());
  }

  private static boolean names(List<String> ids, TrackedEvent known) {
    return ids.stream().anyMatch(known.event().id()::equalsIgnoreCase);
  }

  private static ScheduledEvent scheduled(NodeEvent event, ObservationNote note) {
    return new ScheduledEvent(
        event.id(),
        event.source().isOfTheService(),
        event.type(),
        event.status(),
        event.source(),
        "VirtualMachine",
        ownFirst(event.resources(), note),
        event.notBefore(),
        event.duration(),
        "",
        Optional.empty());
  }

  // The records decide about the others (SharedEvents); for the core the first VM named is this
  // one. A note that had to be cut may have lost the name, though it tells of own events only.
  private static List<String> ownFirst(List<String> names, ObservationNote note) {
    List<String> others =
        names.stream().filter(name -> !name.equalsIgnoreCase(note.vmName())).toList();
    boolean isNamed = others.size() < names.size() || note.more() > 0;
    if (!isNamed) {
      return names;
    }
    List<String> out = new ArrayList<>(List.of(note.vmName()));
    out.addAll(others);
    return out;
  }
}
