package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.budget.Pools;
import io.drainwatch.drainer.drainsafe.DrainSafeMode;
import io.drainwatch.drainer.nodes.LastMaintenance;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ObservationJson;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationText;
import io.drainwatch.drainer.nodes.RecordReading;
import io.drainwatch.drainer.nodework.TakingOver;
import java.util.Optional;

/**
 * What is kept of every Node, quiet or not.
 *
 * @param vmName as the watcher says
 * @param note which of its notes was read last, as a hash: thousands of them are not kept
 * @param hasEvents the watcher tells of one that the last episode did not serve
 * @param isToBeTakenOver DrainSafe had begun a maintenance, and the watcher tells whose Node it is
 * @param hasRecord whatever stands there, readable or not
 * @param record ours, of this Node
 * @param looks for people
 */
record NodeCard(
    String uid,
    String pool,
    Optional<String> vmName,
    int note,
    boolean hasEvents,
    boolean isToBeTakenOver,
    boolean hasRecord,
    Optional<NodeRecord> record,
    Looks looks) {

  /**
   * Nothing is decided by it, but whether a Node has a place to keep.
   *
   * @param cordoned whoever did it
   */
  record Looks(String zone, boolean ready, boolean cordoned, Optional<Finished> last) {
    private static final String ZONE = "topology.kubernetes.io/zone";

    // most Nodes say the same again and again
    static Looks of(NodeFacts node, Optional<Finished> last, Optional<Looks> before) {
      Looks now =
          new Looks(
              node.labels().getOrDefault(ZONE, ""),
              node.readiness().ready(),
              node.unschedulable(),
              last);
      return before.filter(now::equals).orElse(now);
    }
  }

  static NodeCard of(NodeFacts node, Optional<NodeCard> before, DrainSafeMode drainSafe) {
    String text = observation(node);
    boolean hasRecord = node.annotations().containsKey(NodeKeys.RECORD);
    NodeMachine machine = new NodeMachine(node.uid(), Optional.empty(), node.bootId());
    Optional<NodeRecord> record =
        hasRecord && RecordReading.of(node, machine) instanceof RecordReading.Resume resume
            ? Optional.of(resume.record())
            : Optional.empty();
    Optional<ObservationNote> note =
        !text.isEmpty() && ObservationJson.read(text) instanceof ObservationText.Read read
            ? Optional.of(read.note())
            : Optional.empty();
    Optional<LastMaintenance> last = LastMaintenance.on(node, machine);
    return new NodeCard(
        node.uid(),
        Pools.of(node.labels()),
        note.map(ObservationNote::vmName).or(() -> before.flatMap(NodeCard::vmName)),
        text.hashCode(),
        note.map(
                each ->
                    each.events().stream()
                        .anyMatch(event -> last.filter(it -> it.served(event.id())).isEmpty()))
            .orElse(false),
        note.isPresent() && TakingOver.isDue(node, drainSafe),
        hasRecord,
        record,
        Looks.of(
            node,
            last.map(each -> Finished.onNode(node.name(), Pools.of(node.labels()), each)),
            before.map(NodeCard::looks)));
  }

  private static String observation(NodeFacts node) {
    return node.annotations().getOrDefault(NodeKeys.OBSERVATION, "");
  }

  /** Whether its watcher has written nothing since. */
  boolean isStillToldBy(NodeFacts node) {
    return note == observation(node).hashCode();
  }

  /** Whether somebody has to look after the Node. */
  boolean needsFold() {
    return hasEvents || isToBeTakenOver || hasRecord;
  }
}
