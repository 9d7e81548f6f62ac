package io.drainwatch.drainer.nodes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Summary of the last finished episode.
 *
 * @param events ids that it served
 * @param more entries that were cut for the size
 */
public record LastMaintenance(
    String episode,
    NodeMachine machine,
    List<String> events,
    String type,
    Ending ending,
    Instant endedAt,
    Optional<Instant> drainStartedAt,
    DrainNote.Counts counts,
    List<DrainNote.Left> left,
    int more) {
  private static final int MOST_CHARACTERS = 128;

  public LastMaintenance {
    episode = NodeText.plain(episode, MOST_CHARACTERS);
    type = NodeText.plain(type, MOST_CHARACTERS);
    events = NodeText.plain(events, NodeEvent.MOST_ID_CHARACTERS);
    left = List.copyOf(left);
  }

  /** How an episode ended. */
  public enum Ending {
    RETURNED("returned"),
    CANCELLED("cancelled"),
    NODE_GONE("node-gone");

    private final String word;

    Ending(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    static Optional<Ending> of(String word) {
      for (Ending ending : values()) {
        if (ending.word.equals(word)) {
          return Optional.of(ending);
        }
      }
      return Optional.empty();
    }
  }

  public static LastMaintenance of(NodeRecord record, Ending ending, Instant now) {
    return new LastMaintenance(
        record.episode(),
        record.machine(),
        record.events().stream().map(NodeEvent::id).toList(),
        record.events().getFirst().type(),
        ending,
        now,
        record.progress().startedAt(),
        record.drain().counts(),
        record.drain().left(),
        record.drain().more());
  }

  /** The summary on the Node, if it is one and of this machine. */
  public static Optional<LastMaintenance> on(NodeFacts node, NodeMachine machine) {
    return node.annotation(NodeKeys.LAST)
        .flatMap(LastMaintenanceJson::read)
        .filter(last -> last.machine().isSameAs(machine));
  }

  /** Whether the event was served by it: the same id begins no second episode (item 66). */
  public boolean served(String eventId) {
    return events.stream().anyMatch(eventId::equalsIgnoreCase);
  }
}
