package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import java.time.Duration;
import java.util.Set;

/** What the watcher's side of a Node that is drained from elsewhere learns. */
public sealed interface DistantObservation {

  /**
   * The core made a step.
   *
   * @param planned hooks that have scripts; looked for when the episode began
   */
  record Stepped(Watch watch, Health health, Set<Hook> planned) implements DistantObservation {
    public Stepped {
      planned = Set.copyOf(planned);
    }
  }

  /**
   * The core read one more valid document, and nothing else came of it: it says the same. That it
   * was read is a sign of life, and what is absent from it is absent once more.
   */
  record ReadAgain(Watch watch, Health health) implements DistantObservation {}

  /** The watch of the Node. What the record says is taken from here alone: it never goes back. */
  record NodeSeen(NodeReading reading) implements DistantObservation {}

  /** The answer to {@link DistantAction.ReadNode}. */
  record NodeRead(NodeReading reading) implements DistantObservation {}

  /** The answer to {@link DistantAction.Patch}. */
  record Written(WriteAnswer answer) implements DistantObservation {}

  /**
   * The core wants an event acknowledged.
   *
   * @param journaled a journal of this machine tells of it; if not, the note on the Node has to
   *     before it leaves
   */
  record AcknowledgeAsked(String eventId, boolean journaled) implements DistantObservation {
    public AcknowledgeAsked(String eventId) {
      this(eventId, true);
    }
  }

  /**
   * @param status of HTTP; 0: no answer
   */
  record Acknowledged(String eventId, int status) implements DistantObservation {}

  /**
   * The clock was set.
   *
   * @param by forward, or back where negative
   */
  record ClockStepped(Duration by) implements DistantObservation {}

  /** Only time passed. */
  record Tick(Health health) implements DistantObservation {}
}
