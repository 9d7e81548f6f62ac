package io.drainwatch.drainer.maintenance;

import java.util.Locale;
import java.util.Optional;

/** The hooks of drain-scripts.md 1.6, in the order of a maintenance. */
public enum Hook {
  SCHEDULED("scheduled"),
  CORDON("cordon"),
  PRE_STOP("pre-stop"),
  DRAIN("drain"),
  POST_STOP("post-stop"),
  STARTED("started"),
  PRE_START("pre-start"),
  RUNNING("running"),
  POST_START("post-start"),
  UNCORDON("uncordon"),
  CANCELLED("cancelled"),
  /** On the VMs that see another one go; needs no episode. */
  PEER_REMOVED("peer-removed"),
  /** Likewise, of one that is new or back. No event tells of it: who sees the group does. */
  PEER_ADDED("peer-added");

  private final String word;

  Hook(String word) {
    this.word = word;
  }

  /** The directory's name, {@code $1} of a script, {@code invocation.hook} of the context. */
  public String word() {
    return word;
  }

  public static Optional<Hook> of(String word) {
    for (Hook hook : values()) {
      if (hook.word.equals(word.toLowerCase(Locale.ROOT))) {
        return Optional.of(hook);
      }
    }
    return Optional.empty();
  }

  /** Hooks whose failure withholds the acknowledgement, and whose time ends at the deadline. */
  public boolean isBeforeDrained() {
    return switch (this) {
      case CORDON, PRE_STOP, DRAIN, POST_STOP -> true;
      case SCHEDULED,
          STARTED,
          PRE_START,
          RUNNING,
          POST_START,
          UNCORDON,
          CANCELLED,
          PEER_REMOVED,
          PEER_ADDED ->
          false;
    };
  }

  /** Hooks of the state Running: what fails there is tried again, the uncordon waits. */
  public boolean isOfReturn() {
    return switch (this) {
      case PRE_START, RUNNING, POST_START -> true;
      case SCHEDULED,
          CORDON,
          PRE_STOP,
          DRAIN,
          POST_STOP,
          STARTED,
          UNCORDON,
          CANCELLED,
          PEER_REMOVED,
          PEER_ADDED ->
          false;
    };
  }

  /** Hooks of other VMs' maintenances: they belong to no episode of this VM. */
  public boolean isOfPeers() {
    return this == PEER_REMOVED || this == PEER_ADDED;
  }
}
