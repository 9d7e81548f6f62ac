package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.cluster.NodeNews;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.nodes.NodePatch;

/** What is to be done by the watcher's side. Reads and writes are answered by one observation. */
public sealed interface DistantAction {
  /** For the core. */
  record Report(Observation observation) implements DistantAction {}

  /** The acknowledgement that was asked for leaves the machine now. */
  record Acknowledge(String eventId) implements DistantAction {}

  record ReadNode() implements DistantAction {}

  /** The observation, and nothing else. */
  record Patch(NodePatch patch) implements DistantAction {}

  record Tell(NodeNews news) implements DistantAction {}

  /** For the log. */
  record Trouble(String text) implements DistantAction {}
}
