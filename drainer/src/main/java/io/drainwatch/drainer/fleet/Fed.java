package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.nodes.LastMaintenance;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationReading;
import io.drainwatch.drainer.relay.GraphRelay;
import io.drainwatch.drainer.relay.GraphWord;
import io.drainwatch.drainer.relay.NoteRelay;
import java.util.Optional;

/**
 * What the core of a Node is told of its events: by its watcher's note, and beside that by Resource
 * Graph, where that is asked.
 *
 * @param episode id of that whose events it speaks of; empty: there is none
 */
record Fed(NoteRelay relay, Optional<String> episode) {

  static Fed of(
      Optional<NodeFacts> facts,
      ObservationReading reading,
      Optional<GraphWord> word,
      Optional<Episode> episode) {
    Optional<ObservationNote> note = reading.note();
    Optional<LastMaintenance> last = facts.flatMap(node -> last(node, note));
    NoteRelay ofTheWatcher =
        note.map(each -> NoteRelay.of(each, episode, last))
            .orElseGet(() -> NoteRelay.ofNobody(episode));
    NoteRelay relay =
        ofTheGraph(word, reading)
            .map(each -> GraphRelay.of(ofTheWatcher, each, note, episode, last))
            .orElse(ofTheWatcher);
    return new Fed(relay, episode.map(Episode::id));
  }

  static Optional<GraphWord> ofTheGraph(Optional<GraphWord> word, ObservationReading reading) {
    return word.map(each -> each.beside(reading.raw()));
  }

  private static Optional<LastMaintenance> last(NodeFacts node, Optional<ObservationNote> note) {
    return LastMaintenance.on(
        node,
        new NodeMachine(
            node.uid(),
            note.flatMap(ObservationNote::vmId),
            note.map(ObservationNote::bootId).orElse(node.bootId())));
  }
}
