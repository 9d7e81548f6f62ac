package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.maintenance.Summary;

/** How an episode ended, as seen from a cluster. */
public enum EpisodeEnd {
  RETURNED("returned"),
  CANCELLED("cancelled"),
  /** The platform began to delete the machine. */
  GONE("gone"),
  /** The machine is switched off; it may come back when somebody starts it. */
  DEALLOCATED("deallocated"),
  OVERTAKEN("overtaken"),
  /** The Node object is no more, or another one has its name. */
  NODE_GONE("node-gone");

  private final String word;

  EpisodeEnd(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  static EpisodeEnd of(Summary.Ending ending) {
    return switch (ending) {
      case RETURNED -> RETURNED;
      case CANCELLED -> CANCELLED;
      case GONE -> GONE;
      case DEALLOCATED -> DEALLOCATED;
      case OVERTAKEN -> OVERTAKEN;
      case NODE_GONE -> NODE_GONE;
    };
  }
}
