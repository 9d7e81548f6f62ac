package io.drainwatch.drainer.pods;

import java.util.Locale;

/** Why a pod was judged as it was: one word for metrics and JSON, one sentence part for people. */
public enum PodReason {
  NOT_HERE("is not on this node"),
  FINISHED("has finished"),
  STATIC("is a static pod: only the node's own files can end it"),
  OURSELVES("is ourselves"),
  SKIPPED("is to be skipped"),
  DAEMON("belongs to a daemon of every node"),
  COMES_STRAIGHT_BACK("is pinned to this node and would come straight back"),
  UNREACHABLE("is terminating on a node that does not answer"),
  STUCK("is terminating for too long"),
  TERMINATING("is terminating"),
  DO_NOT_EVICT("is not to be evicted"),
  RUNS_TO_COMPLETION("may run until it has finished"),
  NOT_BEGUN("is a clean-up that has not begun, and is made anew on another node"),
  EMPTY_DIR("would lose its emptyDir"),
  UNMANAGED("has no controller that would replace it"),
  RULE("is judged by a rule"),
  RELEASED("was held until its force point"),
  ORDINARY("is to go");

  private final String text;

  PodReason(String text) {
    this.text = text;
  }

  /** Such as {@code do-not-evict}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** To be read after the pod's name. */
  public String text() {
    return text;
  }
}
