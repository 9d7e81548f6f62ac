package io.drainwatch.watcher.events;

/** How the metadata service is doing for us (azure-scheduled-events.md, section 8). */
public enum ClientState {
  /** No valid document yet. Not a failure: the first answer may take 2 min. */
  WARMING,
  OK,
  /** Ten calls in a row failed, whether or not there was a document before. */
  DEGRADED
}
