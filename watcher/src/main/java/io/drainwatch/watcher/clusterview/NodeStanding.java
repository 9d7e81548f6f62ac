package io.drainwatch.watcher.clusterview;

import io.drainwatch.drainer.nodes.LastMaintenance;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ObservationJson;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationText;
import io.drainwatch.drainer.nodes.Prior;
import io.drainwatch.drainer.nodes.RecordReading;
import java.util.List;
import java.util.Optional;

/**
 * A Node that has a maintenance, as its annotations tell.
 *
 * @param types of the events, each once
 * @param record empty: there is none that could be understood; then {@code trouble} says why
 * @param note what the watcher told last; empty: nothing that could be read
 * @param cordon whose it is
 */
public record NodeStanding(
    String node,
    List<String> types,
    Optional<NodeRecord> record,
    Optional<ObservationNote> note,
    Cordon cordon,
    Optional<String> trouble) {

  private static final String UNREADABLE =
      "the record in "
          + NodeKeys.RECORD
          + " cannot be read: whoever drains handles the Node as without one";

  public NodeStanding {
    types = List.copyOf(types);
  }

  /** Who keeps new pods away from the Node. */
  public enum Cordon {
    NONE("none"),
    OURS("ours"),
    FOREIGN("foreign");

    private final String word;

    Cordon(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Empty: the Node has no maintenance. */
  static Optional<NodeStanding> of(NodeFacts node) {
    NodeMachine machine = new NodeMachine(node.uid(), Optional.empty(), node.bootId());
    Optional<ObservationNote> note = note(node);
    return switch (RecordReading.of(node, machine)) {
      case RecordReading.Resume resume ->
          Optional.of(
              standing(
                  node,
                  resume.record().events(),
                  Optional.of(resume.record()),
                  note,
                  Optional.empty()));
      case RecordReading.Discarded(String why) ->
          Optional.of(standing(node, List.of(), Optional.empty(), note, Optional.of(why)));
      case RecordReading.KeptAside _ ->
          Optional.of(standing(node, List.of(), Optional.empty(), note, Optional.of(UNREADABLE)));
      case RecordReading.Nothing() -> announced(node, machine, note);
    };
  }

  /** The watcher tells of an event that nobody has answered yet. */
  private static Optional<NodeStanding> announced(
      NodeFacts node, NodeMachine machine, Optional<ObservationNote> note) {
    Optional<LastMaintenance> last = LastMaintenance.on(node, machine);
    List<NodeEvent> open =
        note.map(ObservationNote::events).orElse(List.of()).stream()
            .filter(event -> last.filter(it -> it.served(event.id())).isEmpty())
            .toList();
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(
            standing(
                node,
                open,
                Optional.empty(),
                note,
                Optional.of("the watcher tells of an event, and there is no record of it")));
  }

  private static NodeStanding standing(
      NodeFacts node,
      List<NodeEvent> events,
      Optional<NodeRecord> record,
      Optional<ObservationNote> note,
      Optional<String> trouble) {
    return new NodeStanding(
        node.name(),
        events.stream().map(NodeEvent::type).distinct().toList(),
        record,
        note,
        cordon(node, record),
        trouble);
  }

  private static Cordon cordon(NodeFacts node, Optional<NodeRecord> record) {
    if (!node.unschedulable()) {
      return Cordon.NONE;
    }
    return record.filter(it -> it.did().cordon()).isPresent()
            && record.flatMap(NodeRecord::prior).filter(Prior::unschedulable).isEmpty()
        ? Cordon.OURS
        : Cordon.FOREIGN;
  }

  private static Optional<ObservationNote> note(NodeFacts node) {
    String text = node.annotations().getOrDefault(NodeKeys.OBSERVATION, "");
    return !text.isEmpty() && ObservationJson.read(text) instanceof ObservationText.Read read
        ? Optional.of(read.note())
        : Optional.empty();
  }

  /** The state's word; without a record what there is instead. */
  String state() {
    return record.map(it -> it.progress().state().word()).orElse("no-record");
  }

  /** The watcher's own word for how it fares. */
  String watcher() {
    return note.map(it -> it.health().word()).orElse("unknown");
  }
}
