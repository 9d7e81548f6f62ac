package io.drainwatch.drainer.nodes;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes a record smaller, an entry at a time, the least needed first: pods that were left, names in
 * events, events but the first, ids. What is cut can only make us do less: an id that is not in the
 * list is not acknowledged. What {@code did} says is never cut.
 */
final class RecordCut {
  // braces, names and comma of an entry
  private static final int FRAME_BYTES = 24;

  private RecordCut() {}

  /**
   * @param excess bytes that it takes too many
   */
  static NodeRecord by(NodeRecord record, int excess) {
    DrainNote drain = record.drain();
    List<DrainNote.Left> left = without(drain.left(), excess);
    int cut = drain.left().size() - left.size();
    return cut > 0
        ? record.with(
            new DrainNote(
                drain.drained(), drain.ackable(), drain.counts(), left, drain.more() + cut))
        : once(record);
  }

  /**
   * Of hundreds of pods many go at once, or writing would take hundreds of rounds. Never one too
   * many: an entry is reckoned as the most that it can take in JSON.
   */
  static List<DrainNote.Left> without(List<DrainNote.Left> left, int excess) {
    int keep = left.size();
    int freed = 0;
    while (keep > 0 && freed < excess) {
      keep--;
      DrainNote.Left entry = left.get(keep);
      freed += 2 * (NodeText.bytes(entry.pod()) + NodeText.bytes(entry.why())) + FRAME_BYTES;
    }
    return left.subList(0, keep);
  }

  private static NodeRecord once(NodeRecord record) {
    DrainNote drain = record.drain();
    int more = drain.more() + 1;
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
