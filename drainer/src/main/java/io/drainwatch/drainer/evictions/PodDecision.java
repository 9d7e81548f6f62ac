package io.drainwatch.drainer.evictions;

/** What the classification says of a pod (section 6), as far as the evictions need it. */
public enum PodDecision {
  EVICT,
  /** To be evicted, but its tier is not open yet. */
  LATER,
  HOLD,
  /** Terminating. */
  WAIT,
  WAIT_COMPLETED,
  /** Terminating and stuck; a person has to look. */
  BLOCK,
  IGNORE;

  /** Whether the Node is not drained while such a pod is there. */
  public boolean blocks() {
    return this != IGNORE;
  }
}
