package io.drainwatch.drainer.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Makes a record smaller, an entry at a time, the least needed first: pods that were left, names in
 * events, events but the first, ids. What is cut can only make us do less: an id that is not in the
 * list is not acknowledged. What {@code did} says is never cut.
 */
final class RecordCut {
  // braces, names and comma of an entry
  private static final int FRAME_BYTES = 24;

  // quotes and comma
  private static final int NAME_FRAME_BYTES = 3;

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
        : byNames(record, excess);
  }

  /**
   * Of hundreds of pods many go at once, or writing would take hundreds of rounds. Never one too
   * many: an entry is reckoned as the most that it can take in JSON.
   */
  static List<DrainNote.Left> without(List<DrainNote.Left> left, int excess) {
    return without(
        left,
        excess,
        entry -> 2 * (NodeText.bytes(entry.pod()) + NodeText.bytes(entry.why())) + FRAME_BYTES);
  }

  private static <T> List<T> without(List<T> all, int excess, ToIntFunction<T> most) {
    int keep = all.size();
    int freed = 0;
    while (keep > 0 && freed < excess) {
      keep--;
      freed += most.applyAsInt(all.get(keep));
    }
    return all.subList(0, keep);
  }

  private static NodeRecord byNames(NodeRecord record, int excess) {
    List<NodeEvent> events = new ArrayList<>(record.events());
    for (int i = events.size() - 1; i >= 0; i--) {
      NodeEvent event = events.get(i);
      if (!event.resources().isEmpty()) {
        List<String> names =
            without(event.resources(), excess, name -> 2 * NodeText.bytes(name) + NAME_FRAME_BYTES);
        events.set(i, event.withResources(names));
        return counted(record, event.resources().size() - names.size()).withEvents(events);
      }
    }
    return once(record, events);
  }

  private static NodeRecord counted(NodeRecord record, int cut) {
    DrainNote drain = record.drain();
    return record.with(
        new DrainNote(
            drain.drained(), drain.ackable(), drain.counts(), List.of(), drain.more() + cut));
  }

  private static NodeRecord once(NodeRecord record, List<NodeEvent> events) {
    DrainNote drain = record.drain();
    int more = drain.more() + 1;
    if (events.size() > 1) {
      return counted(record, 1).withEvents(shorter(events));
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
