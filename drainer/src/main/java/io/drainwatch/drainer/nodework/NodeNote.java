package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.evictions.EvictionNotice;
import io.drainwatch.drainer.maintenance.MachineFate;

/** Something for the log and the metrics. */
public sealed interface NodeNote {
  int MOST_CHARACTERS = 500;

  /** Of the evictions. */
  record Eviction(EvictionNotice notice) implements NodeNote {}

  /** A write was refused, or the record on the Node cannot be used; what happens next is said. */
  record Trouble(String text) implements NodeNote {}

  /**
   * Tried before the drain: what would hold it up now.
   *
   * @param pods so many; 0: none
   * @param text one line; empty: none
   */
  record Predicted(int pods, String text) implements NodeNote {}

  /** One line that fits into a log. */
  static String bounded(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
  }

  /** Somebody told, or could not tell, what became of the machine. */
  record MachineSeen(MachineFate fate) implements NodeNote {}

  /**
   * The Node is not given back yet, for longer than it should take.
   *
   * @param why one line
   */
  record Deferred(String why) implements NodeNote {}

  /** Another process goes on with the episode: nothing is done here as long as it does. */
  record TakenOver(String holder) implements NodeNote {}
}
