package io.drainwatch.drainer.nodes;

import java.util.Map;
import java.util.Optional;

/** Patches that write annotations and touch nothing else. */
public final class RecordPatches {
  /** Nothing that we ever wrote is half as long. */
  static final int MOST_KEPT_BYTES = 2 * NodeText.MOST_BYTES;

  private RecordPatches() {}

  /** The record and the state's word, as at MaintenanceScheduled and with each step after it. */
  public static NodePatch write(NodeFacts node, NodeRecord record) {
    return NodePatch.of(
        node,
        Map.of(
            NodeKeys.RECORD,
            Optional.of(NodeRecordJson.write(record)),
            NodeKeys.STATE,
            Optional.of(record.progress().state().word())));
  }

  /**
   * That the protection from scale-in is ours.
   *
   * @param episode for which; empty: it is not any more
   */
  public static NodePatch protection(NodeFacts node, Optional<String> episode) {
    return NodePatch.of(node, Map.of(NodeKeys.PROTECTED, episode));
  }

  /** What is sent from outside, or was answered. */
  public static NodePatch acknowledging(NodeFacts node, OutsideAcks acks) {
    return NodePatch.of(
        node, Map.of(NodeKeys.ACKNOWLEDGED, Optional.of(OutsideAcksJson.write(acks))));
  }

  /**
   * Whether its watcher is there.
   *
   * @param question empty: nobody asks any more
   */
  public static NodePatch asking(NodeFacts node, Optional<String> question) {
    return NodePatch.of(node, Map.of(NodeKeys.ASKED, question));
  }

  static NodePatch keepAside(NodeFacts node, String text) {
    return NodePatch.of(
        node,
        Map.of(
            NodeKeys.RECORD,
            Optional.empty(),
            NodeKeys.STATE,
            Optional.empty(),
            NodeKeys.LAST,
            Optional.of(NodeText.cutToBytes(text, MOST_KEPT_BYTES))));
  }

  /** What the watcher sees: the one key it writes. */
  public static NodePatch write(NodeFacts node, ObservationNote note) {
    return NodePatch.of(
        node, Map.of(NodeKeys.OBSERVATION, Optional.of(ObservationJson.write(note))));
  }
}
