package io.drainwatch.drainer.nodes;

/** What comes next of the marks on a Node. */
public sealed interface MarkStep {

  /**
   * Send this patch. It writes the record in the same request; once it is accepted {@code record}
   * is the record. 409: read the Node again, decide again.
   *
   * @param foreignCordon the Node was cordoned already: drained all the same, never uncordoned
   */
  record Send(NodePatch patch, NodeRecord record, boolean foreignCordon) implements MarkStep {}

  /** All is set that is to be set. */
  record Done() implements MarkStep {}

  /** Somebody uncordoned the Node (item 50): ask {@link ForeignUncordon}. */
  record Uncordoned() implements MarkStep {}

  /** The Node is another one than the record's: the episode ends as node-gone. */
  record NodeGone() implements MarkStep {}
}
