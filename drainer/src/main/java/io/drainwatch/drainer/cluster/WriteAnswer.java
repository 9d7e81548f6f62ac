package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.nodes.NodeFacts;

/** What came of a write on a Node. */
public sealed interface WriteAnswer {

  /**
   * @param node as it stands now
   */
  record Done(NodeFacts node) implements WriteAnswer {}

  /** Somebody else wrote first: read and decide again. */
  record Conflict() implements WriteAnswer {}

  /** The Node is gone. */
  record Gone() implements WriteAnswer {}

  /**
   * The server understood and will not: missing rights, a webhook or policy, an invalid patch.
   *
   * @param status of HTTP
   * @param why one bounded line
   */
  record Refused(int status, String why) implements WriteAnswer {}

  /** It may or may not have been done: read and decide again, after a while. */
  record Unclear(String why) implements WriteAnswer {}
}
