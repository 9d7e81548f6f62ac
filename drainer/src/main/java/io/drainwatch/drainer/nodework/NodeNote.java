package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.evictions.EvictionNotice;

/** Something for the log and the metrics. */
public sealed interface NodeNote {

  /** Of the evictions. */
  record Eviction(EvictionNotice notice) implements NodeNote {}

  /** A write was refused, or the record on the Node cannot be used; what happens next is said. */
  record Trouble(String text) implements NodeNote {}

  /** Another process goes on with the episode: nothing more is done here. */
  record TakenOver(String holder) implements NodeNote {}
}
