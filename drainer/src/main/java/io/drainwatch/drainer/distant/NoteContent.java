package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.Ack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the observation says (kubernetes-drain.md 1), from the core's newest state. */
final class NoteContent {
  private static final int ACCEPTED = 200;

  private NoteContent() {}

  /** Empty: nothing is known yet that could be said. */
  static Optional<ObservationNote> of(DistantDraft draft) {
    Optional<Machine> machine = draft.machine();
    boolean isSilent =
        draft.episode().isEmpty()
            && draft.watch.flatMap(Watch::newest).isEmpty()
            && answeredEmpty(draft).isEmpty();
    return isSilent ? Optional.empty() : machine.map(each -> of(draft, each));
  }

  private static ObservationNote of(DistantDraft draft, Machine machine) {
    Optional<Document> newest = draft.watch.flatMap(Watch::newest);
    List<TrackedEvent> tracked = draft.episode().map(Episode::events).orElse(List.of());
    return new ObservationNote(
        machine.vmId(),
        machine.vmName(),
        machine.bootId(),
        newest.map(each -> each.incarnation().orElse(0)).orElse(0L),
        Stream.concat(newest.map(Document::readAt).stream(), answeredEmpty(draft).stream())
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH),
        draft.health,
        events(newest, tracked, machine.vmName()),
        missing(tracked, draft),
        gone(draft, tracked),
        acks(draft, tracked),
        NoteHooks.of(draft),
        0);
  }

  // A metadata service that answers empty as long as nothing is pending is read all the same; who
  // asks whether this watcher is there is to hear so.
  private static Optional<Instant> answeredEmpty(DistantDraft draft) {
    return NoteWriting.question(draft)
        .flatMap(asked -> draft.watch.flatMap(Watch::empties))
        .map(Watch.EmptyRun::last);
  }

  private static List<NodeEvent> events(
      Optional<Document> newest, List<TrackedEvent> tracked, String vmName) {
    Map<String, NodeEvent> events = new LinkedHashMap<>();
    if (newest.isPresent()) {
      newest.get().events().stream()
          .filter(event -> event.names(vmName))
          .filter(event -> isStanding(event, tracked))
          .forEach(event -> events.putIfAbsent(event.key(), NodeEvent.of(event)));
    } else {
      // after a start, before a document came: as the journal knows them
      tracked.stream()
          .filter(TrackedEvent::isInNewestDocument)
          .forEach(each -> events.putIfAbsent(each.event().key(), NodeEvent.of(each.event())));
    }
    tracked.stream()
        .filter(each -> isNotOfADocument(each) && !each.isGone())
        .forEach(each -> events.putIfAbsent(each.event().key(), NodeEvent.of(each.event())));
    return new ArrayList<>(events.values());
  }

  // A run of empty answers counts as a document without events, though none was read.
  private static boolean isStanding(ScheduledEvent event, List<TrackedEvent> tracked) {
    return tracked.stream()
        .noneMatch(each -> each.event().key().equals(event.key()) && !each.isInNewestDocument());
  }

  // by hand, or from a condition of the Node as long as that stands
  private static boolean isNotOfADocument(TrackedEvent tracked) {
    EventSource source = tracked.event().source();
    return source == EventSource.OPERATOR
        || (source == EventSource.NODE_CONDITION && tracked.isInNewestDocument());
  }

  private static List<String> missing(List<TrackedEvent> tracked, DistantDraft draft) {
    List<String> missing =
        new ArrayList<>(
            tracked.stream()
                .filter(each -> !each.isInNewestDocument())
                .map(each -> each.event().id())
                .toList());
    Stream.concat(gone(draft, tracked).stream(), Forgotten.missing(draft))
        .filter(id -> !missing.contains(id))
        .forEach(missing::add);
    return missing;
  }

  // Also what the core has let go, as long as the record goes by it: the drainer may have been away
  // when it was gone, and takes silence for nothing.
  private static List<String> gone(DistantDraft draft, List<TrackedEvent> tracked) {
    TreeSet<String> keys = new TreeSet<>();
    tracked.stream()
        .filter(TrackedEvent::isGone)
        .map(each -> each.event().key())
        .forEach(keys::add);
    draft.record.stream()
        .flatMap(record -> record.events().stream())
        .map(event -> NoteWriting.key(event.id()))
        .forEach(keys::add);
    return draft.gone.entrySet().stream()
        .filter(each -> keys.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .sorted()
        .toList();
  }

  // What was accepted before a start stands in the journal.
  private static List<Ack> acks(DistantDraft draft, List<TrackedEvent> tracked) {
    List<Ack> acks = new ArrayList<>();
    for (TrackedEvent each : tracked) {
      List<Ack> known = draft.acks.stream().filter(ack -> is(each, ack.id())).toList();
      if (known.isEmpty() && each.acknowledgement().accepted()) {
        acks.add(new Ack(each.event().id(), each.firstSeen(), ACCEPTED));
      }
      acks.addAll(known);
    }
    // of events that the core has let go and the record still goes by
    draft.acks.stream()
        .filter(ack -> tracked.stream().noneMatch(each -> is(each, ack.id())))
        .filter(ack -> draft.record.stream().anyMatch(record -> names(record, ack.id())))
        .forEach(acks::add);
    return acks;
  }

  private static boolean is(TrackedEvent tracked, String id) {
    return tracked.event().id().equalsIgnoreCase(id);
  }

  private static boolean names(NodeRecord record, String id) {
    return record.events().stream().anyMatch(event -> event.id().equalsIgnoreCase(id));
  }
}
