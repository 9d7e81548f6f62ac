package io.drainwatch.drainer.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the drainer knows through a Node's observation, and for how long it has heard nothing. Times
 * are the drainer's own: the watcher's clock may be wrong (item 46).
 *
 * <p>Silence means nothing (item 83): an observation that is absent, unreadable, another VM's or
 * old takes nothing back, and an event is over only when one says so in {@code gone}.
 *
 * @param note the last one that could be read
 * @param raw the annotation as last seen
 * @param heardAt when the annotation changed last
 */
public record ObservationReading(
    Optional<ObservationNote> note, Optional<String> raw, Instant heardAt) {
  /** Three signs of life did not come. */
  public static final Duration SILENT_AFTER = ObservationWriting.SIGN_OF_LIFE.multipliedBy(3);

  public static ObservationReading none(Instant now) {
    return new ObservationReading(Optional.empty(), Optional.empty(), now);
  }

  /** The Node as read now. */
  public ObservationReading next(NodeFacts node, NodeMachine machine, Instant now) {
    Optional<String> text = node.annotation(NodeKeys.OBSERVATION);
    if (text.isEmpty() || text.equals(raw)) {
      return this;
    }
    return switch (ObservationJson.read(text.get())) {
      case ObservationText.Read(ObservationNote read) when isOf(read, machine) ->
          new ObservationReading(Optional.of(read), text, now);
      case ObservationText.Read read -> new ObservationReading(note, text, heardAt);
      case ObservationText.Unreadable unreadable -> new ObservationReading(note, text, heardAt);
    };
  }

  private static boolean isOf(ObservationNote note, NodeMachine machine) {
    return note.vmId().isEmpty()
        || machine.vmId().isEmpty()
        || note.vmId().get().equalsIgnoreCase(machine.vmId().get());
  }

  /** The watcher is not heard of: keep to the recorded deadline. */
  public boolean isSilent(Instant now) {
    return Duration.between(heardAt, now).compareTo(SILENT_AFTER) > 0;
  }

  /** Whether the watcher said that the event is absent from two valid documents in a row. */
  public boolean saysGone(String eventId) {
    return note.map(known -> known.gone().stream().anyMatch(eventId::equalsIgnoreCase))
        .orElse(false);
  }

  /** Whether the newest valid document that the watcher told of is without the event. */
  public boolean saysMissing(String eventId) {
    return saysGone(eventId)
        || note.map(known -> known.missing().stream().anyMatch(eventId::equalsIgnoreCase))
            .orElse(false);
  }
}
