package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.NodeEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Events that the drainer's record goes by and our core does not know: it lost its journal, or
 * began anew with an event that overtook the others. Nobody else would tell the drainer that they
 * are over, and it takes silence for nothing; so their absence is counted here, from valid
 * documents like the core's own: missing from one, gone from two in a row (I10).
 */
final class Forgotten {
  private Forgotten() {}

  static void look(DistantDraft draft, Watch watch) {
    Optional<Document> newest = watch.newest();
    if (newest.isEmpty() || watch.machine().isEmpty()) {
      return;
    }
    Set<String> known = known(watch, newest.get(), watch.machine().get().vmName());
    List<NodeEvent> forgotten =
        ofTheRecord(draft).filter(event -> !known.contains(key(event))).toList();
    draft
        .absentSince
        .keySet()
        .retainAll(forgotten.stream().map(Forgotten::key).collect(Collectors.toSet()));
    Instant readAt = newest.get().readAt();
    for (NodeEvent event : forgotten) {
      Instant first = draft.absentSince.computeIfAbsent(key(event), any -> readAt);
      if (!first.equals(readAt)) {
        draft.gone.put(key(event), event.id());
      }
    }
  }

  /** Their ids. */
  static Stream<String> missing(DistantDraft draft) {
    return ofTheRecord(draft)
        .filter(event -> draft.absentSince.containsKey(key(event)))
        .map(NodeEvent::id);
  }

  private static Set<String> known(Watch watch, Document newest, String vmName) {
    Stream<String> tracked =
        watch.episode().map(Episode::events).orElse(List.of()).stream()
            .map((TrackedEvent each) -> each.event().key());
    Stream<String> standing =
        newest.events().stream().filter(event -> event.names(vmName)).map(ScheduledEvent::key);
    return Stream.concat(tracked, standing).collect(Collectors.toSet());
  }

  // What no document ever names is not missing from one; what a condition had announced is over by
  // documents, as it is for the core (ConditionBook).
  private static Stream<NodeEvent> ofTheRecord(DistantDraft draft) {
    return draft.record.stream()
        .flatMap(record -> record.events().stream())
        .filter(event -> event.source() != EventSource.OPERATOR)
        .filter(event -> !event.isMadeUp());
  }

  private static String key(NodeEvent event) {
    return NoteWriting.key(event.id());
  }
}
