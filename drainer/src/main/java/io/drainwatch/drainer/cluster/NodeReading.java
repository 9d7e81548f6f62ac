package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.nodes.NodeFacts;

/** What a look at a Node told. */
public sealed interface NodeReading {
  record Found(NodeFacts node) implements NodeReading {}

  /** The server says that there is none. */
  record Gone() implements NodeReading {}

  /**
   * Not known; never read as gone.
   *
   * @param why one bounded line
   */
  record Unknown(String why) implements NodeReading {}
}
