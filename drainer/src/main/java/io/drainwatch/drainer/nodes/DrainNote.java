package io.drainwatch.drainer.nodes;

import java.util.List;

/**
 * What the record says of the drain.
 *
 * @param drained ids of events that Drained is recorded for
 * @param ackable ids of events that the watcher may acknowledge
 * @param left pods that did not go, and why
 * @param more entries that were cut from the record's lists for its size
 */
public record DrainNote(
    List<String> drained, List<String> ackable, Counts counts, List<Left> left, int more) {
  public static final DrainNote EMPTY =
      new DrainNote(List.of(), List.of(), new Counts(0, 0, 0, 0, 0), List.of(), 0);

  public DrainNote {
    drained = NodeText.plain(drained, NodeEvent.MOST_ID_CHARACTERS);
    ackable = NodeText.plain(ackable, NodeEvent.MOST_ID_CHARACTERS);
    left = List.copyOf(left);
    if (more < 0) {
      throw new IllegalArgumentException("not a number of entries: " + more);
    }
  }

  /**
   * Numbers of pods.
   *
   * @param pods that were to go
   * @param recordons how often we cordoned again after somebody uncordoned
   */
  public record Counts(int pods, int gone, int blocked, int forced, int recordons) {
    Counts recordoned() {
      return new Counts(pods, gone, blocked, forced, recordons + 1);
    }
  }

  /** A pod (namespace/name) that did not go. */
  public record Left(String pod, String why) {
    private static final int MOST_POD_CHARACTERS = 320;
    private static final int MOST_WHY_CHARACTERS = 200;

    public Left {
      pod = NodeText.plain(pod, MOST_POD_CHARACTERS);
      why = NodeText.plain(why, MOST_WHY_CHARACTERS);
    }
  }

  /** Whether Drained is durably recorded for this event; the case of ids does not matter. */
  public boolean isDrainedFor(String id) {
    return drained.stream().anyMatch(id::equalsIgnoreCase);
  }

  /** New pods may have come: what was drained no longer is, and nothing may be acknowledged. */
  public DrainNote undrained() {
    return new DrainNote(List.of(), List.of(), counts, left, more);
  }

  DrainNote recordoned() {
    return new DrainNote(drained, ackable, counts.recordoned(), left, more);
  }
}
