package io.drainwatch.drainer.maintenance;

/** What becomes of pods still there when the time is up. Of no meaning on a plain VM. */
public enum AtDeadline {
  LEAVE,
  DELETE_PODS
}
