package io.drainwatch.drainer.nodes;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes an observation smaller, an entry at a time: names in events, the oldest hook results and
 * acknowledgements, ids that are missing or gone, events. An event that is cut is not gone: only
 * {@code gone} says so.
 */
final class ObservationCut {
  private ObservationCut() {}

  static ObservationNote once(ObservationNote note) {
    List<NodeEvent> events = new ArrayList<>(note.events());
    for (int i = events.size() - 1; i >= 0; i--) {
      NodeEvent event = events.get(i);
      // the first name is kept: with "first-resource" it decides about the acknowledgement
      if (event.resources().size() > 1) {
        events.set(i, event.withResources(RecordCut.shorter(event.resources())));
        return note.with(events, note.missing(), note.gone(), note.acks(), note.hooks());
      }
    }
    if (!note.hooks().isEmpty()) {
      return note.with(
          events, note.missing(), note.gone(), note.acks(), withoutFirst(note.hooks()));
    }
    if (!note.acks().isEmpty()) {
      return note.with(events, note.missing(), note.gone(), withoutFirst(note.acks()), List.of());
    }
    if (!note.gone().isEmpty()) {
      return note.with(events, note.missing(), withoutFirst(note.gone()), List.of(), List.of());
    }
    if (!events.isEmpty()) {
      return note.with(RecordCut.shorter(events), note.missing(), List.of(), List.of(), List.of());
    }
    if (!note.missing().isEmpty()) {
      return note.with(events, RecordCut.shorter(note.missing()), List.of(), List.of(), List.of());
    }
    return note;
  }

  private static <T> List<T> withoutFirst(List<T> list) {
    return list.subList(1, list.size());
  }
}
