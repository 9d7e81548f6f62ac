package io.drainwatch.drainer.nodes;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes a record smaller, an entry at a time, the least needed first: pods that were left, names in
 * events, events but the first, ids. What is cut can only make us do less: an id that is not in the
 * list is not acknowledged. What {@code did} says is never cut.
 */
final class RecordCut {
  private RecordCut() {}

  static NodeRecord once(NodeRecord record) {
    DrainNote drain = record.drain();
    int more = drain.more() + 1;
    if (!drain.left().isEmpty()) {
      return record.with(
          new DrainNote(
              drain.drained(), drain.ackable(), drain.counts(), shorter(drain.left()), more));
    }
    NodeRecord counted =
        record.with(
            new DrainNote(drain.drained(), drain.ackable(), drain.counts(), List.of(), more));
    List<NodeEvent> events = new ArrayList<>(record.events());
    for (int i = events.size() - 1; i >= 0; i--) {
      NodeEvent event = events.get(i);
      if (!event.resources().isEmpty()) {
        events.set(i, event.withResources(shorter(event.resources())));
        return counted.withEvents(events);
      }
    }
    if (events.size() > 1) {
      return counted.withEvents(shorter(events));
    }
    if (!drain.ackable().isEmpty()) {
      return record.with(
          new DrainNote(
              drain.drained(), shorter(drain.ackable()), drain.counts(), List.of(), more));
    }
    if (!drain.drained().isEmpty()) {
      return record.with(
          new DrainNote(shorter(drain.drained()), List.of(), drain.counts(), List.of(), more));
    }
    return record;
  }

  static <T> List<T> shorter(List<T> list) {
    return list.subList(0, list.size() - 1);
  }
}
