package io.drainwatch.watcher.notify;

/** Sends letters; blocks for the sink's time-out at most and never throws. */
interface Post {

  Answer send(Letter letter);

  /** Loads what the first letter needs; sends nothing. */
  default void warmUp() {}
}
