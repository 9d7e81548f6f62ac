package io.drainwatch.drainer.nodes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the watcher tells the drainer through its Node (kubernetes-drain.md 1).
 *
 * @param vmId empty when the metadata service did not tell
 * @param incarnation of the newest valid document
 * @param readAt when that document was read, by the watcher's clock
 * @param missing ids that are absent from the newest valid document
 * @param gone ids absent from two in a row: the only proof that an event is over (I10)
 * @param more entries that were cut for the size
 */
public record ObservationNote(
    Optional<String> vmId,
    String vmName,
    String bootId,
    long incarnation,
    Instant readAt,
    Health health,
    List<NodeEvent> events,
    List<String> missing,
    List<String> gone,
    List<Ack> acks,
    List<HookNote> hooks,
    int more) {

  /** Version of the JSON. */
  public static final int VERSION = 1;

  private static final int MOST_CHARACTERS = 128;

  public ObservationNote {
    vmId = vmId.map(id -> NodeText.plain(id, MOST_CHARACTERS)).filter(id -> !id.isBlank());
    vmName = NodeText.plain(vmName, MOST_CHARACTERS);
    bootId = NodeText.plain(bootId, MOST_CHARACTERS);
    events = List.copyOf(events);
    missing = NodeText.plain(missing, NodeEvent.MOST_ID_CHARACTERS);
    gone = NodeText.plain(gone, NodeEvent.MOST_ID_CHARACTERS);
    acks = List.copyOf(acks);
    hooks = List.copyOf(hooks);
  }

  /** How the watcher fares. */
  public enum Health {
    OK("ok"),
    WARMING("warming"),
    DEGRADED("degraded");

    private final String word;

    Health(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    static Optional<Health> of(String word) {
      for (Health health : values()) {
        if (health.word.equals(word)) {
          return Optional.of(health);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * An acknowledgement that was sent.
   *
   * @param status of HTTP; 0: no answer
   */
  public record Ack(String id, Instant at, int status) {
    public Ack {
      id = NodeText.plain(id, NodeEvent.MOST_ID_CHARACTERS);
    }
  }

  /**
   * How far a hook is on the machine.
   *
   * @param episode it ran for
   * @param hook its word
   */
  public record HookNote(
      String episode, String hook, HookOutcome outcome, Instant at, String reason) {
    private static final int MOST_REASON_CHARACTERS = 200;

    public HookNote {
      episode = NodeText.plain(episode, MOST_CHARACTERS);
      hook = NodeText.plain(hook, MOST_CHARACTERS);
      reason = NodeText.plain(reason, MOST_REASON_CHARACTERS);
    }
  }

  /** What a hook came to. A hook that is not told of has no scripts on the machine. */
  public enum HookOutcome {
    /** It has scripts; the episode has not come to it yet. */
    PLANNED("planned"),
    RUNNING("running"),
    SUCCEEDED("succeeded"),
    FAILED("failed");

    private final String word;

    HookOutcome(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    static Optional<HookOutcome> of(String word) {
      for (HookOutcome outcome : values()) {
        if (outcome.word.equals(word)) {
          return Optional.of(outcome);
        }
      }
      return Optional.empty();
    }
  }

  /** The same but for the moment of reading. */
  boolean saysTheSameAs(ObservationNote other) {
    return with(other.readAt).equals(other);
  }

  private ObservationNote with(Instant at) {
    return new ObservationNote(
        vmId, vmName, bootId, incarnation, at, health, events, missing, gone, acks, hooks, more);
  }

  ObservationNote with(
      List<NodeEvent> fewerEvents,
      List<String> fewerMissing,
      List<String> fewerGone,
      List<Ack> fewerAcks,
      List<HookNote> fewerHooks) {
    return new ObservationNote(
        vmId,
        vmName,
        bootId,
        incarnation,
        readAt,
        health,
        fewerEvents,
        fewerMissing,
        fewerGone,
        fewerAcks,
        fewerHooks,
        more + 1);
  }
}
